#include "ui/recording/recording_view.h"

#include "samples.h"
#include "ui/frame/actions.h"
#include "ui/recording/notes_model.h"
#include "ui/recording/notes_page.h"
#include "ui/recording/summary_model.h"
#include "ui/recording/summary_page.h"
#include "ui/recording/summary_view.h"
#include "ui/recording/transcript_page.h"
#include "ui/recording/transcript_view.h"
#include "ui/widgets/banner.h"

#include <gmock/gmock.h>
#include <QAbstractButton>
#include <QAccessible>
#include <QMainWindow>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace ui::recording {
namespace {

struct RecordingViewTest : testing::Test {
    RecordingViewTest()
    {
        view.resize(584, 772);
        view.show();
        view.open(samples::kSession, samples::kSource, -1);
        view.setRecording(samples::info());
        view.appendLines(samples::kSource, samples::lines(), true);
        view.setNotes(samples::kSession, samples::notes());
        view.setSummary(samples::kSession, samples::summary());
        (void)QTest::qWaitForWindowExposed(&view);
        ui::addAllActions(actions);
    }
    void trigger(const QString& name)
    {
        actions.beginUpdate();
        view.updateActions(actions);
        actions[name]->trigger();
    }
    TranscriptModel& transcript() { return *view.findChild<TranscriptPage*>()->model(); }
    NotesModel& notes() { return *view.findChild<NotesPage*>()->model(); }
    SummaryPage& summary() { return *view.findChild<SummaryPage*>(); }

