#include "ui/evidence/player_view.h"

#include "ui/evidence/track.h"
#include "ui/evidence/transcript_list.h"
#include "ui/evidence/waveform_view.h"
#include "ui/theme/theme.h"

#include <gmock/gmock.h>
#include <QAccessible>
#include <QTest>

using testing::DoubleEq;
using ui::PlayerView;
using ui::Track;

namespace {

ui::EvidenceSource recording(double duration_s = 1122)
{
    ui::EvidenceSource source;
    source.id = 5;
    source.name = QStringLiteral("Site walk.mp4");
    source.kind = ui::PlaceKind::Sound;
    source.duration_s = duration_s;
    return source;
}

ui::Place span(double start_s, double end_s)
{
    ui::Place place;
    place.n = 5;
    place.source = 5;
    place.kind = ui::PlaceKind::Sound;
    place.start_s = start_s;
    place.end_s = end_s;
    return place;
}

class PlayerViewTest : public testing::Test {
protected:
    void SetUp() override
    {
        view_.resize(392, 700);
        view_.show();
        QObject::connect(
            &view_,
            &PlayerView::playWanted,
            &view_,
            [this](auto, double from, double to) {
                played_ = {from, to};
            });
        QObject::connect(&view_, &PlayerView::seekWanted, &view_, [this](auto, double to) {
            sought_.push_back(to);
        });
        view_.open(recording());
        view_.setTranscript(
            5,
            {{396, 403, QStringLiteral("Ruth"), QStringLiteral("The joint was sealed in spring.")},
             {412, 418, QStringLiteral("Ruth"), QStringLiteral("You can hear it from the gate.")},
             {421, 424, QStringLiteral("Tomas"), QStringLiteral("It will be worse.")}});
    }

    PlayerView view_;
    std::pair<double, double> played_{-1, -1};
    std::vector<double> sought_;
};

} // namespace

