#include "ui/access/accessible_rows.h"
#include "ui/recording/summary_model.h"

#include "samples.h"
#include "ui/recording/summary_page.h"
#include "ui/recording/summary_view.h"

#include <gmock/gmock.h>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace ui::recording {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> titles(const SummaryModel& model)
{
    std::vector<std::string> words;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.row(row).kind == SummaryModel::RowKind::Title)
            words.push_back(model.row(row).text.toStdString());
    }
    return words;
}

int rowOf(const SummaryModel& model, const QString& text, ListKind kind)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.lineOf(row) && model.lineOf(row)->text.startsWith(text) &&
            model.sectionOf(row)->kind == kind)
            return row;
    }
    return -1;
}

TEST(SummaryModelTest, ShowsWhatWasDecidedBeforeWhatWasMentioned)
{
    SummaryModel model;
    model.setContent(samples::summary());
    EXPECT_THAT(
        titles(model),
        ElementsAre(
            "Likely decisions",
            "Likely to-dos",
            "Dates and times mentioned",
            "Highlights",
            "Worth checking",
            "Open questions"));
}

TEST(SummaryModelTest, ShowsMarksAboveAllWhereThereAreSome)
{
    auto content = samples::summary();
    content.sections[0].lines = content.sections[6].lines;
    SummaryModel model;
    model.setContent(content);
    EXPECT_EQ(titles(model)[0], "Marked");
}

TEST(SummaryModelTest, KeepsTheOrderOfATemplateOfOnesOwn)
{
    auto content = samples::summary();
    content.form = QStringLiteral("/home/ines/board.md");
    SummaryModel model;
    model.setContent(content);
    EXPECT_EQ(titles(model)[0], "Dates and times mentioned");
}

TEST(SummaryModelTest, FoldsWhatIsOnlyWorthChecking)
{
    SummaryModel model;
    model.setContent(samples::summary());
    EXPECT_EQ(rowOf(model, QStringLiteral("Maybe we leave"), ListKind::ToCheck), -1);
    int title = 0;
    while (model.row(title).text != QStringLiteral("Worth checking")) ++title;
    EXPECT_EQ(
        model.data(model.index(title), Qt::AccessibleTextRole).toString().toStdString(),
        "Worth checking, 2 lines");
    EXPECT_EQ(model.data(model.index(title), Unfolded), QVariant(false));
    const int before = model.rowCount();
    model.toggleFold(title);
    EXPECT_EQ(model.data(model.index(title), Unfolded), QVariant(true));
    EXPECT_EQ(model.rowCount(), before + 2);
    EXPECT_GT(rowOf(model, QStringLiteral("Maybe we leave"), ListKind::ToCheck), title);
    model.toggleFold(title);
    EXPECT_EQ(model.rowCount(), before);
}

TEST(SummaryModelTest, MovesALineToItsPlaceInTimeAndBack)
{
    SummaryModel model;
    model.setContent(samples::summary());
    const int row = rowOf(model, QStringLiteral("Phase 2 moves"), ListKind::Decisions);
    auto move = model.moveOf(row, ListKind::Actions);
    EXPECT_THAT(model.targets(row), ElementsAre(ListKind::Actions, ListKind::ToCheck));
    ASSERT_TRUE(model.apply(move));
    EXPECT_EQ(rowOf(model, QStringLiteral("Phase 2 moves"), ListKind::Decisions), -1);
    const int there = rowOf(model, QStringLiteral("Phase 2 moves"), ListKind::Actions);
    EXPECT_EQ(model.row(there).line, 0) << "21:58 stands before 22:31";
    EXPECT_FALSE(model.apply(move)) << "it stands there already";
    std::swap(move.from, move.to);
    ASSERT_TRUE(model.apply(move));
    EXPECT_EQ(rowOf(model, QStringLiteral("Phase 2 moves"), ListKind::Decisions), row);
}

TEST(SummaryModelTest, ALineThatStandsInBothListsStaysOnce)
{
    auto content = samples::summary();
    auto line = content.sections[2].lines[0];
    content.sections[6].lines.push_back(line);
    SummaryModel model;
    model.setContent(content);
    const int row = rowOf(model, line.text, ListKind::Highlights);
    ASSERT_TRUE(model.apply(model.moveOf(row, ListKind::Decisions)));
    int count = 0;
    for (int i = 0; i < model.rowCount(); ++i)
        count += model.lineOf(i) && model.lineOf(i)->text == line.text ? 1 : 0;
    EXPECT_EQ(count, 1);
}

TEST(SummaryModelTest, ReadsALineWithOwnerDayAndPlace)
{
    SummaryModel model;
    model.setContent(samples::summary());
    const int row = rowOf(model, QStringLiteral("I will send"), ListKind::Actions);
    const auto words =
        model.data(model.index(row), Qt::AccessibleTextRole).toString().toStdString();
    EXPECT_THAT(words, HasSubstr("by Friday., Ines, by "));
    EXPECT_THAT(words, HasSubstr("2026"));
    EXPECT_THAT(words, HasSubstr("22:31"));
}

