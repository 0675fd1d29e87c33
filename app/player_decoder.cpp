#include "app/player_decoder.h"

#include "capture/open_file.h"

#include <span>
#include <vector>

namespace app {
namespace {

constexpr std::size_t kFrames = 6; // waiting to be shown: a fifth of a second

} // namespace

PlayerDecoder::PlayerDecoder(capture::ReaderOptions reader, std::function<void()> wake)
    : reader_options_(std::move(reader)), wake_(std::move(wake)), thread_([this] { run(); })
{
}

PlayerDecoder::~PlayerDecoder()
{
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
        stop_.request_stop();
        changed_.notify_all();
    }
    thread_.join();
}

std::uint64_t PlayerDecoder::begin(Task task)
{
    const std::lock_guard lock(mutex_);
    stop_.request_stop();
    next_ = std::move(task);
    frames_.clear();
    events_.clear();
    changed_.notify_all();
    return ++number_;
}

void PlayerDecoder::end()
{
    std::unique_lock lock(mutex_);
    stop_.request_stop();
    next_.reset();
    ++number_;
    frames_.clear();
    events_.clear();
    changed_.notify_all();
    changed_.wait(lock, [&] { return running_ == 0; });
}

void PlayerDecoder::there_is_room()
{
    changed_.notify_all();
}

std::optional<PlayerDecoder::Event> PlayerDecoder::next_event()
{
    const std::lock_guard lock(mutex_);
    if (events_.empty()) return std::nullopt;
    Event event = std::move(events_.front());
    events_.pop_front();
    return event;
}

std::optional<PlayerDecoder::Shown> PlayerDecoder::frame_due(double position_s)
{
    const std::lock_guard lock(mutex_);
    std::optional<Shown> due;
    while (!frames_.empty() &&
           (!frames_.front().frame.exact || frames_.front().frame.time_s <= position_s)) {
        due = std::move(frames_.front());
        frames_.pop_front();
    }
    if (due) changed_.notify_all();
    return due;
}

void PlayerDecoder::run()
{
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return ending_ || next_; });
        if (ending_) break;
        const Task task = std::move(*next_);
        next_.reset();
        const std::uint64_t number = running_ = number_;
        stop_ = std::stop_source();
        const std::stop_token stop = stop_.get_token();
        lock.unlock();
        auto result = perform(task, stop);
        lock.lock();
        running_ = 0;
        changed_.notify_all();
        if (number != number_) continue;
        events_.push_back(Ended{number, std::move(result)});
        wake_();
    }
    lock.unlock();
    reader_.reset();
}

Result<std::optional<capture::FileInfo>>
PlayerDecoder::perform(const Task& task, const std::stop_token& stop)
{
    if (const auto* open = std::get_if<Open>(&task)) {
        reader_.reset();
        capture::OpenOptions options;
        options.name = open->name;
        auto reader = capture::FileReader::open(open->path, options, reader_options_, stop);
        if (!reader) return tl::unexpected(reader.error());
        const capture::FileInfo info = (*reader)->info();
        if (info.kind != capture::FileKind::Audio && info.kind != capture::FileKind::Video)
            return base::fail(
                base::ErrorCode::UnsupportedFile,
                capture::shown_name(open->path) + " is no recording.");
        reader_ = std::move(*reader);
        return info;
    }
    if (std::holds_alternative<std::monostate>(task)) {
        reader_.reset();
        return std::nullopt;
    }
    if (!reader_) return base::fail(base::ErrorCode::NotFound, "No recording is open.");
    const auto* find_task = std::get_if<Find>(&task);
    const auto done =
        find_task != nullptr ? find(*find_task, stop) : play(std::get<Play>(task), stop);
    if (!done) return tl::unexpected(done.error());
    return std::nullopt;
}

Result<void> PlayerDecoder::play(const Play& task, const std::stop_token& stop)
{
    capture::PlayHandler handler;
    handler.on_sound = [&](capture::PlaySound block) {
        write(*task.output, std::move(block), stop);
    };
    handler.on_frame = [&](capture::PlayFrame frame) { queue(std::move(frame), stop); };
    handler.on_warning = [&](std::string sentence) { say(std::move(sentence)); };
    return reader_->play(task.range, handler, stop);
}

Result<void> PlayerDecoder::find(const Find& task, const std::stop_token& stop)
{
    capture::FrameQuery query = task.query;
    std::optional<capture::PlayFrame> found;
    for (int i = 0; i < task.times; ++i) {
        auto frame = reader_->find_frame(
            query,
            [&](capture::PlayFrame preview) { queue(std::move(preview), stop); },
            stop);
        if (!frame) return tl::unexpected(frame.error());
        if (found && found->time_s == frame->time_s) break; // the first or the last one
        query.time_s = frame->time_s;
        found = std::move(*frame);
    }
    if (found) queue(std::move(*found), stop);
    return {};
}

/// Waits for room: the reader waits with us.
void PlayerDecoder::write(
    capture::AudioOutput& output,
    capture::PlaySound block,
    const std::stop_token& stop)
{
    std::vector<float> stereo;
    std::span<const float> rest = block.samples;
    if (block.channels == 1) {
        stereo.reserve(block.samples.size() * 2);
        for (const float sample : block.samples) stereo.insert(stereo.end(), 2, sample);
        rest = stereo;
    }
    while (!stop.stop_requested()) {
        rest = rest.subspan(output.write(rest) * 2);
        if (rest.empty()) return;
        std::unique_lock lock(mutex_);
        changed_.wait(lock, stop, [&] { return output.room() > 0; });
    }
}

void PlayerDecoder::queue(capture::PlayFrame frame, const std::stop_token& stop)
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [&] { return frames_.size() < kFrames; });
    if (stop.stop_requested()) return;
    frames_.push_back({running_, std::move(frame)});
    wake_();
}

void PlayerDecoder::say(std::string sentence)
{
    const std::lock_guard lock(mutex_);
    events_.push_back(Said{running_, std::move(sentence)});
    wake_();
}

} // namespace app
