#include "engine/formats/tar.h"

#include "engine/formats/wording.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace engine::formats {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kMostMembers = 4096;
constexpr std::size_t kLargestPax = 64 * 1024;
constexpr std::size_t kLongestName = 255;

using Block = std::span<const std::byte>;

/// A field of text, which ends at a zero byte or at its end.
std::string_view text_at(Block block, std::size_t at, std::size_t size)
{
    const std::string_view field(reinterpret_cast<const char*>(block.data()) + at, size);
    return field.substr(0, std::min(field.find('\0'), size));
}

/// An octal field, spaces around it.
std::optional<std::uint64_t> octal_at(Block block, std::size_t at, std::size_t size)
{
    std::string_view digits = text_at(block, at, size);
    while (!digits.empty() && digits.front() == ' ') digits.remove_prefix(1);
    while (!digits.empty() && digits.back() == ' ') digits.remove_suffix(1);
    if (digits.empty()) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '7') return std::nullopt;
        value = value * 8 + static_cast<std::uint64_t>(c - '0'); // 12 digits at most
    }
    return value;
}

bool all_zero(Block bytes)
{
    return std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte{0}; });
}

bool checksum_agrees(Block block)
{
    constexpr std::size_t kAt = 148, kSize = 8;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < kBlock; ++i)
        sum += i >= kAt && i < kAt + kSize ? std::uint64_t{' '}
                                           : std::to_integer<std::uint64_t>(block[i]);
    return octal_at(block, kAt, kSize) == sum;
}

/// The name without a leading "./" and trailing "/", or nothing where it could lead anywhere else.
std::optional<std::string> clean_name(std::string_view name)
{
    while (name.starts_with("./")) name.remove_prefix(2);
    while (name.ends_with('/')) name.remove_suffix(1);
    if (name == ".") name = {};
    if (name.size() > kLongestName) return std::nullopt;
    for (const char c : name)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\') return std::nullopt;
    for (std::string_view rest = name; !rest.empty();) {
        const auto slash = std::min(rest.find('/'), rest.size());
        const std::string_view part = rest.substr(0, slash);
        if (part.empty() || part == "..") return std::nullopt; // a leading slash is an empty part
        rest.remove_prefix(std::min(slash + 1, rest.size()));
    }
    return std::string(name);
}

/// What a pax header says about the member behind it.
struct Extended {
    std::optional<std::string> path;
    std::optional<std::uint64_t> size;
};

std::optional<std::uint64_t> decimal(std::string_view digits)
{
    if (digits.empty() || digits.size() > 18) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

/// Records of "LENGTH KEY=VALUE\n".
std::optional<Extended> read_pax(Block bytes)
{
    Extended extended;
    std::string_view rest(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    while (!rest.empty()) {
        const auto space = rest.find(' ');
        if (space == std::string_view::npos) return std::nullopt;
        const auto length = decimal(rest.substr(0, space));
        if (!length || *length <= space + 1 || *length > rest.size()) return std::nullopt;
        std::string_view record = rest.substr(space + 1, *length - space - 1);
        if (record.back() != '\n') return std::nullopt;
        record.remove_suffix(1);
        const auto equals = record.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string_view key = record.substr(0, equals), value = record.substr(equals + 1);
        if (key == "path") extended.path = std::string(value);
        if (key == "size") {
            extended.size = decimal(value);
            if (!extended.size) return std::nullopt;
        }
        rest.remove_prefix(*length);
    }
    return extended;
}

} // namespace

Result<TarFile> TarFile::open(const std::filesystem::path& path)
{
    auto mapped = MappedFile::open(path);
    if (!mapped) return tl::unexpected(mapped.error());
    TarFile tar(std::move(*mapped));
    const std::string file = tar.file_->name();
    Block rest = tar.file_->bytes();
    Extended extended;
    bool ended = false;
    for (std::size_t count = 0; !ended; ++count) {
        if (rest.size() < kBlock) return damaged(file, "ends before its archive does.");
        const Block header = rest.first(kBlock);
        if (all_zero(header)) {
            ended = true;
            continue;
        }
        if (count >= 2 * kMostMembers)
            return fail(
                ErrorCode::LimitExceeded,
                file + " has more than " + std::to_string(kMostMembers) + " members.",
                "Choose an archive of one model.");
        if (text_at(header, 257, 5) != "ustar" || !checksum_agrees(header))
            return damaged(file, "is no tar archive, or a header in it is broken.");
        rest = rest.subspan(kBlock);

        std::string stored(text_at(header, 345, header[263] == std::byte{'0'} ? 155 : 0));
        if (!stored.empty()) stored += '/';
        stored += text_at(header, 0, 100);
        if (extended.path) stored = *extended.path;
        const auto name = clean_name(stored);
        if (!name)
            return damaged(file, "member " + in_quotes(stored) + " has a name that leads away.");
        const auto size = extended.size ? extended.size : octal_at(header, 124, 12);
        const std::uint64_t padded = size ? (*size + kBlock - 1) / kBlock * kBlock : 0;
        if (!size || *size > rest.size() || padded > rest.size())
            return damaged(
                file,
                "member " + in_quotes(*name) + " is longer than what is left of the archive.");
        const Block content = rest.first(static_cast<std::size_t>(*size));
        rest = rest.subspan(static_cast<std::size_t>(padded));
        extended = {};
        switch (std::to_integer<char>(header[156])) {
        case '0':
        case '\0':
            if (name->empty() || !tar.members_.emplace(*name, content).second)
                return damaged(file, "member " + in_quotes(*name) + " occurs twice.");
            break;
        case '5':
            break;
        case 'x':
        case 'g': {
            const auto said = content.size() <= kLargestPax ? read_pax(content) : std::nullopt;
            const bool global = header[156] == std::byte{'g'};
            if (!said || (global && (said->path || said->size)))
                return damaged(file, "has an extended header that makes no sense.");
            if (!global) extended = *said;
            break;
        }
        default:
            return damaged(
                file,
                "member " + in_quotes(*name) +
                    " is a link, a device or of another kind that a "
                    "model does not need.");
        }
    }
    if (!all_zero(rest)) return damaged(file, "has bytes behind the end of its archive.");
    if (const auto intact = tar.file_->check(); !intact) return tl::unexpected(intact.error());
    return tar;
}

} // namespace engine::formats
