#include "app/waveform.h"

#include "base/blocking.h"
#include "base/hash.h"
#include "base/io.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

namespace app {
namespace {

constexpr std::size_t kSamples = 16'000 / Peaks::kPerSecond; // what the reader sends, a peak
constexpr double kLongest_s = 48 * 3600; // a time stamp beyond is damage, not a recording

/// What the file begins with; the lowest peaks follow, then the highest.
struct Header {
    char magic[8] = {'P', 'e', 'a', 'k', 's', ' ', '1', '\n'};
    std::uint32_t per_second = Peaks::kPerSecond;
    std::uint32_t count = 0;
    char checksum[64] = {}; // SHA-256 of the peaks, in hexadecimal
};

std::string checksum_of(std::string_view peaks)
{
    return base::sha256_of(std::as_bytes(std::span(peaks)));
}

std::string encoded(const Peaks& peaks)
{
    std::string body;
    body.append(reinterpret_cast<const char*>(peaks.lowest.data()), peaks.lowest.size());
    body.append(reinterpret_cast<const char*>(peaks.highest.data()), peaks.highest.size());
    Header header;
    header.count = static_cast<std::uint32_t>(peaks.lowest.size());
    checksum_of(body).copy(header.checksum, sizeof header.checksum);
    return std::string(reinterpret_cast<const char*>(&header), sizeof header) + body;
}

/// nullopt where the bytes are not whole and right.
std::optional<Peaks> decoded(const std::string& bytes)
{
    Header header;
    if (bytes.size() < sizeof header) return std::nullopt;
    std::memcpy(&header, bytes.data(), sizeof header);
    const std::string_view body = std::string_view(bytes).substr(sizeof header);
    if (std::memcmp(header.magic, Header{}.magic, sizeof header.magic) != 0 ||
        header.per_second != Peaks::kPerSecond || body.size() != std::size_t{header.count} * 2 ||
        std::string_view(header.checksum, sizeof header.checksum) != checksum_of(body))
        return std::nullopt;
    Peaks peaks;
    peaks.lowest.assign(body.begin(), body.begin() + header.count);
    peaks.highest.assign(body.begin() + header.count, body.end());
    return peaks;
}

/// Takes blocks of sound as they come; what lies between them is silence.
class PeakMaker {
public:
    void add(const capture::AudioBlock& block)
    {
        if (!(block.start_s >= 0 && block.start_s < kLongest_s)) return;
        const auto first = static_cast<std::size_t>(std::llround(block.start_s * 16'000));
        const std::size_t count = (first + block.samples.size() + kSamples - 1) / kSamples;
        if (count > peaks_.lowest.size()) {
            peaks_.lowest.resize(count);
            peaks_.highest.resize(count);
        }
        for (std::size_t i = 0; i < block.samples.size(); ++i) {
            const std::size_t at = (first + i) / kSamples;
            const auto level = static_cast<std::int8_t>(
                std::lround(std::clamp(block.samples[i], -1.0f, 1.0f) * 127));
            peaks_.lowest[at] = std::min(peaks_.lowest[at], level);
            peaks_.highest[at] = std::max(peaks_.highest[at], level);
        }
    }
    Peaks take() { return std::move(peaks_); }

private:
    Peaks peaks_;
};

Result<Peaks> read_peaks(
    const PeaksRequest& request,
    const std::function<void(double done_s, double total_s)>& on_progress,
    const std::stop_token& stop)
{
    capture::OpenOptions options;
    options.name = request.name;
    auto reader = capture::FileReader::open(request.file, options, request.reader, stop);
    if (!reader) return tl::unexpected(reader.error());
    const auto& streams = (*reader)->info().streams;
    const bool has_sound = std::any_of(streams.begin(), streams.end(), [](const auto& stream) {
        return stream.kind == "audio";
    });
    if (!has_sound) return Peaks{};

    PeakMaker maker;
    capture::ReadHandler handler;
    handler.on_sound = [&](const capture::AudioBlock& block) { maker.add(block); };
    handler.on_progress = on_progress;
    capture::MediaRange range;
    range.frames = false;
    range.frame_text = false;
    if (auto read = (*reader)->read_media(range, handler, stop); !read)
        return tl::unexpected(read.error());
    return maker.take();
}

} // namespace

Result<Peaks> peaks_of(
    const PeaksRequest& request,
    const std::function<void(double done_s, double total_s)>& on_progress,
    const std::stop_token& stop)
{
    BASE_MAY_BLOCK();
    const std::filesystem::path kept = request.cache_folder / "peaks" / request.sha256;
    constexpr std::uint64_t kMostBytes =
        sizeof(Header) + static_cast<std::uint64_t>(kLongest_s) * Peaks::kPerSecond * 2 + 4096;
    if (const auto bytes = base::read_text(kept, kMostBytes)) {
        if (auto peaks = decoded(*bytes)) return std::move(*peaks);
    }
    auto peaks = read_peaks(request, on_progress, stop);
    if (!peaks) return peaks;
    // Where it cannot be kept it is made again the next time.
    if (base::make_folders(kept.parent_path()))
        (void)base::write_text_atomically(kept, encoded(*peaks));
    return peaks;
}

} // namespace app
