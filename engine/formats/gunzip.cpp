#include "base/io.h"
#include "engine/formats/tar.h"
#include "engine/formats/wording.h"

#include <algorithm>
#include <new>
#include <vector>
#include <zlib.h>

namespace engine::formats {
namespace {

constexpr std::uint64_t kMostGain = 20;
constexpr std::size_t kPart = 1 << 20;

/// Ends what zlib holds, whatever happens.
struct Unpacking {
    z_stream stream{};
    bool begun = false;
    ~Unpacking()
    {
        if (begun) ::inflateEnd(&stream);
    }
};

} // namespace

bool is_gzip(std::span<const std::byte> bytes)
{
    return bytes.size() >= 2 && bytes[0] == std::byte{0x1f} && bytes[1] == std::byte{0x8b};
}

Result<void> gunzip(const MappedFile& from, const std::filesystem::path& to)
{
    Unpacking work;
    // 16 more than the largest window: gzip, not zlib.
    if (::inflateInit2(&work.stream, 16 + MAX_WBITS) != Z_OK) throw std::bad_alloc();
    work.begun = true;
    auto out = base::File::open(to, base::File::Mode::CreateNew);
    if (!out) return tl::unexpected(out.error());

    std::span<const std::byte> rest = from.bytes();
    const std::uint64_t most = kMostGain * rest.size() + kPart;
    std::vector<unsigned char> part(kPart);
    std::uint64_t total = 0;
    int status = Z_OK;
    while (status != Z_STREAM_END) {
        if (work.stream.avail_in == 0) {
            const std::size_t count = std::min(rest.size(), kPart);
            if (count == 0) return damaged(from.name(), "ends before what is packed in it does.");
            // zlib does not write to its input.
            work.stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(rest.data()));
            work.stream.avail_in = static_cast<uInt>(count);
            rest = rest.subspan(count);
        }
        work.stream.next_out = part.data();
        work.stream.avail_out = static_cast<uInt>(part.size());
        status = ::inflate(&work.stream, Z_NO_FLUSH);
        if (status != Z_OK && status != Z_STREAM_END)
            return damaged(from.name(), "is packed in a way that cannot be unpacked.");
        const std::size_t count = part.size() - work.stream.avail_out;
        total += count;
        if (total > most)
            return fail(
                ErrorCode::LimitExceeded,
                from.name() + " unpacks to more than " + std::to_string(kMostGain) +
                    " times its size, which no model does.",
                std::string(kFetchAgain));
        const std::span<const unsigned char> fresh(part.data(), count);
        if (auto written = out->write_all(std::as_bytes(fresh)); !written) return written;
    }
    if (work.stream.avail_in != 0 || !rest.empty())
        return damaged(from.name(), "has bytes behind what is packed in it.");
    return from.check();
}

} // namespace engine::formats
