#include "engine/models/whisper/vocabulary.h"

#include "engine/formats/mapped_file.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace engine::whisper {
namespace {

constexpr std::size_t kMaxBytes = 16 << 20;

tl::unexpected<Error> bad(const std::filesystem::path& file, const std::string& what)
{
    return fail(
        ErrorCode::BadModelFile,
        file.filename().string() + " is damaged: " + what + ".",
        "Fetch the model again with: percept-cli models fetch whisper-base");
}

/// GPT-2's alphabet: printable bytes stand for themselves, the other 68 follow from U+0100 on.
std::unordered_map<char32_t, char> byte_alphabet()
{
    std::unordered_map<char32_t, char> bytes;
    char32_t next = 0x100;
    for (int b = 0; b < 256; ++b) {
        const bool printable = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
        bytes[printable ? static_cast<char32_t>(b) : next++] = static_cast<char>(b);
    }
    return bytes;
}

std::vector<std::string_view> split_lines(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool is_language(std::string_view token)
{
    const bool marked =
        token.size() >= 6 && token.size() <= 7 && token.starts_with("<|") && token.ends_with("|>");
    const std::string_view code = marked ? token.substr(2, token.size() - 4) : "";
    return marked &&
           std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

} // namespace

Result<Vocabulary> Vocabulary::read(const std::filesystem::path& file, int size)
{
    const auto text = formats::read_small_file(file, kMaxBytes);
    if (!text) return tl::unexpected(text.error());
    const auto lines = split_lines(*text);
    if (lines.size() != static_cast<std::size_t>(size)) {
        return bad(
            file,
            std::to_string(lines.size()) + " lines for a model of " + std::to_string(size) +
                " tokens");
    }
    Vocabulary v;
    const auto find = [&](std::string_view token) -> TokenId {
        const auto at = std::find(lines.rbegin(), lines.rend(), token); // special tokens are last
        return at == lines.rend() ? -1 : static_cast<TokenId>(lines.rend() - at) - 1;
    };
    struct Special {
        TokenId* into;
        std::string_view token;
    };
    const Special specials[] = {
        {&v.end_of_text, "<|endoftext|>"},
        {&v.start_of_transcript, "<|startoftranscript|>"},
        {&v.transcribe, "<|transcribe|>"},
        {&v.start_of_previous, "<|startofprev|>"},
        {&v.no_timestamps, "<|notimestamps|>"},
        {&v.first_timestamp, "<|0.00|>"}};
    for (const auto& [into, token] : specials) {
        *into = find(token);
        if (*into < 0) return bad(file, "token " + std::string(token) + " is missing");
    }
    v.no_speech = std::max(find("<|nospeech|>"), find("<|nocaptions|>"));
    constexpr TokenId kLastTimestamp = 1500; // 30.00 s
    const bool in_order = v.no_speech > v.end_of_text && v.no_timestamps < v.first_timestamp &&
                          v.end_of_text < v.start_of_transcript &&
                          v.start_of_transcript < v.no_timestamps &&
                          v.first_timestamp + kLastTimestamp + 1 == size;
    if (!in_order) return bad(file, "its special tokens are not in Whisper's order");

    for (TokenId id = v.start_of_transcript + 1; id < v.no_timestamps; ++id) {
        const auto token = lines[static_cast<std::size_t>(id)];
        if (!is_language(token)) break;
        v.languages_.push_back({std::string(token.substr(2, token.size() - 4)), id});
    }
    if (v.languages_.empty()) {
        return fail(
            ErrorCode::ModelUnsupported,
            file.filename().string() + " belongs to an English-only Whisper.",
            "Use a multilingual one, such as whisper-base.");
    }

    const auto alphabet = byte_alphabet();
    for (TokenId id = 0; id < v.end_of_text; ++id) {
        std::string bytes;
        for (const char32_t c : decode_lossy(lines[static_cast<std::size_t>(id)])) {
            const auto byte = alphabet.find(c);
            if (byte == alphabet.end()) return bad(file, "line " + std::to_string(id + 1));
            bytes.push_back(byte->second);
        }
        v.pieces_.push_back(std::move(bytes));
    }
    return v;
}

std::optional<TokenId> Vocabulary::language(std::string_view code) const
{
    const auto found = std::find_if(languages_.begin(), languages_.end(), [&](const Language& l) {
        return l.code == code;
    });
    if (found == languages_.end()) return std::nullopt;
    return found->token;
}

std::string Vocabulary::text(std::span<const TokenId> ids) const
{
    std::string raw, text;
    for (const TokenId id : ids) {
        if (id < end_of_text) raw += bytes(id);
    }
    for (const char32_t c : decode_lossy(raw)) append_utf8(text, c);
    return text;
}

std::u32string decode_lossy(std::string_view bytes)
{
    constexpr char32_t kReplacement = 0xFFFD;
    std::u32string out;
    std::size_t at = 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    while (at < bytes.size()) {
        const unsigned lead = byte(at++);
        if (lead < 0x80) {
            out.push_back(lead);
            continue;
        }
        // Bounds of the second byte shut out overlong forms, surrogates and what lies above
        // U+10FFFF.
        int more = 0;
        unsigned low = 0x80, high = 0xBF;
        char32_t value = 0;
        if (lead >= 0xC2 && lead <= 0xDF) {
            more = 1;
            value = lead & 0x1F;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            more = 2;
            value = lead & 0x0F;
            if (lead == 0xE0) low = 0xA0;
            if (lead == 0xED) high = 0x9F;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            more = 3;
            value = lead & 0x07;
            if (lead == 0xF0) low = 0x90;
            if (lead == 0xF4) high = 0x8F;
        } else {
            out.push_back(kReplacement);
            continue;
        }
        while (more > 0 && at < bytes.size() && byte(at) >= low && byte(at) <= high) {
            value = (value << 6) | (byte(at++) & 0x3F);
            low = 0x80;
            high = 0xBF;
            --more;
        }
        out.push_back(more == 0 ? value : kReplacement);
    }
    return out;
}

void append_utf8(std::string& text, char32_t c)
{
    const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

} // namespace engine::whisper