    QMainWindow window;
    Actions actions{&window};
    RecordingView view;
};

TEST_F(RecordingViewTest, AsksForTheRecordingOnceAndIgnoresAnswersAboutOthers)
{
    QSignalSpy asked(&view, &RecordingView::recordingAsked);
    view.open(samples::kSession, samples::kSource, -1);
    EXPECT_EQ(asked.count(), 0) << "it is open already";
    view.open(7, 70, -1);
    ASSERT_EQ(asked.count(), 1);
    view.appendLines(samples::kSource, samples::lines(), true);
    EXPECT_EQ(view.lineCount(), 0);
    view.setNotes(samples::kSession, samples::notes());
    EXPECT_EQ(notes().rowCount(), 0);
}

TEST_F(RecordingViewTest, OpensAtAMomentInTheTranscript)
{
    view.open(samples::kSession, samples::kSource, 1331);
    EXPECT_EQ(view.tab(), RecordingView::Tab::Transcript);
    const auto& page = *view.findChild<TranscriptPage*>();
    EXPECT_EQ(page.view()->currentIndex().row(), transcript().rowOf(6));
}

TEST_F(RecordingViewTest, GoesBackToWhereItCameFrom)
{
    QToolButton* back = nullptr;
    for (auto* button : view.findChildren<QToolButton*>())
        if (button->accessibleName() == QStringLiteral("Back to Ask")) back = button;
    EXPECT_EQ(back, nullptr) << "it came from nowhere";
    view.setBackWords(QStringLiteral("Back to Ask"));
    for (auto* button : view.findChildren<QToolButton*>())
        if (button->accessibleName() == QStringLiteral("Back to Ask")) back = button;
    ASSERT_NE(back, nullptr);
    EXPECT_TRUE(back->isVisible());
    QSignalSpy asked(&view, &RecordingView::backAsked);
    back->click();
    EXPECT_EQ(asked.count(), 1);
}

TEST_F(RecordingViewTest, AnEditIsWrittenUndoneAndDoneAgain)
{
    QSignalSpy written(&view, &RecordingView::textWritten);
    auto& page = *view.findChild<TranscriptPage*>();
    Q_EMIT page.textEntered(4, QStringLiteral("No shutdown over eight hours."));
    EXPECT_EQ(transcript().line(transcript().rowOf(4)).shown(), "No shutdown over eight hours.");
    view.showTab(RecordingView::Tab::Notes);
    trigger(QStringLiteral("edit.undo"));
    EXPECT_EQ(view.tab(), RecordingView::Tab::Transcript) << "one sees what is undone";
    EXPECT_FALSE(transcript().line(transcript().rowOf(4)).edited);
    trigger(QStringLiteral("edit.redo"));
    EXPECT_TRUE(transcript().line(transcript().rowOf(4)).edited);
    ASSERT_EQ(written.count(), 3);
    EXPECT_EQ(
        written[0][1].value<std::optional<QString>>(),
        QStringLiteral("No shutdown over eight hours."));
    EXPECT_EQ(written[1][1].value<std::optional<QString>>(), std::nullopt);
}

TEST_F(RecordingViewTest, TypingTheRecognisedWordsAgainIsNoEdit)
{
    QSignalSpy written(&view, &RecordingView::textWritten);
    auto& page = *view.findChild<TranscriptPage*>();
    Q_EMIT page.textEntered(5, QStringLiteral("Then face two has to be done in March."));
    EXPECT_FALSE(transcript().line(transcript().rowOf(5)).edited);
    ASSERT_EQ(written.count(), 1);
    EXPECT_EQ(written[0][1].value<std::optional<QString>>(), std::nullopt);
    Q_EMIT page.textEntered(5, QStringLiteral("Then face two has to be done in March."));
    EXPECT_EQ(written.count(), 1);
}

TEST_F(RecordingViewTest, ARenamedSpeakerIsRenamedInAllLinesAndBack)
{
    QSignalSpy written(&view, &RecordingView::speakerWritten);
    auto& page = *view.findChild<TranscriptPage*>();
    Q_EMIT page.speakerEntered(2, QStringLiteral("Gareth Pugh"), true);
    EXPECT_EQ(transcript().segmentsOf(QStringLiteral("Gareth Pugh")).size(), 2u);
    trigger(QStringLiteral("edit.undo"));
    EXPECT_EQ(transcript().segmentsOf(QStringLiteral("Speaker 4")).size(), 2u);
    ASSERT_EQ(written.count(), 2);
    EXPECT_EQ(written[1][1].toString(), QStringLiteral("Speaker 4"));
}

TEST_F(RecordingViewTest, AMergedSpeakerComesApartAgainByUndo)
{
    auto& page = *view.findChild<TranscriptPage*>();
    Q_EMIT page.speakerEntered(2, QStringLiteral("Ines Okafor"), true);
    EXPECT_EQ(transcript().segmentsOf(QStringLiteral("Ines Okafor")).size(), 6u);
    trigger(QStringLiteral("edit.undo"));
    EXPECT_EQ(transcript().segmentsOf(QStringLiteral("Ines Okafor")).size(), 4u);
    EXPECT_EQ(transcript().segmentsOf(QStringLiteral("Speaker 4")).size(), 2u);
}

TEST_F(RecordingViewTest, AMovedLineIsToldAndComesBackByUndo)
{
    QSignalSpy moved(&view, &RecordingView::lineMoved);
    auto* list = view.findChild<SummaryView*>();
    const auto& model = *static_cast<SummaryModel*>(list->model());
    int row = 0;
    while (!model.lineOf(row)) ++row;
    const QString text = model.lineOf(row)->text;
    list->setCurrentIndex(model.index(row));
    QTest::keyClick(list, Qt::Key_T);
    ASSERT_EQ(moved.count(), 1);
    EXPECT_EQ(model.lineOf(list->currentIndex().row())->text, text) << "one sees where it went";
    EXPECT_EQ(model.sectionOf(list->currentIndex().row())->kind, ListKind::Actions);
    trigger(QStringLiteral("edit.undo"));
    ASSERT_EQ(moved.count(), 2);
    const auto back = moved[1][1].value<LineMove>();
    EXPECT_EQ(back.from, ListKind::Actions);
    EXPECT_EQ(back.to, ListKind::Decisions);
    EXPECT_EQ(model.lineOf(row)->text, text);
}

TEST_F(RecordingViewTest, ADeletedNoteComesBackByUndo)
{
    QSignalSpy removed(&view, &RecordingView::noteRemoved);
    QSignalSpy written(&view, &RecordingView::noteWritten);
    auto& page = *view.findChild<NotesPage*>();
    Q_EMIT page.removeAsked(1);
    EXPECT_EQ(notes().rowOf(1), -1);
    trigger(QStringLiteral("edit.undo"));
    EXPECT_GE(notes().rowOf(1), 0);
    EXPECT_EQ(removed.count(), 1);
    ASSERT_EQ(written.count(), 1);
    EXPECT_EQ(written[0][1].value<OwnNote>().time_s, 1296.0);
}

TEST_F(RecordingViewTest, SaysWhatIsMissingOfTheRecording)
{
    auto* banner = view.findChild<Banner*>();
    EXPECT_FALSE(banner->isVisible());
    auto info = samples::info();
    info.state = ReadState::Failed;
    info.problem = QStringLiteral("The file ends in the middle.");
    view.setRecording(info);
    EXPECT_TRUE(banner->isVisible());
    EXPECT_THAT(
        banner->sentence().toStdString(),
        testing::HasSubstr("The file ends in the middle."));
    info.state = ReadState::Ready;
    info.writes = false;
    view.setRecording(info);
    EXPECT_THAT(banner->sentence().toStdString(), testing::HasSubstr("not kept"));
    info.writes = true;
    view.setRecording(info);
    EXPECT_FALSE(banner->isVisible());
}

TEST_F(RecordingViewTest, RoundsTheCoverageDown)
{
    EXPECT_EQ(heardWords(2832, {{842, 887}}).toStdString(), "98.4 %");
    EXPECT_EQ(heardWords(100000, {{5, 6}}).toStdString(), "99.9 %");
}

TEST_F(RecordingViewTest, EveryControlHasAName)
{
    for (const auto tab :
         {RecordingView::Tab::Summary, RecordingView::Tab::Transcript, RecordingView::Tab::Notes}) {
        view.showTab(tab);
        for (auto* widget : view.findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus) continue;
            auto* accessible = QAccessible::queryAccessibleInterface(widget);
            ASSERT_NE(accessible, nullptr);
            EXPECT_FALSE(accessible->text(QAccessible::Name).isEmpty())
                << widget->metaObject()->className();
        }
    }
}

} // namespace
} // namespace ui::recording
