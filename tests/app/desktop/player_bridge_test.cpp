// The player view over a real recording: the reader decodes, the sound goes nowhere in real time.

#include "app/desktop/player_bridge.h"

#include "tests/app/desktop/evidence_fixture.h"
#include "ui/evidence/player_view.h"
#include "ui/evidence/track.h"
#include "ui/evidence/transcript_list.h"
#include "ui/evidence/waveform_view.h"

#include <cmath>

namespace app::desktop {
namespace {

constexpr double kDuration_s = 57; // less than the file's own length

class PlayerBridgeTest : public support::LibraryTest {
protected:
    /// The sample's meeting with lines as a recogniser would have stored them.
    void SetUp() override
    {
        addMeeting();
        openServices();
        view_ = std::make_unique<ui::PlayerView>();
        bridge_ = std::make_unique<PlayerBridge>(
            *services_,
            *view_,
            support::readerOptions(),
            [](const capture::SoundFormat& format)
                -> Result<std::unique_ptr<capture::AudioOutput>> {
                return capture::make_silent_output(format);
            });
        view_->resize(392, 700);
        view_->show();
        QObject::connect(
            view_.get(),
            &ui::PlayerView::positionChanged,
            view_.get(),
            [this](double at) { positions_.push_back(at); });
        view_->open(source_);
    }
    void TearDown() override
    {
        bridge_.reset();
        view_.reset();
        services_.reset();
    }
    void addMeeting()
    {
        auto library = storage::Library::open(folder_ / "data", storage::Access::Write);
        ASSERT_TRUE(library) << library.error().message;
        session_ = *(*library)->create_session("Meeting");
        storage::Source described;
        described.path = sample("meeting.ogg");
        described.kind = "audio";
        auto id = (*library)->begin_source(session_, sample("meeting.ogg"), described);
        ASSERT_TRUE(id) << id.error().message;
        sources_.push_back(*id);
        std::vector<storage::Segment> segments;
        for (int i = 0; i < 10; ++i) {
            storage::Segment segment;
            segment.source = *id;
            segment.start_s = 5.0 * i;
            segment.end_s = 5.0 * i + 4;
            segment.text = "Line " + std::to_string(i) + ".";
            segments.push_back(std::move(segment));
        }
        ASSERT_TRUE((*library)->add_segments(*id, segments, {}));
        storage::Source done = *(*library)->source(*id);
        done.status = storage::SourceStatus::Ready;
        done.duration_s = kDuration_s;
        ASSERT_TRUE((*library)->finish_source(done));
        source_.id = *id;
        source_.name = QStringLiteral("meeting.ogg");
        source_.kind = ui::PlaceKind::Sound;
        source_.duration_s = kDuration_s;
    }
    ui::Place span(double start_s, double end_s)
    {
        ui::Place place;
        place.n = 1;
        place.source = source_.id;
        place.kind = ui::PlaceKind::Sound;
        place.start_s = start_s;
        place.end_s = end_s;
        return place;
    }

    std::unique_ptr<ui::PlayerView> view_;
    std::unique_ptr<PlayerBridge> bridge_;
    ui::EvidenceSource source_;
    std::vector<double> positions_;
};

} // namespace

TEST_F(PlayerBridgeTest, PlaysTheCitedSpanAndStopsAtItsEnd)
{
    view_->showPlace(span(15, 16.5), {15});
    ASSERT_TRUE(waitFor([this] { return view_->isPlaying(); }));
    ASSERT_TRUE(waitFor([this] { return !view_->isPlaying(); }));
    ASSERT_FALSE(positions_.empty());
    EXPECT_NEAR(view_->track().position(), 16.5, 0.1);
    for (std::size_t i = 1; i < positions_.size(); ++i)
        EXPECT_GE(positions_[i], positions_[i - 1] - 0.001) << "time went back";
    EXPECT_GE(positions_.front(), 14.9);
    EXPECT_EQ(view_->transcript().lines().playing(), 3);
    EXPECT_TRUE(view_->transcript().lines().isCited(3));
}

TEST_F(PlayerBridgeTest, SeeksWhileItPlaysAndTheTranscriptFollows)
{
    view_->showPlace(span(0, 40), {0});
    ASSERT_TRUE(waitFor([this] { return view_->isPlaying(); }));
    view_->seekBy(31 - view_->track().position());
    positions_.clear();
    ASSERT_TRUE(waitFor([this] { return positions_.size() > 5; }));
    for (const double at : positions_) EXPECT_GE(at, 30.9) << "a position from before the jump";
    EXPECT_TRUE(view_->isPlaying());
    EXPECT_EQ(view_->transcript().lines().playing(), 6);
    view_->togglePlay();
    ASSERT_TRUE(waitFor([this] { return !view_->isPlaying(); }));
}

TEST_F(PlayerBridgeTest, TheWaveformShowsTheRecordingsOwnSound)
{
    view_->showPlace(span(15, 18), {15});
    view_->pause();
    ASSERT_TRUE(waitFor([this] { return view_->waveform().hasPeaks(); }));
    PeaksRequest request;
    request.file = sample("meeting.ogg");
    request.sha256 = "test";
    request.cache_folder = folder_ / "cache";
    request.reader = support::readerOptions();
    const auto peaks = peaks_of(request, {}, {});
    ASSERT_TRUE(peaks) << peaks.error().message;
    const ui::SoundPeaks drawn = peaksOf(*peaks, 0, kDuration_s, 57);
    ASSERT_EQ(drawn.high.size(), 57U);
    // Loudest of a second, by hand.
    int high = 0;
    for (std::size_t i = 1500; i < 1600; ++i) high = std::max<int>(high, peaks->highest[i]);
    EXPECT_NEAR(drawn.high[15], high / 127.0, 1e-6);
    EXPECT_GT(*std::max_element(drawn.high.begin(), drawn.high.end()), 0.1F);
}

TEST_F(PlayerBridgeTest, AMissingFileIsSaid)
{
    ui::EvidenceSource other = source_;
    other.id = source_.id + 100;
    view_->open(other);
    view_->showPlace(
        [&] {
            ui::Place place = span(1, 2);
            place.source = other.id;
            return place;
        }(),
        {1});
    ASSERT_TRUE(waitFor([this] { return !view_->failure().isEmpty(); }));
    EXPECT_FALSE(view_->isPlaying());
}

} // namespace app::desktop