TEST(TrackTest, ArrowsMoveFiveSecondsWithShiftOne)
{
    Track track;
    track.resize(360, Track::kHeight_px);
    track.setDuration(1122);
    track.setPosition(401);
    std::vector<double> sought;
    QObject::connect(&track, &Track::seekWanted, [&](double to) { sought.push_back(to); });

    QTest::keyClick(&track, Qt::Key_Right);
    QTest::keyClick(&track, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(&track, Qt::Key_Home);
    QTest::keyClick(&track, Qt::Key_Left);
    QTest::keyClick(&track, Qt::Key_End);

    EXPECT_THAT(sought, testing::ElementsAre(406, 405, 0, 0, 1122));
}

TEST(TrackTest, IsASliderThatSaysItsPosition)
{
    Track track;
    track.setDuration(1122);
    track.setPosition(401);
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(&track);
    ASSERT_NE(spoken, nullptr);
    EXPECT_EQ(spoken->role(), QAccessible::Slider);
    EXPECT_EQ(
        track.accessibleValueText(),
        QStringLiteral("Position 6 minutes 41 of 18 minutes 42"));
    ASSERT_NE(spoken->valueInterface(), nullptr);
    EXPECT_EQ(spoken->valueInterface()->currentValue().toDouble(), 401);
    EXPECT_EQ(spoken->valueInterface()->maximumValue().toDouble(), 1122);
}

TEST(TrackTest, TicksAreYellowWhereTheCitationsAre)
{
    Track track;
    track.resize(360, Track::kHeight_px);
    track.setDuration(100);
    track.setCitations({75});
    const QImage shown = track.grab().toImage();
    EXPECT_EQ(
        shown.pixelColor(track.xOf(75), Track::kHeight_px / 2),
        ui::theme::color(ui::theme::Color::CiteActive));
    EXPECT_EQ(
        shown.pixelColor(track.xOf(60), Track::kHeight_px / 2),
        ui::theme::color(ui::theme::Color::MeterTrack));
}

TEST_F(PlayerViewTest, StartsAtTheCitedSpanAndPlaysIt)
{
    view_.showPlace(span(412, 418), {412});
    EXPECT_EQ(played_, (std::pair<double, double>{412, 418}));
    EXPECT_EQ(view_.track().position(), 412);
    EXPECT_EQ(
        view_.waveform().accessibleWords(),
        QStringLiteral("Sound 06:36 to 07:08, cited 06:52 to 06:58"));
}

TEST_F(PlayerViewTest, TheTranscriptFollowsAndSeeks)
{
    view_.showPlace(span(412, 418), {412});
    auto& lines = view_.transcript().lines();
    EXPECT_TRUE(lines.isCited(1));
    EXPECT_FALSE(lines.isCited(0));
    view_.setPosition(5, 400);
    EXPECT_EQ(lines.playing(), 0);
    view_.setPosition(5, 422);
    EXPECT_EQ(lines.playing(), 2);

    QTest::qWait(30);
    const QRect first = view_.transcript().visualRect(lines.index(0));
    QTest::mouseClick(view_.transcript().viewport(), Qt::LeftButton, {}, first.center());
    ASSERT_FALSE(sought_.empty());
    EXPECT_EQ(sought_.back(), 396);
}

TEST_F(PlayerViewTest, TheCitedLineIsYellow)
{
    view_.showPlace(span(412, 418), {412});
    QTest::qWait(30);
    const QRect row = view_.transcript().visualRect(view_.transcript().lines().index(1));
    const QImage shown = view_.transcript().viewport()->grab().toImage();
    EXPECT_EQ(
        shown.pixelColor(row.right() - 4, row.center().y()),
        ui::theme::color(ui::theme::Color::Cite));
}

TEST_F(PlayerViewTest, KeysPlayJumpAndStep)
{
    view_.showPlace(span(412, 418), {412});
    int frames = 0;
    QObject::connect(&view_, &PlayerView::framesWanted, &view_, [&](auto, int by) {
        frames += by;
    });
    bool paused = false;
    QObject::connect(&view_, &PlayerView::pauseWanted, &view_, [&] { paused = true; });

    QTest::keyClick(&view_, Qt::Key_L);
    QTest::keyClick(&view_, Qt::Key_J);
    EXPECT_THAT(sought_, testing::ElementsAre(417, 412));
    QTest::keyClick(&view_, Qt::Key_Period);
    QTest::keyClick(&view_, Qt::Key_Period);
    QTest::keyClick(&view_, Qt::Key_Comma);
    EXPECT_EQ(frames, 1);
    played_ = {-1, -1};
    QTest::keyClick(&view_, Qt::Key_Space);
    EXPECT_EQ(played_, (std::pair<double, double>{412, -1})) << "on from here, without an end";
    view_.setPlaying(5, true);
    QTest::keyClick(&view_, Qt::Key_Space);
    EXPECT_TRUE(paused);
}

TEST_F(PlayerViewTest, AClickOnTheWaveformSeeks)
{
    view_.showPlace(span(412, 418), {412});
    QTest::qWait(30);
    auto& wave = view_.waveform();
    QTest::mouseClick(&wave, Qt::LeftButton, {}, {wave.width() / 2, 10});
    ASSERT_FALSE(sought_.empty());
    EXPECT_NEAR(sought_.back(), (wave.start() + wave.end()) / 2, 0.2);
}

TEST_F(PlayerViewTest, TheWaveformIsPaintedInMillisecondsAndLitInTheSpan)
{
    view_.showPlace(span(412, 418), {412});
    QTest::qWait(30);
    auto& wave = view_.waveform();
    const auto count = static_cast<std::size_t>(wave.columns());
    view_.setPeaks(
        5,
        {wave.start(),
         wave.end(),
         std::vector<float>(count, -0.6f),
         std::vector<float>(count, 0.6f)});
    const QImage shown = wave.grab().toImage();
    int lit = 0, plain = 0;
    const QColor edge = ui::theme::color(ui::theme::Color::CiteEdge);
    for (int x = 0; x < wave.width(); ++x)
        (shown.pixelColor(x, wave.height() / 2 - 10) == edge ? lit : plain) += 1;
    EXPECT_GT(lit, 20);
    EXPECT_GT(plain, 200);
}

TEST_F(PlayerViewTest, WhatComesAboutAnotherSourceIsDropped)
{
    view_.setPosition(6, 100);
    EXPECT_EQ(view_.track().position(), 0);
    view_.setTranscript(6, {});
    EXPECT_EQ(view_.transcript().lines().rowCount(), 3);
}
