#include "app/desktop/player_bridge.h"

#include "app/desktop/evidence_bridge.h"
#include "app/desktop/evidence_work.h"
#include "ui/evidence/player_view.h"

#include <algorithm>
#include <cmath>
#include <QPointer>
#include <utility>

namespace app::desktop {

/// Shared with the calls that are on their way to the UI thread. `seeks` counts the jumps: a
/// position from before the last one would move the handle back for a moment.
struct PlayerBridge::Link {
    QPointer<PlayerBridge> bridge;
    storage::SourceId source = 0;
    std::atomic<int> seeks{0};
    std::mutex mutex; // guards frame
    QImage frame;     // the newest; an older one that was not shown yet is replaced
};

ui::SoundPeaks peaksOf(const Peaks& peaks, double start_s, double end_s, int columns)
{
    ui::SoundPeaks out{start_s, end_s, {}, {}};
    const double step = (end_s - start_s) * Peaks::kPerSecond / std::max(columns, 1);
    for (int column = 0; column < columns; ++column) {
        const double from = start_s * Peaks::kPerSecond + column * step;
        const auto first = static_cast<std::size_t>(std::max(from, 0.0));
        const auto last = std::max(static_cast<std::size_t>(std::ceil(from + step)), first + 1);
        int low = 0, high = 0;
        for (std::size_t i = first; i < last && i < peaks.lowest.size(); ++i) {
            low = std::min<int>(low, peaks.lowest[i]);
            high = std::max<int>(high, peaks.highest[i]);
        }
        out.low.push_back(static_cast<float>(low) / 127);
        out.high.push_back(static_cast<float>(high) / 127);
    }
    return out;
}

PlayerBridge::PlayerBridge(
    Services& services,
    ui::PlayerView& view,
    capture::ReaderOptions reader,
    Player::OpenOutput open_output,
    QObject* parent)
    : QObject(parent), services_(services), view_(view), reader_(std::move(reader)),
      open_output_(std::move(open_output))
{
    using ui::PlayerView;
    connect(&view_, &PlayerView::playWanted, this, &PlayerBridge::play);
    connect(&view_, &PlayerView::pauseWanted, this, &PlayerBridge::pause);
    connect(&view_, &PlayerView::seekWanted, this, &PlayerBridge::seek);
    connect(&view_, &PlayerView::framesWanted, this, [this](storage::SourceId source, int frames) {
        if (source == source_ && player_) player_->step(frames);
    });
    connect(&view_, &PlayerView::speedWanted, this, [this](storage::SourceId, double speed) {
        speed_ = speed;
        if (player_) player_->set_speed(speed);
    });
    connect(&view_, &PlayerView::frameWidthWanted, this, [this](storage::SourceId, int width_px) {
        frame_width_px_ = width_px;
        if (player_) player_->set_frame_width(width_px);
    });
    connect(
        &view_,
        &PlayerView::peaksWanted,
        this,
        [this](storage::SourceId source, double start_s, double end_s, int columns) {
            if (source != source_) open(source);
            peaks_wanted_ = {start_s, end_s, columns};
            tellPeaks();
        });
}

PlayerBridge::~PlayerBridge()
{
    end();
}

void PlayerBridge::play(storage::SourceId source, double start_s, double end_s)
{
    if (!ready(source, {true, start_s, end_s})) return;
    ++link_->seeks;
    if (end_s > start_s) return player_->play_span(start_s, end_s);
    if (std::abs(player_->position_s() - start_s) > 0.05) player_->seek(start_s);
    player_->play();
}

void PlayerBridge::pause(storage::SourceId source)
{
    if (source != source_) return;
    wanted_.play = false;
    if (player_) player_->pause();
}

void PlayerBridge::seek(storage::SourceId source, double seconds)
{
    if (!ready(source, {wanted_.play && !player_, seconds, -1})) return;
    ++link_->seeks;
    player_->seek(seconds);
}

bool PlayerBridge::ready(storage::SourceId source, const Wanted& wanted)
{
    if (source == source_ && player_) return true;
    if (source != source_) open(source);
    wanted_ = wanted;
    return false;
}

void PlayerBridge::end()
{
    peaks_stop_.request_stop();
    peaks_.reset();
    peaks_wanted_ = {};
    wanted_ = {};
    if (link_) link_->bridge.clear();
    link_.reset();
    if (!player_) return;
    auto old = std::shared_ptr<Player>(std::move(player_));
    services_.background().run(
        Lane::Job,
        this,
        [old = std::move(old)](const std::stop_token&) mutable { old.reset(); },
        [] {});
}

void PlayerBridge::open(storage::SourceId source)
{
    end();
    source_ = source;
    const auto library = services_.library();
    if (!library) return view_.setFailed(source, tr("The library is still being opened."));
    struct Found {
        Result<std::filesystem::path> file;
        storage::Source stored;
        std::vector<storage::Gap> gaps;
    };
    services_.background().run(
        Lane::Quick,
        this,
        [library, source](const std::stop_token&) {
            Found found{library->media_path(source), {}, {}};
            if (auto stored = library->source(source)) found.stored = std::move(*stored);
            if (auto gaps = library->gaps(source)) found.gaps = std::move(*gaps);
            return found;
        },
        [this, source](const Found& found) {
            if (source != source_) return;
            if (!found.file) return view_.setFailed(source, sentence(found.file.error()));
            view_.setGaps(source, found.gaps);
            const QString name = nameOf(found.stored);
            peaks_of_ = {
                *found.file,
                found.stored.sha256,
                services_.paths().cache(),
                name.toStdString(),
                reader_};
            start(*found.file, name);
            readPeaks();
        });
    readWords(source);
}

void PlayerBridge::start(const std::filesystem::path& file, const QString& name)
{
    link_ = std::make_shared<Link>();
    link_->bridge = this;
    link_->source = source_;
    player_ = std::make_unique<Player>(observer(link_), reader_, open_output_);
    player_->set_frame_width(frame_width_px_);
    player_->set_speed(speed_);
    player_->open(file, wanted_.start_s, name.toStdString());
    if (!wanted_.play) return;
    if (wanted_.end_s > wanted_.start_s)
        player_->play_span(wanted_.start_s, wanted_.end_s);
    else
        player_->play();
}

PlayerObserver PlayerBridge::observer(const std::shared_ptr<Link>& link)
{
    // The link is dropped on the UI thread; a call that was on its way then finds no bridge.
    const auto tell = [link](auto call) {
        Background::onUiThread([link, call = std::move(call)] {
            if (link->bridge && link->bridge->link_ == link) call(*link->bridge);
        });
    };
    PlayerObserver observer;
    observer.on_state = [tell, source = link->source](PlayerState state) {
        tell([source, state](PlayerBridge& bridge) {
            bridge.view_.setPlaying(source, state == PlayerState::Playing);
        });
    };
    observer.on_position = [tell, link](double position_s) {
        tell([link, position_s, seeks = link->seeks.load()](PlayerBridge& bridge) {
            if (seeks == link->seeks) bridge.view_.setPosition(link->source, position_s);
        });
    };
    observer.on_frame = [tell, link](const capture::PlayFrame& frame) {
        QImage image = toImage(frame.picture);
        {
            const std::lock_guard lock(link->mutex);
            const bool waiting = !link->frame.isNull();
            link->frame = std::move(image);
            if (waiting) return;
        }
        tell([link](PlayerBridge& bridge) {
            QImage newest;
            {
                const std::lock_guard lock(link->mutex);
                newest = std::exchange(link->frame, QImage());
            }
            bridge.view_.setFrame(link->source, newest);
        });
    };
    observer.on_notice = [tell, source = link->source](const std::string& words) {
        tell([source, words = QString::fromStdString(words)](PlayerBridge& bridge) {
            bridge.view_.setSoundNote(source, words);
        });
    };
    observer.on_error = [tell, source = link->source](const Error& error) {
        tell([source, words = sentence(error)](PlayerBridge& bridge) {
            bridge.view_.setFailed(source, words);
        });
    };
    return observer;
}

void PlayerBridge::readWords(storage::SourceId source)
{
    services_.background().run(
        Lane::Quick,
        this,
        [library = services_.library(), source](const std::stop_token&) {
            return readTranscript(*library, source);
        },
        [this, source](Result<std::vector<ui::TranscriptLine>> lines) {
            if (lines) view_.setTranscript(source, std::move(*lines));
        });
}

void PlayerBridge::readPeaks()
{
    peaks_stop_ = services_.background().run(
        Lane::Job,
        this,
        [request = peaks_of_](const std::stop_token& stop) { return peaks_of(request, {}, stop); },
        [this, source = source_](Result<Peaks> peaks) {
            // Without peaks the strip stays empty; that a file cannot be heard is the player's to
            // say.
            if (source != source_ || !peaks) return;
            peaks_ = std::make_shared<const Peaks>(std::move(*peaks));
            tellPeaks();
        });
}

void PlayerBridge::tellPeaks()
{
    if (!peaks_ || peaks_wanted_.columns == 0) return;
    view_.setPeaks(
        source_,
        peaksOf(*peaks_, peaks_wanted_.start_s, peaks_wanted_.end_s, peaks_wanted_.columns));
}

} // namespace app::desktop
