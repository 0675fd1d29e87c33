#include "capture/reader/text_decode.h"

#include "capture/utf8.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <memory>
#include <string_view>
#include <uchardet/uchardet.h>
#include <unicode/unistr.h>

namespace capture::reader {
namespace {

using namespace std::string_view_literals;

struct Mark {
    std::string_view bytes;
    const char* encoding;
};
// UTF-32 first: its little-endian mark begins with that of UTF-16.
constexpr std::array kMarks = {
    Mark{"\xFF\xFE\0\0"sv, "UTF-32LE"},
    Mark{"\0\0\xFE\xFF"sv, "UTF-32BE"},
    Mark{"\xEF\xBB\xBF"sv, "UTF-8"},
    Mark{"\xFF\xFE"sv, "UTF-16LE"},
    Mark{"\xFE\xFF"sv, "UTF-16BE"}};

/// UTF-16 without a mark: in European text nearly every other byte is zero.
const char* unmarked_utf16(std::string_view text)
{
    const std::string_view sample = text.substr(0, 4096);
    std::size_t zeros[2] = {0, 0};
    for (std::size_t i = 0; i < sample.size(); ++i) zeros[i % 2] += sample[i] == '\0' ? 1 : 0;
    const std::size_t half = sample.size() / 2;
    if (half < 2) return nullptr;
    if (zeros[1] > half * 7 / 10 && zeros[0] * 50 < half) return "UTF-16LE";
    if (zeros[0] > half * 7 / 10 && zeros[1] * 50 < half) return "UTF-16BE";
    return nullptr;
}

bool is_control(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\x1B';
}

/// Zero bytes never stand in text of one byte a character; other control bytes only now and then.
bool is_binary(std::string_view text)
{
    if (text.find('\0') != std::string_view::npos) return true;
    const std::string_view sample = text.substr(0, 64u << 10);
    const auto controls = std::count_if(sample.begin(), sample.end(), is_control);
    return static_cast<std::size_t>(controls) * 100 > sample.size() * 2;
}

std::string guess(std::string_view text)
{
    const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(
        uchardet_new(),
        uchardet_delete);
    const std::string_view sample = text.substr(0, 256u << 10);
    uchardet_handle_data(detector.get(), sample.data(), sample.size());
    uchardet_data_end(detector.get());
    const std::string found = uchardet_get_charset(detector.get());
    // What has bytes above 127 is not ASCII, and what is no UTF-8 was cut or is not UTF-8.
    const bool useless = found.empty() || found == "ASCII" || found == "UTF-8";
    return useless ? "WINDOWS-1252" : found;
}

std::string to_utf8(std::string_view text, const std::string& encoding)
{
    const icu::UnicodeString decoded(
        text.data(),
        static_cast<std::int32_t>(text.size()),
        encoding.c_str());
    std::string out;
    decoded.toUTF8String(out);
    return out;
}

/// \r\n and \r become \n; form feeds and other controls become spaces.
std::string normalised(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + 1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\r') {
            if (i + 1 >= text.size() || text[i + 1] != '\n') out += '\n';
        } else {
            out += (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F
                       ? ' '
                       : c;
        }
    }
    return out;
}

} // namespace

Result<DecodedText> decode_text(std::span<const std::byte> bytes, const std::string& name)
{
    std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    DecodedText out;
    for (const Mark& mark : kMarks) {
        if (!text.starts_with(mark.bytes)) continue;
        out.encoding = mark.encoding;
        text.remove_prefix(mark.bytes.size());
        break;
    }
    if (out.encoding.empty()) {
        if (const char* utf16 = unmarked_utf16(text)) {
            out.encoding = utf16;
        } else if (is_binary(text)) {
            return fail(
                ErrorCode::UnsupportedFile,
                fmt::format("{} is neither text nor of a kind that can be read.", name),
                "Documents, pictures, recordings and text can be read.");
        } else {
            out.encoding = is_utf8(text) ? "UTF-8" : guess(text);
        }
    }
    std::string utf8 = out.encoding == "UTF-8" ? std::string(text) : to_utf8(text, out.encoding);
    if (!is_utf8(utf8)) utf8 = to_valid_utf8(utf8);
    out.utf8 = normalised(utf8);
    return out;
}

} // namespace capture::reader