TEST(SummaryModelTest, SaysWhatItCoversAndNeverThatNothingWasAgreed)
{
    auto content = samples::summary();
    content.sections[3].lines.clear();
    content.sections[3].note = QStringLiteral("No sentence has the clear form of a to-do; one said "
                                              "without such words is missed.");
    const auto text = summaryMarkdown(content, QStringLiteral("Kick-off")).toStdString();
    EXPECT_THAT(text, HasSubstr("# Kick-off\n"));
    EXPECT_THAT(
        text,
        HasSubstr("## Likely decisions\n\n- Phase 2 moves to March, before the "
                  "spawning season. [21:58]\n"));
    EXPECT_THAT(text, HasSubstr("one said without such words is missed"));
    EXPECT_THAT(text, HasSubstr("Covers 46:27 of speech. 14:02 to 14:47 is missing"));
    EXPECT_THAT(text, HasSubstr("Quoted from your sources."));
    EXPECT_THAT(text, testing::Not(HasSubstr("No action items")));
}

struct SummaryPageTest : testing::Test {
    SummaryPageTest()
    {
        page.resize(584, 700);
        page.show();
        page.reset(samples::info());
        (void)QTest::qWaitForWindowExposed(&page);
        view = page.findChild<SummaryView*>();
        model = static_cast<SummaryModel*>(view->model());
    }
    QPoint middleOf(int row) { return view->visualRect(model->index(row)).center(); }
    SummaryPage page;
    SummaryView* view = nullptr;
    SummaryModel* model = nullptr;
};

TEST_F(SummaryPageTest, AsksForOneWhereNoneWasMade)
{
    QSignalSpy asked(&page, &SummaryPage::summaryAsked);
    page.activate();
    ASSERT_EQ(asked.count(), 1);
    EXPECT_EQ(asked[0][0].toString(), QStringLiteral("minutes"));
    EXPECT_FALSE(asked[0][1].toBool());
}

TEST_F(SummaryPageTest, WaitsForARecordingThatIsStillRead)
{
    auto info = samples::info();
    info.state = ReadState::Reading;
    page.update(info);
    QSignalSpy asked(&page, &SummaryPage::summaryAsked);
    page.activate();
    EXPECT_EQ(asked.count(), 0);
}

TEST_F(SummaryPageTest, IsMadeAnewOnceTheWordsChanged)
{
    page.setContent(samples::summary());
    QSignalSpy asked(&page, &SummaryPage::summaryAsked);
    page.activate();
    EXPECT_EQ(asked.count(), 0) << "the stored one stands";
    page.setOutdated();
    page.activate();
    ASSERT_EQ(asked.count(), 1);
    EXPECT_TRUE(asked[0][1].toBool());
    EXPECT_TRUE(page.hasContent()) << "the old one is shown meanwhile";
}

TEST_F(SummaryPageTest, DoesNotStartAgainAfterItWasStopped)
{
    page.activate();
    page.setRunning(true);
    QSignalSpy stopped(&page, &SummaryPage::stopAsked);
    QPushButton* cancel = nullptr;
    for (auto* button : page.findChildren<QPushButton*>()) {
        if (button->isVisible() && button->text().contains(QStringLiteral("Cancel")))
            cancel = button;
    }
    ASSERT_NE(cancel, nullptr);
    QTest::mouseClick(cancel, Qt::LeftButton);
    ASSERT_EQ(stopped.count(), 1);
    page.setRunning(false);
    QSignalSpy asked(&page, &SummaryPage::summaryAsked);
    page.activate();
    EXPECT_EQ(asked.count(), 0);
}

TEST_F(SummaryPageTest, ClickAndEnterShowThePlaceOfALine)
{
    page.setContent(samples::summary());
    QSignalSpy chosen(&page, &SummaryPage::placesChosen);
    const int row = rowOf(*model, QStringLiteral("Operations keeps"), ListKind::Decisions);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, middleOf(row));
    ASSERT_EQ(chosen.count(), 1);
    auto list = chosen[0][0].value<PlaceList>();
    EXPECT_DOUBLE_EQ(*list.places[static_cast<std::size_t>(list.current)].start_s, 1990);
    EXPECT_EQ(list.places.size(), 8u) << "the other lines can be stepped to, folded ones not";
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Up);
    QTest::keyClick(view, Qt::Key_Return);
    ASSERT_EQ(chosen.count(), 2);
    list = chosen[1][0].value<PlaceList>();
    EXPECT_DOUBLE_EQ(*list.places[static_cast<std::size_t>(list.current)].start_s, 1318);
}

TEST_F(SummaryPageTest, OneKeyOrOneClickMovesALine)
{
    page.setContent(samples::summary());
    QSignalSpy moved(&page, &SummaryPage::moveAsked);
    const int row = rowOf(*model, QStringLiteral("Operations keeps"), ListKind::Decisions);
    view->setCurrentIndex(model->index(row));
    QTest::keyClick(view, Qt::Key_D);
    EXPECT_EQ(moved.count(), 0) << "it is a likely decision";
    QTest::keyClick(view, Qt::Key_T);
    ASSERT_EQ(moved.count(), 1);
    EXPECT_EQ(moved[0][0].value<LineMove>().to, ListKind::Actions);

    QTest::mouseMove(view->viewport(), middleOf(row));
    QToolButton* check = nullptr;
    for (auto* button : view->viewport()->findChildren<QToolButton*>()) {
        if (button->isVisible() && button->accessibleName() == moveWords(ListKind::ToCheck))
            check = button;
    }
    ASSERT_NE(check, nullptr);
    QTest::mouseClick(check, Qt::LeftButton);
    ASSERT_EQ(moved.count(), 2);
    EXPECT_EQ(moved[1][0].value<LineMove>().to, ListKind::ToCheck);
    EXPECT_EQ(moved[1][0].value<LineMove>().quote, model->lineOf(row)->text);
}

} // namespace
} // namespace ui::recording
