#include "samples.h"
#include "ui/recording/recording_view.h"
#include "ui/recording/transcript_page.h"
#include "ui/recording/transcript_view.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cstdlib>
#include <gmock/gmock.h>
#include <QImage>
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

/// Every tab in both modes at the sizes of the design; PERCEPT_PICTURES=FOLDER keeps the pictures.
class PicturesTest : public testing::TestWithParam<Picture> {
protected:
    void TearDown() override { theme::apply(theme::Appearance::Light); }
};

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
    if (const char* folder = std::getenv("PERCEPT_PICTURES"))
        picture.save(QStringLiteral("%1/%2.png")
                         .arg(QString::fromLocal8Bit(folder), QString::fromLatin1(wanted.name)));

    const QColor ground = theme::color(theme::Color::Surface);
    EXPECT_EQ(picture.pixelColor(4, picture.height() - 4), ground);
    int yellow = 0;
    int text = 0;
    const QColor cite = theme::color(theme::Color::Cite);
    const QColor ink = theme::color(theme::Color::Text);
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            yellow += picture.pixelColor(x, y) == cite ? 1 : 0;
            text += picture.pixelColor(x, y) == ink ? 1 : 0;
        }
    }
    EXPECT_GT(text, 50);
    // Yellow means a place: lines of a summary and notes have some, a transcript where one
    // searches.
    if (wanted.tab == RecordingView::Tab::Transcript)
        EXPECT_EQ(yellow, 0);
    else
        EXPECT_GT(yellow, 200);
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
