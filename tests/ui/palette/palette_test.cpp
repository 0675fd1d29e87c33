#include "tests/ui/palette/hits.h"
#include "tests/ui/support/widgets.h"
#include "ui/palette/palette.h"
#include "ui/palette/palette_model.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/row_delegate.h"

#include <gtest/gtest.h>
#include <QAction>
#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace ui {
namespace {

using namespace test;

SearchResult noise()
{
    return resultOf(
        "noise",
        {onPage(
             "Level at R1 47 dB(A), noise at the property line",
             "noise",
             "Offer B, technical.pdf",
             17,
             at(9)),
         atTime(
             HitGroup::Said,
             PlaceKind::Sound,
             "So for noise I would give B four points",
             "noise",
             "Tender review",
             1394,
             at(9)),
         atTime(
             HitGroup::Shown,
             PlaceKind::Video,
             "Open joint, north wall",
             "noise",
             "Site walk 14 October",
             401,
             at(9)),
         aSession(4, "Harbour Street tender", "5 sources", QDateTime::currentDateTime()),
         aSession(
             5,
             "Residents’ evening, recording",
             "1:12:40",
             QDateTime::currentDateTime().addDays(-3))});
}

class PaletteTest : public testing::Test {
protected:
    PaletteTest() : palette_(&window_)
    {
        window_.resize(1280, 800);
        window_.setCentralWidget(&button_);
        watch_.setShortcut(QKeySequence("Ctrl+Shift+W"));
        off_.setEnabled(false);
        palette_.setCommands({&watch_, &export_, &off_});
        window_.show();
        window_.activateWindow();
        button_.setFocus();
    }
    void SetUp() override { ASSERT_TRUE(QTest::qWaitForWindowActive(&window_)); }
    QLineEdit* field() { return palette_.findChild<QLineEdit*>(); }
    QListView* list() { return palette_.findChild<QListView*>(); }
    PaletteModel* model() { return palette_.findChild<PaletteModel*>(); }
    QString current() { return list()->currentIndex().data().toString(); }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(field(), static_cast<Qt::Key>(key), modifiers);
    }

    QMainWindow window_;
    QPushButton button_{QStringLiteral("Behind")};
    QAction watch_{QStringLiteral("Watch the sound for &noise…")};
    QAction export_{QStringLiteral("&Export…")};
    QAction off_{QStringLiteral("Noise off")};
    Palette palette_;
};

TEST_F(PaletteTest, ShowsPlacesSessionsAndCommandsInTheirGroups)
{
    palette_.openWith("noise");
    palette_.setResult(noise());

    QStringList rows;
    for (int row = 0; row < model()->rowCount(); ++row)
        rows << model()->index(row).data().toString();
    EXPECT_EQ(
        rows,
        QStringList(
            {"Best",
             "Level at R1 47 dB(A), noise at the property line",
             "“So for noise I would give B four points”",
             "Open joint, north wall",
             "Sessions",
             "Harbour Street tender",
             "Residents’ evening, recording",
             "Commands",
             "Ask “noise” in a new session",
             "Watch the sound for noise…"}))
        << "a command that cannot be done now is not offered";
    EXPECT_EQ(current(), QStringLiteral("Level at R1 47 dB(A), noise at the property line"));
    grab(window_, "palette");
}

TEST_F(PaletteTest, FoundWordsStayMarkedBehindTheQuotationMark)
{
    palette_.openWith("noise");
    palette_.setResult(noise());
    const QModelIndex said = model()->index(2);
    const auto marks = said.data(row::Marks).value<FoundWords>();
    ASSERT_EQ(marks.size(), 1);
    EXPECT_EQ(said.data().toString().mid(marks[0].first, marks[0].second), QStringLiteral("noise"));
}

TEST_F(PaletteTest, ArrowsSkipHeadsAndTabGoesToTheNextGroup)
{
    palette_.openWith("noise");
    palette_.setResult(noise());
    press(Qt::Key_Tab);
    EXPECT_EQ(current(), QStringLiteral("Harbour Street tender"));
    press(Qt::Key_Tab);
    EXPECT_EQ(current(), QStringLiteral("Ask “noise” in a new session"));
    press(Qt::Key_Tab);
    EXPECT_EQ(current(), QStringLiteral("Level at R1 47 dB(A), noise at the property line"));
    press(Qt::Key_Up);
    EXPECT_EQ(current(), QStringLiteral("Watch the sound for noise…"));
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    EXPECT_EQ(current(), QStringLiteral("Harbour Street tender"));
    EXPECT_TRUE(field()->hasFocus());
}

