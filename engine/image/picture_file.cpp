#include "engine/image/picture_file.h"

#include "engine/formats/mapped_file.h"

#include <charconv>
#include <cstring>
#include <optional>

namespace engine::image {
namespace {

constexpr std::size_t kLargestFile = 256u << 20;
constexpr std::uint64_t kMostPixels = 200'000'000;
constexpr std::uint64_t kLongestSide = 65'535;

/// The next number of a PPM header: white space and comments come before it.
std::optional<std::uint64_t> next_number(std::string_view& rest)
{
    for (;;) {
        while (!rest.empty() && std::strchr(" \t\r\n\v\f", rest.front()) != nullptr)
            rest.remove_prefix(1);
        if (rest.empty() || rest.front() != '#') break;
        const std::size_t end = rest.find('\n');
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end);
    }
    std::uint64_t value = 0;
    const auto [stop, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (error != std::errc()) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(stop - rest.data()));
    return value;
}

Result<Image> parse_ppm(std::string_view text, std::string_view name)
{
    std::string_view rest = text.substr(2);
    const auto width = next_number(rest), height = next_number(rest), most = next_number(rest);
    if (!width || !height || !most || rest.empty())
        return bad_picture(name, "its header is not three numbers");
    if (*most != 255)
        return fail(
            ErrorCode::UnsupportedFile,
            std::string(name) + " has samples up to " + std::to_string(*most) + ".",
            "Save it with 8 bits a sample, as PPM or PNG.");
    if (auto size = check_size(*width, *height, name); !size) return tl::unexpected(size.error());
    rest.remove_prefix(1); // one white space
    const std::size_t bytes = 3 * static_cast<std::size_t>(*width * *height);
    if (rest.size() < bytes) return bad_picture(name, "it ends before its last row");
    const auto* first = reinterpret_cast<const std::uint8_t*>(rest.data());
    Image image;
    image.width_px = static_cast<int>(*width);
    image.height_px = static_cast<int>(*height);
    image.rgb.assign(first, first + bytes);
    return image;
}

} // namespace

tl::unexpected<Error> bad_picture(std::string_view name, std::string_view what)
{
    return fail(
        ErrorCode::BadFile,
        std::string(name).append(" is damaged: ").append(what).append("."),
        "Save or fetch it again.");
}

Result<void> check_size(std::uint64_t width_px, std::uint64_t height_px, std::string_view name)
{
    if (width_px == 0 || height_px == 0) return bad_picture(name, "it has no pixels");
    if (width_px <= kLongestSide && height_px <= kLongestSide &&
        width_px * height_px <= kMostPixels)
        return {};
    return fail(
        ErrorCode::LimitExceeded,
        std::string(name) + " has " + std::to_string(width_px) + " x " + std::to_string(height_px) +
            " pixels, at most 65,535 a side and 200 million are read.",
        "Make it smaller, or cut out what matters.");
}

Result<Image> parse_picture(std::span<const std::byte> bytes, std::string_view name)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (text.starts_with("\x89PNG\r\n\x1a\n")) return parse_png(bytes, name);
    if (text.starts_with("P6")) return parse_ppm(text, name);
    return fail(
        ErrorCode::UnsupportedFile,
        std::string(name) + " is neither PNG nor PPM.",
        "Save it as PNG; percept-cli reads other pictures too.");
}

Result<Image> read_picture(const std::filesystem::path& path)
{
    const auto bytes = formats::read_small_file(path, kLargestFile);
    if (!bytes) return tl::unexpected(bytes.error());
    return parse_picture(std::as_bytes(std::span(*bytes)), path.filename().string());
}

} // namespace engine::image
