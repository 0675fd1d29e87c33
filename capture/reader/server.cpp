#include "capture/reader/server.h"

#include "capture/reader/sandbox.h"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <fmt/format.h>
#include <new>
#include <poll.h>
#include <unistd.h>

namespace capture::reader {
namespace {

constexpr std::uint32_t kMaxRequestBytes = 64u << 10;

void read_exactly(int fd, std::span<std::byte> into)
{
    while (!into.empty()) {
        const ssize_t n = read(fd, into.data(), into.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) throw ClientGone{};
        into = into.subspan(static_cast<std::size_t>(n));
    }
}

void write_exactly(int fd, ByteView bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) throw ClientGone{};
        bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
}

/// Libraries throw; what they mean is that this file is bad, or too big for the memory that is
/// allowed.
template <typename Call>
auto guarded(const std::string& name, Call&& call) -> decltype(call())
{
    try {
        return call();
    } catch (const std::bad_alloc&) {
        return fail(
            ErrorCode::LimitExceeded,
            fmt::format("Reading {} takes more memory than the reader may use.", name),
            "The file may be damaged, or its pictures are too large.");
    } catch (const std::exception& error) {
        return fail(ErrorCode::BadFile, fmt::format("{} cannot be read: {}.", name, error.what()));
    }
}

} // namespace

Server::Message Server::receive()
{
    std::array<std::byte, kHeaderBytes> head{};
    read_exactly(fd_, head);
    const auto header = decode_header(head);
    if (!header || header->size_bytes > kMaxRequestBytes) throw ClientGone{};
    Message message{header->type, Bytes(header->size_bytes)};
    read_exactly(fd_, message.payload);
    return message;
}

void Server::send(MessageType type, ByteView payload)
{
    const auto head = encode_header({static_cast<std::uint32_t>(payload.size()), type});
    write_exactly(fd_, head);
    write_exactly(fd_, payload);
}

std::optional<StartRequest> Server::receive_start()
{
    try {
        const Message message = receive();
        if (message.type != MessageType::Start) return std::nullopt;
        auto start = decode_start(message.payload);
        if (!start) return std::nullopt;
        limits_ = start->limits;
        processor_seconds_ =
            static_cast<int>(std::min<std::int64_t>(2 * limits_.per_page.count(), 24 * 3600));
        return *start;
    } catch (const ClientGone&) {
        return std::nullopt;
    }
}

void Server::serve(Input& input, std::vector<std::string> warnings)
{
    try {
        allow_processor_time(processor_seconds_);
        auto document = guarded(input.options().name, [&] { return open_document(input); });
        if (!document) {
            fail_with(document.error());
            return;
        }
        FileInfo info = (*document)->info();
        const bool decodes_by_threads =
            info.kind == FileKind::Audio || info.kind == FileKind::Video;
        if (!decodes_by_threads) {
            if (auto forbidden = forbid_threads(); !forbidden) return fail_with(forbidden.error());
        }
        info.warnings.insert(info.warnings.end(), warnings.begin(), warnings.end());
        clean(info, limits_);
        send(MessageType::Info, encode(info));
        while (true) {
            const Message request = receive();
            allow_processor_time(processor_seconds_);
            const auto answered = guarded(input.options().name, [&]() -> Result<void> {
                answer(**document, request);
                return {};
            });
            if (!answered) fail_with(answered.error());
        }
    } catch (const ClientGone&) {
        return;
    }
}

void Server::answer(Document& document, const Message& request)
{
    switch (request.type) {
    case MessageType::ReadPages: {
        const auto range = decode_pages(request.payload);
        if (!range) throw ClientGone{};
        if (range->last > document.info().pages) {
            return finish(fail(
                ErrorCode::NotFound,
                fmt::format(
                    "There is no page {}; the last one is {}.",
                    range->last,
                    document.info().pages)));
        }
        return finish(document.read_pages(range->first, range->last, *this));
    }
    case MessageType::ReadMedia: {
        const auto range = decode_range(request.payload);
        if (!range) throw ClientGone{};
        return finish(document.read_media(*range, *this));
    }
    case MessageType::RenderPage: {
        const auto wanted = decode_render(request.payload);
        if (!wanted) throw ClientGone{};
        const auto picture = document.render(wanted->page, {wanted->dpi, wanted->width_px});
        if (!picture) return finish(tl::unexpected(picture.error()));
        send(MessageType::Picture, encode(PictureSize{picture->width_px, picture->height_px}));
        send_pixels(*picture);
        return finish({});
    }
    case MessageType::Play: {
        const auto range = decode_play(request.payload);
        if (!range) throw ClientGone{};
        begin_playing();
        return finish(document.play(*range, *this));
    }
    case MessageType::FindFrame: {
        const auto query = decode_frame_query(request.payload);
        if (!query) throw ClientGone{};
        begin_playing();
        return finish(document.find_frame(*query, *this));
    }
    case MessageType::Stop:
        return; // its request ended by itself meanwhile
    case MessageType::Ack: {
        // Of the last page of a request, after its Done.
        const auto ack = decode_ack(request.payload);
        if (!ack) throw ClientGone{};
        pages_in_flight_ -= std::min(pages_in_flight_, ack->pages);
        samples_in_flight_ -= std::min(samples_in_flight_, ack->samples);
        return;
    }
    default:
        throw ClientGone{};
    }
}

