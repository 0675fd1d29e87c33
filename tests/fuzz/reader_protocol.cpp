// What the client does with bytes from a reader that was taken over: every decoder on every input.
// A message that is accepted must come out the same when it is written again.
#include "capture/reader/protocol.h"

#include <cstdlib>

using namespace capture::reader;

namespace {

template <typename Message>
void expect_same(const Message& message, ByteView payload)
{
    const Bytes again = encode(message);
    if (again.size() != payload.size() ||
        !std::equal(again.begin(), again.end(), payload.begin())) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView bytes(reinterpret_cast<const std::byte*>(data), size);
    if (size < kHeaderBytes) return 0;
    const auto header = decode_header(bytes.first<kHeaderBytes>());
    const ByteView payload = bytes.subspan(kHeaderBytes);
    const capture::ReaderLimits limits;
    // The limit is that of the type in the header; the payload goes to every decoder.
    if (header && payload.size() > max_payload_bytes(header->type, limits)) return 0;
    if (const auto info = decode_info(payload, limits)) expect_same(*info, payload);
    if (const auto page = decode_page(payload, limits)) expect_same(*page, payload);
    if (const auto frame = decode_frame(payload, limits)) expect_same(*frame, payload);
    if (const auto sound = decode_sound(payload)) expect_same(*sound, payload);
    if (const auto size_px = decode_picture(payload, limits)) expect_same(*size_px, payload);
    if (const auto progress = decode_progress(payload)) expect_same(*progress, payload);
    if (const auto failure = decode_failure(payload)) expect_same(*failure, payload);
    if (const auto warning = decode_warning(payload)) expect_same(*warning, payload);
    if (const auto start = decode_start(payload)) expect_same(*start, payload);
    if (const auto range = decode_range(payload)) expect_same(*range, payload);
    if (const auto play = decode_play(payload)) expect_same(*play, payload);
    if (const auto query = decode_frame_query(payload)) expect_same(*query, payload);
    if (const auto block = decode_play_sound(payload)) expect_same(*block, payload);
    if (const auto shown = decode_play_frame(payload, limits)) expect_same(*shown, payload);
    if (const auto ack = decode_ack(payload)) expect_same(*ack, payload);
    return 0;
}