TEST_F(PaletteTest, EnterOpensAHitASessionOrACommand)
{
    QSignalSpy hit(&palette_, &Palette::hitChosen), session(&palette_, &Palette::sessionChosen);
    palette_.openWith("noise");
    palette_.setResult(noise());
    press(Qt::Key_Return);
    ASSERT_EQ(hit.count(), 1);
    EXPECT_EQ(hit[0][0].value<Hit>().place.page, 17);
    EXPECT_FALSE(palette_.isOpen());

    palette_.openWith("noise");
    palette_.setResult(noise());
    press(Qt::Key_Tab);
    press(Qt::Key_Return);
    ASSERT_EQ(session.count(), 1);
    EXPECT_EQ(session[0][0].value<storage::SessionId>(), 4);

    bool closed_before = false;
    QObject::connect(&watch_, &QAction::triggered, [&] { closed_before = !palette_.isOpen(); });
    palette_.openWith("> watch");
    press(Qt::Key_Return);
    EXPECT_TRUE(closed_before) << "the action is for what had the focus";
}

TEST_F(PaletteTest, FilesAreFoundByTheirNames)
{
    QSignalSpy hit(&palette_, &Palette::hitChosen);
    QSignalSpy recording(&palette_, &Palette::recordingChosen);
    SearchResult result = resultOf("offer", {});
    Hit offer = onPage("Offer B, technical.pdf", "Offer", "Offer B, technical.pdf", 1, at(9));
    Hit talk = makeHit(HitGroup::Read, "Offer talk.wav", "Offer", at(9));
    talk.place.kind = PlaceKind::Sound;
    talk.place.source = 8;
    talk.place.name = talk.snippet;
    result.files = {offer, talk};
    palette_.openWith("offer");
    palette_.setResult(result);

    EXPECT_EQ(model()->index(0).data().toString(), QStringLiteral("Files"));
    EXPECT_EQ(current(), QStringLiteral("Offer B, technical.pdf"));
    EXPECT_EQ(
        list()->currentIndex().data(Qt::AccessibleTextRole).toString(),
        QStringLiteral("File Offer B, technical.pdf, in Harbour Street tender"));
    EXPECT_EQ(model()->index(1).data(row::Marks).value<FoundWords>().size(), 1);
    grab(window_, "palette-files");
    press(Qt::Key_Return);
    ASSERT_EQ(hit.count(), 1);
    EXPECT_EQ(hit[0][0].value<Hit>().place.source, 7);
    palette_.openWith("offer");
    palette_.setResult(result);
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    ASSERT_EQ(recording.count(), 1);
    EXPECT_EQ(recording[0][1].value<storage::SourceId>(), 8);
    EXPECT_EQ(recording[0][2].toDouble(), -1);
}

TEST_F(PaletteTest, WhatIsCalledSoComesBeforeThePlacesWithTheseWords)
{
    const auto rows = [this] {
        QStringList texts;
        for (int row = 0; row < model()->rowCount(); ++row)
            texts << model()->index(row).data().toString();
        return texts.mid(0, texts.indexOf(QStringLiteral("Commands")));
    };
    Hit file = onPage("noise.pdf", "noise", "noise.pdf", 1, at(9));
    SearchResult result = noise();
    result.hits.push_back(aSession(6, "Noise", "1 source", QDateTime::currentDateTime()));
    result.files = {file, onPage("noise of pumps.pdf", "noise", "noise of pumps.pdf", 1, at(9))};
    palette_.openWith("noise");
    palette_.setResult(result);
    EXPECT_EQ(
        rows(),
        QStringList(
            {"Best",
             "Noise",
             "noise.pdf",
             "Level at R1 47 dB(A), noise at the property line",
             "“So for noise I would give B four points”",
             "Open joint, north wall",
             "Sessions",
             "Harbour Street tender",
             "Residents’ evening, recording",
             "Files",
             "noise of pumps.pdf"}));
    QSignalSpy session(&palette_, &Palette::sessionChosen);
    press(Qt::Key_Return);
    ASSERT_EQ(session.count(), 1);
    EXPECT_EQ(session[0][0].value<storage::SessionId>(), 6);
}

