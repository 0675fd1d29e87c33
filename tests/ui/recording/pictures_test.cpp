#include "samples.h"
#include "ui/recording/recording_view.h"
#include "ui/recording/summary_view.h"
#include "ui/recording/transcript_page.h"
#include "ui/recording/transcript_view.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cstdlib>
#include <gmock/gmock.h>
#include <QImage>
#include <QLineEdit>
#include <QTest>
#include <string>

namespace ui::recording {
namespace {

struct Picture {
    const char* name;
    RecordingView::Tab tab;
    QSize size;
    theme::Appearance appearance;
};

/// Every tab in both modes at the sizes of the design.
class PicturesTest : public testing::TestWithParam<Picture> {
protected:
    void TearDown() override { theme::apply(theme::Appearance::Light); }
};

/// PERCEPT_PICTURES=FOLDER keeps the pictures, for people to look at.
void keep(const QImage& picture, const char* name)
{
    if (const char* folder = std::getenv("PERCEPT_PICTURES"))
        picture.save(QStringLiteral("%1/%2.png")
                         .arg(QString::fromLocal8Bit(folder), QString::fromLatin1(name)));
}

int count(const QImage& picture, theme::Color wanted)
{
    const QColor color = theme::color(wanted);
    int pixels = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            pixels += picture.pixelColor(x, y) == color ? 1 : 0;
    }
    return pixels;
}

TEST_P(PicturesTest, AreDrawnInTheColoursOfTheirMode)
{
    const auto& wanted = GetParam();
    theme::apply(wanted.appearance);
    RecordingView view;
    view.resize(wanted.size);
    view.show();
    view.open(samples::kSession, samples::kSource, -1);
    view.setRecording(samples::info());
    view.appendLines(samples::kSource, samples::lines(), true);
    view.setNotes(samples::kSession, samples::notes());
    view.setSummary(samples::kSession, samples::summary());
    view.showTab(wanted.tab);
    view.setPosition(samples::kSource, 1297);
    (void)QTest::qWaitForWindowExposed(&view);
    QCoreApplication::processEvents();
    const QImage picture = view.grab().toImage();
    keep(picture, wanted.name);

    const QColor ground = theme::color(theme::Color::Surface);
    EXPECT_EQ(picture.pixelColor(4, picture.height() - 4), ground);
    const int yellow = count(picture, theme::Color::Cite);
    const int text = count(picture, theme::Color::Text);
    EXPECT_GT(text, 50);
    // Yellow means a place: lines of a summary and notes have some, a transcript where one
    // searches.
    if (wanted.tab == RecordingView::Tab::Transcript)
        EXPECT_EQ(yellow, 0);
    else
        EXPECT_GT(yellow, 200);
}

struct StatesTest : testing::Test {
    StatesTest()
    {
        view.resize(584, 772);
        view.show();
        view.open(samples::kSession, samples::kSource, -1);
        view.setRecording(samples::info());
        view.appendLines(samples::kSource, samples::lines(), true);
        view.setSummary(samples::kSession, samples::summary());
        (void)QTest::qWaitForWindowExposed(&view);
    }
    QImage picture()
    {
        QTest::qWait(50);
        return view.grab().toImage();
    }
    RecordingView view;
};

TEST_F(StatesTest, FoundWordsAreYellowAndAnEditorIsFramed)
{
    view.showTab(RecordingView::Tab::Transcript);
    auto& page = *view.findChild<TranscriptPage*>();
    page.findChild<QLineEdit*>()->setText(QStringLiteral("the"));
    const auto found = picture();
    keep(found, "state-found");
    EXPECT_GT(count(found, theme::Color::Cite), 200);
    EXPECT_GT(count(found, theme::Color::CiteActive), 50) << "the one that was stepped to";
    page.findChild<QLineEdit*>()->clear();
    const auto edge = [](const QImage& of) {
        return count(of, theme::Color::Accent) + count(of, theme::Color::LineControl);
    };
    const int before = edge(picture());
    page.view()->editText(6);
    const auto editing = picture();
    keep(editing, "state-editing");
    EXPECT_GT(edge(editing), before + 200);
}

TEST_F(StatesTest, TheLineUnderThePointerOffersItsOtherLists)
{
    auto* list = view.findChild<SummaryView*>();
    const auto before = picture();
    QTest::mouseMove(list->viewport(), list->visualRect(list->model()->index(5, 0)).center());
    const auto hovered = picture();
    keep(hovered, "state-hover");
    EXPECT_NE(hovered, before);
    view.setSummaryRunning(samples::kSession, true);
    auto info = samples::info();
    info.state = ReadState::Reading;
    view.setRecording(info);
    const auto reading = picture();
    keep(reading, "state-reading");
    EXPECT_GT(count(reading, theme::Color::AccentTint), 5000) << "the banner";
}

constexpr QSize kWide{584, 772};  // the centre of a window of 1280 x 800
constexpr QSize kSmall{592, 612}; // of 1000 x 640, evidence beside it
using Tab = RecordingView::Tab;
using theme::Appearance;

INSTANTIATE_TEST_SUITE_P(
    All,
    PicturesTest,
    testing::Values(
        Picture{"summary", Tab::Summary, kWide, Appearance::Light},
        Picture{"summary-dark", Tab::Summary, kWide, Appearance::Dark},
        Picture{"summary-min", Tab::Summary, kSmall, Appearance::Light},
        Picture{"transcript", Tab::Transcript, kWide, Appearance::Light},
        Picture{"transcript-dark", Tab::Transcript, kWide, Appearance::Dark},
        Picture{"transcript-min", Tab::Transcript, kSmall, Appearance::Light},
        Picture{"notes", Tab::Notes, kWide, Appearance::Light},
        Picture{"notes-dark", Tab::Notes, kWide, Appearance::Dark}),
    [](const auto& given) {
        std::string name = given.param.name;
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    });

} // namespace
} // namespace ui::recording
