#include "capture/reader_session.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <optional>
#include <tuple>

namespace capture {

using reader::MessageType;
using Clock = std::chrono::steady_clock;

/// A reader that is told to stop has this long; then it is stopped from outside.
constexpr std::chrono::milliseconds kStopPatience{500};

struct ReaderSession::Answer {
    const ReadHandler* handler = nullptr;
    const PlayHandler* player = nullptr;
    MessageType asked = MessageType::Start;
    int next_page = 1; // numbers must follow one another
    int last_page = 0;
    double last_sound_s = -1; // times must not go back
    double last_frame_s = -1;
    std::optional<Picture> picture;
    bool has_exact_frame = false;
    bool unwanted = false; // stopped: what still comes is dropped
    bool done = false;
};

ReaderSession::ReaderSession(
    std::filesystem::path program,
    OpenFile file,
    OpenOptions open_options,
    const ReaderLimits& limits)
    : program_(std::move(program)), file_(std::move(file)), open_options_(std::move(open_options)),
      limits_(limits)
{
}

Wait ReaderSession::begin_wait(bool by_page, const std::stop_token& stop) const
{
    const auto now = Clock::now();
    return {
        now + limits_.silence,
        by_page ? now + limits_.per_page : Clock::time_point::max(),
        stop};
}

Error ReaderSession::broken(const char* rule)
{
    return process_->end_with(
        {ErrorCode::ReaderDied,
         fmt::format(
             "percept-reader broke its protocol while it read {}: {}.",
             open_options_.name,
             rule),
         "The file may be damaged. Other files are not affected."});
}

Result<void> ReaderSession::open(const std::stop_token& stop)
{
    return start(stop);
}

void ReaderSession::describe_as(FileKind kind, const std::string& format)
{
    really_ = {kind, format};
    std::tie(info_.kind, info_.format) = *really_;
}

Result<void> ReaderSession::start(const std::stop_token& stop)
{
    if (process_ && process_->is_running()) return {};
    auto process = ReaderProcess::start(program_, file_.fd(), open_options_.name, limits_);
    if (!process) return tl::unexpected(process.error());
    process_ = std::move(*process);

    const Wait wait = begin_wait(true, stop);
    const auto payload = reader::encode(reader::StartRequest{limits_, open_options_});
    if (auto sent = process_->send(MessageType::Start, payload, wait); !sent) return sent;
    const auto message = process_->receive(wait);
    if (!message) return tl::unexpected(message.error());
    if (message->type == MessageType::Failed) {
        const auto failure = reader::decode_failure(message->payload);
        return tl::unexpected(process_->end_with(failure ? *failure : failure.error()));
    }
    if (message->type != MessageType::Info) {
        return tl::unexpected(broken("it did not describe the file first"));
    }
    auto info = reader::decode_info(message->payload, limits_);
    if (!info) return tl::unexpected(process_->end_with(info.error()));
    info_ = std::move(*info);
    if (really_) std::tie(info_.kind, info_.format) = *really_;
    return {};
}

Result<void> ReaderSession::request(
    MessageType type,
    reader::ByteView payload,
    Answer& answer,
    const std::stop_token& stop)
{
    if (auto started = start(stop); !started) return started;
    answer.asked = type;
    Wait wait = begin_wait(type != MessageType::ReadMedia, stop);
    if (auto sent = process_->send(type, payload, wait); !sent) return sent;
    while (!answer.done) {
        const auto message = process_->receive(wait);
        if (!message) return tl::unexpected(message.error());
        wait.silence_ends = Clock::now() + limits_.silence;
        if (auto taken = take(*message, answer, wait); !taken) return taken;
    }
    return {};
}

Result<void> ReaderSession::request_until_stopped(
    MessageType type,
    reader::ByteView payload,
    Answer& answer,
    const std::stop_token& stop)
{
    const auto cancelled = [&] {
        return fail(
            ErrorCode::Cancelled,
            fmt::format("Playing {} was stopped.", open_options_.name));
    };
    if (auto started = start(stop); !started) return started;
    if (stop.stop_requested()) return cancelled();
    answer.asked = type;
    process_->forget_output();
    Wait wait = begin_wait(type == MessageType::FindFrame, {});
    if (auto sent = process_->send(type, payload, wait); !sent) return sent;
    while (!answer.done) {
        if (!answer.unwanted) {
            Wait listening = wait;
            listening.stop = stop;
            const auto more = process_->wait_for_message(listening);
            if (!more) return tl::unexpected(more.error());
            if (!*more || stop.stop_requested()) {
                answer.unwanted = true;
                if (!process_->send(MessageType::Stop, {}, wait)) return cancelled();
                wait.silence_ends = Clock::now() + kStopPatience;
                wait.page_ends = wait.silence_ends;
            }
        }
        const auto message = process_->receive(wait);
        if (!message) return answer.unwanted ? cancelled() : tl::unexpected(message.error());
        if (!answer.unwanted) wait.silence_ends = Clock::now() + limits_.silence;
        if (auto taken = take(*message, answer, wait); !taken) {
            return stop.stop_requested() ? cancelled() : taken;
        }
    }
    if (answer.unwanted) return cancelled();
    return {};
}

Result<void> ReaderSession::take(const Message& message, Answer& answer, Wait& wait)
{
    switch (message.type) {
    case MessageType::Page:
        return take_page(message, answer, wait);
    case MessageType::Frame:
        return take_frame(message, answer, wait);
    case MessageType::Sound:
        return take_sound(message, answer, wait);
    case MessageType::PlayFrame:
        return take_play_frame(message, answer, wait);
    case MessageType::PlaySound:
        return take_play_sound(message, answer, wait);
    case MessageType::Picture: {
        if (answer.asked != MessageType::RenderPage || answer.picture) {
            return tl::unexpected(broken("a picture that nobody asked for"));
        }
        const auto size = reader::decode_picture(message.payload, limits_);
        if (!size) return tl::unexpected(process_->end_with(size.error()));
        answer.picture = Picture{size->width_px, size->height_px, {}};
        return receive_pixels(*answer.picture, wait);
    }
    case MessageType::Progress: {
        const auto progress = reader::decode_progress(message.payload);
        if (!progress) return tl::unexpected(process_->end_with(progress.error()));
        if (answer.handler && answer.handler->on_progress) {
            answer.handler->on_progress(progress->done, progress->total);
        }
        return {};
    }
    case MessageType::Warning: {
        auto warning = reader::decode_warning(message.payload);
        if (!warning) return tl::unexpected(process_->end_with(warning.error()));
        if (answer.handler && answer.handler->on_warning) {
            answer.handler->on_warning(std::move(*warning));
        } else if (answer.player && answer.player->on_warning) {
            answer.player->on_warning(std::move(*warning));
        }
        return {};
    }
    case MessageType::Done:
        if (answer.asked == MessageType::ReadPages && answer.next_page <= answer.last_page) {
            return tl::unexpected(broken("it left out pages"));
        }
        answer.done = true;
        return {};
    case MessageType::Failed: {
        // The request failed, the reader goes on.
        const auto failure = reader::decode_failure(message.payload);
        return tl::unexpected(failure ? *failure : process_->end_with(failure.error()));
    }
    default:
        return tl::unexpected(broken("a message that is not its turn"));
    }
}

Result<void> ReaderSession::take_page(const Message& message, Answer& answer, Wait& wait)
{
    auto page = reader::decode_page(message.payload, limits_);
    if (!page) return tl::unexpected(process_->end_with(page.error()));
    if (answer.asked != MessageType::ReadPages || page->number != answer.next_page ||
        page->number > answer.last_page) {
        return tl::unexpected(broken("a page that is not its turn"));
    }
    ++answer.next_page;
    const double done = page->number;
    if (answer.handler->on_page) answer.handler->on_page(std::move(*page));
    if (answer.handler->on_progress) answer.handler->on_progress(done, answer.last_page);
    // The handler's time is not the reader's.
    wait = begin_wait(true, wait.stop);
    return acknowledge({1, 0}, wait);
}

Result<void> ReaderSession::take_frame(const Message& message, Answer& answer, Wait& wait)
{
    auto frame = reader::decode_frame(message.payload, limits_);
    if (!frame) return tl::unexpected(process_->end_with(frame.error()));
    if (answer.asked != MessageType::ReadMedia || frame->time_s < answer.last_frame_s) {
        return tl::unexpected(broken("a frame that is not its turn"));
    }
    answer.last_frame_s = frame->time_s;
    if (auto got = receive_pixels(frame->picture, wait); !got) return got;
    if (answer.handler->on_frame) answer.handler->on_frame(std::move(*frame));
    wait = begin_wait(false, wait.stop);
    return acknowledge({1, 0}, wait);
}

Result<void> ReaderSession::take_sound(const Message& message, Answer& answer, Wait& wait)
{
    auto block = reader::decode_sound(message.payload);
    if (!block) return tl::unexpected(process_->end_with(block.error()));
    if (answer.asked != MessageType::ReadMedia || block->start_s < answer.last_sound_s) {
        return tl::unexpected(broken("sound that is not its turn"));
    }
    answer.last_sound_s = block->start_s;
    const auto samples = static_cast<std::uint32_t>(block->samples.size());
    if (answer.handler->on_sound) answer.handler->on_sound(std::move(*block));
    wait = begin_wait(false, wait.stop);
    return acknowledge({0, samples}, wait);
}

Result<void> ReaderSession::take_play_frame(const Message& message, Answer& answer, Wait& wait)
{
    auto frame = reader::decode_play_frame(message.payload, limits_);
    if (!frame) return tl::unexpected(process_->end_with(frame.error()));
    const bool is_search = answer.asked == MessageType::FindFrame;
    if ((answer.asked != MessageType::Play && !is_search) ||
        (is_search && answer.has_exact_frame) || frame->time_s < answer.last_frame_s) {
        return tl::unexpected(broken("a frame that is not its turn"));
    }
    // What is sought may lie before what was shown meanwhile.
    if (!is_search) answer.last_frame_s = frame->time_s;
    answer.has_exact_frame = frame->exact;
    if (auto got = receive_pixels(frame->picture, wait); !got) return got;
    if (!answer.unwanted) {
        if (answer.player->on_frame) answer.player->on_frame(std::move(*frame));
        wait = begin_wait(is_search, {});
        process_->forget_output();
    }
    return acknowledge_played({1, 0}, wait);
}

Result<void> ReaderSession::take_play_sound(const Message& message, Answer& answer, Wait& wait)
{
    auto block = reader::decode_play_sound(message.payload);
    if (!block) return tl::unexpected(process_->end_with(block.error()));
    constexpr double kRounding_s = 1e-6;
    if (answer.asked != MessageType::Play || block->start_s < answer.last_sound_s - kRounding_s) {
        return tl::unexpected(broken("sound that is not its turn"));
    }
    answer.last_sound_s = block->end_s;
    const auto samples = static_cast<std::uint32_t>(
        block->samples.size() / static_cast<std::size_t>(block->channels));
    if (!answer.unwanted) {
        if (answer.player->on_sound) answer.player->on_sound(std::move(*block));
        wait = begin_wait(false, {});
        process_->forget_output();
    }
    return acknowledge_played({0, samples}, wait);
}

Result<void> ReaderSession::receive_pixels(Picture& picture, Wait& wait)
{
    const auto expected =
        std::uint64_t(picture.width_px) * static_cast<std::uint64_t>(picture.height_px) * 3;
    while (picture.rgb.size() < expected) {
        const auto message = process_->receive(wait);
        if (!message) return tl::unexpected(message.error());
        wait.silence_ends = Clock::now() + limits_.silence;
        if (message->type != MessageType::Pixels || message->payload.empty() ||
            message->payload.size() > expected - picture.rgb.size()) {
            return tl::unexpected(broken("its pixels do not fill the picture"));
        }
        const auto* first = reinterpret_cast<const std::uint8_t*>(message->payload.data());
        picture.rgb.insert(picture.rgb.end(), first, first + message->payload.size());
    }
    return {};
}

Result<void> ReaderSession::acknowledge(reader::Ack ack, const Wait& wait)
{
    return process_->send(MessageType::Ack, reader::encode(ack), wait);
}

Result<void> ReaderSession::read_pages(
    reader::PagesRequest range,
    const ReadHandler& handler,
    const std::stop_token& stop)
{
    if (range.first < 1 || range.first > range.last || range.last > info_.pages) {
        return fail(
            ErrorCode::NotFound,
            fmt::format(
                "{} has {} pages; {} to {} is no part of them.",
                open_options_.name,
                info_.pages,
                range.first,
                range.last));
    }
    Answer answer;
    answer.handler = &handler;
    answer.next_page = range.first;
    answer.last_page = range.last;
    return request(MessageType::ReadPages, reader::encode(range), answer, stop);
}

Result<void> ReaderSession::read_media(
    const MediaRange& range,
    const ReadHandler& handler,
    const std::stop_token& stop)
{
    Answer answer;
    answer.handler = &handler;
    return request(MessageType::ReadMedia, reader::encode(range), answer, stop);
}

/// The channel has room for dozens of them: a reader that does not take one in time hangs.
Result<void> ReaderSession::acknowledge_played(reader::Ack ack, const Wait& wait)
{
    Wait sending = wait;
    sending.silence_ends = std::min(wait.silence_ends, Clock::now() + kStopPatience);
    return acknowledge(ack, sending);
}

Result<void>
ReaderSession::play(const PlayRange& range, const PlayHandler& handler, const std::stop_token& stop)
{
    Answer answer;
    answer.player = &handler;
    return request_until_stopped(MessageType::Play, reader::encode(range), answer, stop);
}

Result<PlayFrame> ReaderSession::find_frame(
    const FrameQuery& query,
    const std::function<void(PlayFrame)>& on_preview,
    const std::stop_token& stop)
{
    std::optional<PlayFrame> found;
    PlayHandler handler;
    handler.on_frame = [&](PlayFrame frame) {
        if (frame.exact) {
            found = std::move(frame);
        } else if (on_preview) {
            on_preview(std::move(frame));
        }
    };
    Answer answer;
    answer.player = &handler;
    const auto asked =
        request_until_stopped(MessageType::FindFrame, reader::encode(query), answer, stop);
    if (!asked) return tl::unexpected(asked.error());
    if (!found) return tl::unexpected(broken("no frame came"));
    return std::move(*found);
}

Result<Picture> ReaderSession::render(reader::RenderRequest wanted, const std::stop_token& stop)
{
    Answer answer;
    const auto asked = request(MessageType::RenderPage, reader::encode(wanted), answer, stop);
    if (!asked) return tl::unexpected(asked.error());
    if (!answer.picture) return tl::unexpected(broken("no picture came"));
    return std::move(*answer.picture);
}

} // namespace capture