TEST_F(PaletteTest, WhatWasSaidOpensItsRecordingAtThatMoment)
{
    QSignalSpy hit(&palette_, &Palette::hitChosen);
    QSignalSpy recording(&palette_, &Palette::recordingChosen);
    palette_.openWith("noise");
    palette_.setResult(noise());
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    EXPECT_EQ(hit.count(), 0);
    ASSERT_EQ(recording.count(), 1);
    EXPECT_EQ(recording[0][0].value<storage::SessionId>(), 1);
    EXPECT_EQ(recording[0][1].value<storage::SourceId>(), 8);
    EXPECT_EQ(recording[0][2].toDouble(), 1394);
}

TEST_F(PaletteTest, GreaterThanShowsCommandsOnlyAndSearchesNothing)
{
    QSignalSpy wanted(&palette_, &Palette::searchWanted);
    palette_.openWith();
    ASSERT_EQ(wanted.count(), 1) << "the latest sessions";
    QTest::keyClicks(field(), ">exp");
    QTest::qWait(200);
    EXPECT_EQ(wanted.count(), 1);
    EXPECT_EQ(model()->rowCount(), 2);
    EXPECT_EQ(current(), QStringLiteral("Export…"));
    field()->setText(">nonsense");
    EXPECT_EQ(
        model()->index(0).data().toString(),
        QStringLiteral("No command is called “nonsense”."));
}

TEST_F(PaletteTest, TypingAsksOnceAndLateResultsOfOtherWordsAreDropped)
{
    QSignalSpy wanted(&palette_, &Palette::searchWanted);
    palette_.openWith();
    wanted.clear();
    QTest::keyClicks(field(), "noise");
    ASSERT_TRUE(wanted.wait(1000));
    QTest::qWait(200);
    ASSERT_EQ(wanted.count(), 1);
    EXPECT_EQ(wanted[0][0].toString(), QStringLiteral("noise"));

    SearchResult late = noise();
    late.query = "noi";
    palette_.setResult(late);
    EXPECT_EQ(model()->hit(1), nullptr);
    palette_.setResult(resultOf("noise", {}));
    EXPECT_EQ(model()->index(0).data().toString(), QStringLiteral("Nothing found for “noise”."));
    EXPECT_EQ(current(), QStringLiteral("Ask “noise” in a new session"));
}

TEST_F(PaletteTest, ControlEnterAsksAndControlTabWalksTheChips)
{
    QSignalSpy ask(&palette_, &Palette::askWanted);
    palette_.openWith("noise");
    palette_.setResult(noise());
    press(Qt::Key_Tab, Qt::ControlModifier);
    EXPECT_EQ(model()->filter(), PaletteFilter::Said);
    EXPECT_EQ(model()->rowCount(), 2);
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_EQ(ask.count(), 1);
    EXPECT_EQ(ask[0][0].toString(), QStringLiteral("noise"));
    EXPECT_FALSE(palette_.isOpen());
}

TEST_F(PaletteTest, ChipsSayTheirNumbers)
{
    palette_.openWith("porch");
    SearchResult result = noise();
    result.query = "porch";
    result.counts[0] = 2;
    palette_.setResult(result);
    QStringList names;
    for (const Chip* chip : palette_.findChildren<Chip*>()) names << chip->accessibleWords();
    EXPECT_TRUE(names.contains("Said, 2 results")) << names.join(" | ").toStdString();
    EXPECT_TRUE(names.contains("Commands, 0 results")) << names.join(" | ").toStdString();
    EXPECT_TRUE(names.contains("All")) << names.join(" | ").toStdString();
}

TEST_F(PaletteTest, EscapeGivesTheFocusBack)
{
    palette_.openWith();
    EXPECT_TRUE(field()->hasFocus());
    press(Qt::Key_Escape);
    EXPECT_FALSE(palette_.isOpen());
    EXPECT_TRUE(button_.hasFocus());
}

TEST_F(PaletteTest, FitsTheSmallestWindow)
{
    window_.resize(1000, 640);
    palette_.openWith("noise");
    palette_.setResult(noise());
    QTest::qWait(10);
    EXPECT_LE(palette_.panelRect().bottom(), 640);
    EXPECT_GE(palette_.panelRect().top(), 24);
    grab(window_, "palette-min");
}

} // namespace
} // namespace ui
