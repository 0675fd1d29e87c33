#include "ui/start/start_view.h"

#include "tests/ui/pictures.h"
#include "ui/start/sample_card.h"

#include <gmock/gmock.h>
#include <QKeyEvent>
#include <QLabel>
#include <QTest>

using ui_test::button;

namespace ui {
namespace {

class StartViewTest : public testing::Test {
protected:
    StartViewTest()
    {
        theme::apply(theme::Appearance::Light);
        state_.looked = true;
        state_.library_open = true;
        state_.missing_bytes = 340'000'000;
        state_.machine = {
            {"memory-stick",
             "64 GB memory, 16 cores",
             "Enough for the starter models.",
             theme::Color::Text2},
            {"hard-drive",
             "412 GB free for the library",
             "In /home/ada/.local/share/percept",
             theme::Color::Text2},
            {"circle-check",
             "Starter models ready",
             "Text and speech. Pages without text are read by OCR; it has no eyes.",
             theme::Color::Ok}};
        view_.resize(1216, 772);
        view_.show();
        show();
    }
    void show()
    {
        view_.setState(state_);
        QApplication::processEvents();
    }
    QString texts()
    {
        QStringList all;
        for (const auto* label : view_.findChildren<QLabel*>())
            if (label->isVisible()) all << label->text();
        return all.join(u'\n');
    }
    StartState state_;
    StartView view_;
};

TEST_F(StartViewTest, ReadyIsSaidOnlyWhenItIsTrue)
{
    EXPECT_FALSE(texts().contains("Percept is ready"));
    EXPECT_NE(button(view_, "Download 340 MB"), nullptr);
    ui_test::takePictures(view_, "start-missing", {{1216, 772}, {936, 612}});
    state_.models_ready = true;
    state_.library_open = false;
    show();
    EXPECT_FALSE(texts().contains("Percept is ready"));
    state_.library_open = true;
    show();
    EXPECT_TRUE(texts().contains("Percept is ready"));
    EXPECT_EQ(button(view_, "Download 340 MB"), nullptr);
    state_.server_on = true;
    show();
    EXPECT_FALSE(texts().contains("Nothing is sent out"));
    state_.server_on = false;
    show();
    view_.activate();
    ui_test::takePictures(view_, "start", {{1216, 772}, {936, 612}});
}

TEST_F(StartViewTest, TheDownloadBeginsByThePressOfItsButtonOnly)
{
    int downloads = 0;
    QObject::connect(&view_, &StartView::downloadRequested, [&] { ++downloads; });
    view_.activate();
    EXPECT_EQ(downloads, 0);
    button(view_, "Download 340 MB")->click();
    EXPECT_EQ(downloads, 1);
    state_.fetch.phase = FetchState::Phase::Running;
    state_.fetch.done_bytes = 120'000'000;
    state_.fetch.total_bytes = 340'000'000;
    state_.fetch.bytes_per_s = 11e6;
    state_.fetch.left_s = 20;
    state_.fetch.place = QStringLiteral("huggingface.co");
    show();
    EXPECT_NE(button(view_, "Pause"), nullptr);
    EXPECT_THAT(
        texts().toStdString(),
        testing::AllOf(testing::HasSubstr("120 MB of 340 MB"), testing::HasSubstr("20 s left")));
    state_.fetch.phase = FetchState::Phase::Failed;
    state_.fetch.problem =
        QStringLiteral("Download stopped at 120 MB of 340 MB: the connection was lost.");
    show();
    EXPECT_NE(button(view_, "Try again"), nullptr);
    EXPECT_TRUE(texts().contains("the connection was lost"));
}

TEST_F(StartViewTest, TheFirstQuestionHasTheFocusOnceItCanBeAsked)
{
    state_.library_open = false;
    state_.models_ready = true;
    state_.sample_there = true;
    show();
    view_.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&view_));
    view_.activate();
    state_.library_open = true;
    show();
    const auto* focus = qobject_cast<QAbstractButton*>(QApplication::focusWidget());
    ASSERT_NE(focus, nullptr);
    EXPECT_EQ(focus->text(), SampleCard::questions().front());
}

TEST_F(StartViewTest, AQuestionIsAskedByEnter)
{
    QString asked;
    QObject::connect(&view_, &StartView::questionChosen, [&](const QString& question) {
        asked = question;
    });
    state_.models_ready = true;
    show();
    view_.activateWindow();
    view_.activate();
    auto* first = view_.findChild<QuestionButton*>();
    QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
    QApplication::sendEvent(first, &press);
    EXPECT_EQ(asked, SampleCard::questions().first());
    state_.reading_sample = true;
    state_.sample_phase = QStringLiteral("Reading handbook.pdf");
    state_.sample_share = 0.3;
    show();
    EXPECT_FALSE(first->isEnabled());
    int cancels = 0;
    QObject::connect(&view_, &StartView::sampleCancelled, [&] { ++cancels; });
    EXPECT_TRUE(view_.escape());
    EXPECT_EQ(cancels, 1);
}

TEST_F(StartViewTest, EveryControlHasAName)
{
    EXPECT_THAT(ui_test::namelessControls(view_), testing::IsEmpty());
}

} // namespace
} // namespace ui
