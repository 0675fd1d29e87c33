#include "app/text.h"

#include <array>
#include <cmath>
#include <fmt/format.h>

namespace app {
namespace {

/// Length of the code point that starts at `text[at]`, 0 where the bytes are no UTF-8 (Unicode 15,
/// table 3-7).
std::size_t code_point_length(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
    const std::size_t left = text.size() - at;
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return left >= 2 && continues(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        if (left < 3 || !continues(1) || !continues(2)) return 0;
        if (first == 0xE0 && byte(1) < 0xA0) return 0; // overlong
        if (first == 0xED && byte(1) > 0x9F) return 0; // surrogates
        return 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if (left < 4 || !continues(1) || !continues(2) || !continues(3)) return 0;
        if (first == 0xF0 && byte(1) < 0x90) return 0;
        if (first == 0xF4 && byte(1) > 0x8F) return 0;
        return 4;
    }
    return 0;
}

} // namespace

std::string clean_utf8(std::string_view text)
{
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = code_point_length(text, at);
        if (length == 0) {
            clean += "\xEF\xBF\xBD";
            ++at;
            continue;
        }
        const auto first = static_cast<unsigned char>(text[at]);
        const bool control =
            length == 1 && ((first < 0x20 && first != '\t' && first != '\n') || first == 0x7F);
        // U+FFFE and U+FFFF are code points, but not characters: XML 1.0 forbids them.
        const bool nonchar = length == 3 && text.substr(at, 2) == "\xEF\xBF" &&
                             static_cast<unsigned char>(text[at + 2]) >= 0xBE;
        if (!control && !nonchar) clean.append(text, at, length);
        at += length;
    }
    return clean;
}

std::string one_line(std::string_view text)
{
    std::string line;
    line.reserve(text.size());
    bool gap = false;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v') {
            gap = !line.empty();
            continue;
        }
        if (gap) line += ' ';
        gap = false;
        line += c;
    }
    return line;
}

std::string shortened(std::string_view text, std::size_t max_bytes)
{
    if (text.size() <= max_bytes) return std::string{text};
    std::size_t end = max_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
    return std::string{text.substr(0, end)} + "…";
}

std::string clock_time(double seconds)
{
    const auto whole = static_cast<long long>(std::floor(std::max(0.0, seconds)));
    const long long hours = whole / 3600;
    const long long minutes = whole / 60 % 60;
    if (hours > 0) return fmt::format("{}:{:02}:{:02}", hours, minutes, whole % 60);
    return fmt::format("{}:{:02}", minutes, whole % 60);
}

std::string subtitle_time(double seconds, char decimal_sign)
{
    const long long ms = std::llround(std::max(0.0, seconds) * 1000);
    return fmt::format(
        "{:02}:{:02}:{:02}{}{:03}",
        ms / 3'600'000,
        ms / 60'000 % 60,
        ms / 1000 % 60,
        decimal_sign,
        ms % 1000);
}

std::string human_size(std::uint64_t bytes)
{
    constexpr std::array<const char*, 5> kUnits{"bytes", "kB", "MB", "GB", "TB"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < kUnits.size()) {
        value /= 1000;
        ++unit;
    }
    if (unit == 0) return counted(static_cast<std::int64_t>(bytes), "byte");
    return fmt::format("{:.{}f} {}", value, value < 9.95 ? 1 : 0, kUnits[unit]);
}

std::string human_duration(double seconds)
{
    if (seconds < 60) return fmt::format("{:.1f} s", std::max(0.0, seconds));
    const auto whole = std::llround(seconds);
    if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
    return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

std::string counted(std::int64_t count, std::string_view singular, std::string_view plural)
{
    if (count == 1) return fmt::format("1 {}", singular);
    if (plural.empty()) return fmt::format("{} {}s", count, singular);
    return fmt::format("{} {}", count, plural);
}

} // namespace app
