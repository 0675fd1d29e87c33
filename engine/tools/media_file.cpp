#include "engine/tools/media_file.h"

#include "engine/image/picture_file.h"
#include "engine/sound/wav.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <variant>
#include <vector>

namespace engine::tools {
namespace {

using Bytes = std::vector<std::byte>;

constexpr std::size_t kMostFrames = 1024;
constexpr std::size_t kMostPixelBytes = std::size_t{1} << 30;

int value_of(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+' || c == '-') return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

Result<Bytes> from_base64(std::string_view text)
{
    while (text.ends_with('=')) text.remove_suffix(1);
    Bytes bytes;
    bytes.reserve(text.size() / 4 * 3 + 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int value = value_of(c);
        if (value < 0)
            return fail(
                ErrorCode::BadFile,
                "A data: URL has a character that is not base64.",
                "Name a file instead.");
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes.push_back(static_cast<std::byte>(bits >> count));
    }
    return bytes;
}

/// What a URL names: bytes that it holds itself, or a path.
Result<std::variant<Bytes, std::filesystem::path>>
resolve(std::string_view url, const std::filesystem::path& folder)
{
    if (url.starts_with("data:")) {
        const std::size_t comma = url.find(";base64,");
        if (comma == std::string_view::npos)
            return fail(
                ErrorCode::BadFile,
                "A data: URL is not in base64.",
                "Write data:image/png;base64,... or name a file.");
        auto bytes = from_base64(url.substr(comma + 8));
        if (!bytes) return tl::unexpected(bytes.error());
        return std::move(*bytes);
    }
    if (url.starts_with("file://")) return std::filesystem::path(url.substr(7));
    if (url.find("://") != std::string_view::npos)
        return fail(
            ErrorCode::Unavailable,
            "Nothing is fetched from a network: " + std::string(url.substr(0, 80)) + ".",
            "Fetch it yourself and name the file.");
    return folder / std::filesystem::path(url); // an absolute one stays as it is
}

} // namespace

Result<Image> read_image_url(std::string_view url, const std::filesystem::path& folder)
{
    const auto place = resolve(url, folder);
    if (!place) return tl::unexpected(place.error());
    if (const auto* bytes = std::get_if<Bytes>(&*place))
        return image::parse_picture(*bytes, "the picture of a data: URL");
    return image::read_picture(std::get<std::filesystem::path>(*place));
}

Result<Sound> read_audio_url(std::string_view url, const std::filesystem::path& folder)
{
    const auto place = resolve(url, folder);
    if (!place) return tl::unexpected(place.error());
    const auto* bytes = std::get_if<Bytes>(&*place);
    const auto wav = bytes != nullptr ? sound::parse_wav(*bytes, "the sound of a data: URL")
                                      : sound::read_wav(std::get<std::filesystem::path>(*place));
    if (!wav) return tl::unexpected(wav.error());
    return sound::to_model_sound(*wav);
}

Result<Video> read_video_url(std::string_view url, const std::filesystem::path& folder, double fps)
{
    const auto place = resolve(url, folder);
    if (!place) return tl::unexpected(place.error());
    const auto* path = std::get_if<std::filesystem::path>(&*place);
    std::error_code error;
    if (path == nullptr || !std::filesystem::is_directory(*path, error))
        return fail(
            ErrorCode::UnsupportedFile,
            "This program reads videos only as folders of PNG files.",
            "Write the frames into a folder, or ask with percept-cli.");
    std::vector<std::filesystem::path> files;
    for (std::filesystem::directory_iterator entry(*path, error), end; !error && entry != end;
         entry.increment(error))
        if (entry->path().extension() == ".png" || entry->path().extension() == ".ppm")
            files.push_back(entry->path());
    if (error)
        return fail(
            ErrorCode::FileUnreadable,
            "Cannot list " + path->string() + ": " + error.message() + ".");
    if (files.empty() || files.size() > kMostFrames)
        return fail(
            files.empty() ? ErrorCode::FileNotFound : ErrorCode::LimitExceeded,
            path->string() + " holds " + std::to_string(files.size()) +
                " pictures, a video has 1 to 1,024.",
            "Choose fewer frames; two a second are enough for most.");
    std::sort(files.begin(), files.end());
    Video video;
    std::size_t bytes = 0;
    // Whole milliseconds a frame, as the models were trained to read times.
    const double frame_s = fps > 0 ? static_cast<int>(1000 / fps) / 1000.0 : 0;
    for (const auto& file : files) {
        auto frame = image::read_picture(file);
        if (!frame) return tl::unexpected(frame.error());
        bytes += frame->rgb.size();
        if (bytes > kMostPixelBytes)
            return fail(
                ErrorCode::LimitExceeded,
                "The frames in " + path->string() + " have more than 1 GiB of pixels.",
                "Choose fewer or smaller frames.");
        if (fps > 0) video.times_s.push_back(static_cast<double>(video.frames.size()) * frame_s);
        video.frames.push_back(std::move(*frame));
    }
    return video;
}

} // namespace engine::tools