void Server::finish(const Result<void>& result)
{
    if (result) {
        send(MessageType::Done, {});
    } else {
        fail_with(result.error());
    }
}

void Server::fail_with(const Error& error)
{
    send(MessageType::Failed, encode(error));
}

void Server::receive_ack()
{
    const Message message = receive();
    if (message.type == MessageType::Stop) {
        stopped_ = true;
        return;
    }
    const auto ack = decode_ack(message.payload);
    if (message.type != MessageType::Ack || !ack) throw ClientGone{};
    pages_in_flight_ -= std::min(pages_in_flight_, ack->pages);
    samples_in_flight_ -= std::min(samples_in_flight_, ack->samples);
    allow_processor_time(processor_seconds_);
}

void Server::wait_for_pages()
{
    while (pages_in_flight_ >= kPagesInFlight) receive_ack();
    ++pages_in_flight_;
}

void Server::page(Page page)
{
    clean(page, limits_);
    wait_for_pages();
    send(MessageType::Page, encode(page));
}

void Server::frame(Frame frame)
{
    clean(frame, limits_);
    wait_for_pages();
    send(MessageType::Frame, encode(frame));
    send_pixels(frame.picture);
}

void Server::sound(const AudioBlock& block)
{
    const auto samples = static_cast<std::uint32_t>(block.samples.size());
    while (samples_in_flight_ > 0 && samples_in_flight_ + samples > kSamplesInFlight) receive_ack();
    samples_in_flight_ += samples;
    send(MessageType::Sound, encode(block));
}

void Server::begin_playing()
{
    stopped_ = false;
    pages_in_flight_ = 0;
    samples_in_flight_ = 0;
}

bool Server::play_sound(const PlaySound& block)
{
    const auto samples =
        static_cast<std::uint32_t>(block.samples.size() / static_cast<std::size_t>(block.channels));
    while (!stopped_ && samples_in_flight_ > 0 && samples_in_flight_ + samples > kSamplesInFlight)
        receive_ack();
    if (stopped_) return false;
    samples_in_flight_ += samples;
    send(MessageType::PlaySound, encode(block));
    return true;
}

bool Server::play_frame(const PlayFrame& frame)
{
    while (!stopped_ && pages_in_flight_ >= kPagesInFlight) receive_ack();
    if (stopped_) return false;
    ++pages_in_flight_;
    send(MessageType::PlayFrame, encode(frame));
    send_pixels(frame.picture);
    return true;
}

bool Server::wanted()
{
    pollfd waiting{fd_, POLLIN, 0};
    while (!stopped_ && poll(&waiting, 1, 0) > 0) receive_ack();
    return !stopped_;
}

void Server::send_pixels(const Picture& picture)
{
    ByteView rest = std::as_bytes(std::span(picture.rgb));
    while (!rest.empty()) {
        const std::size_t size = std::min<std::size_t>(rest.size(), kMaxPixelsBytes);
        send(MessageType::Pixels, rest.first(size));
        rest = rest.subspan(size);
    }
}

void Server::progress(double done, double total)
{
    send(MessageType::Progress, encode(Progress{std::max(done, 0.0), std::max(total, 0.0)}));
}

void Server::warning(std::string sentence)
{
    FileInfo carrier;
    carrier.warnings.push_back(std::move(sentence));
    clean(carrier, limits_);
    send(MessageType::Warning, encode(carrier.warnings.front()));
}

} // namespace capture::reader
