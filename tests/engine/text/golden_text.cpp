#include "tests/engine/text/golden_text.h"

#include "engine/text/utf8.h"

#include <array>
#include <cstdio>
#include <utility>

namespace golden_text {

namespace {

using Group = std::pair<char32_t, char32_t>;
constexpr std::array kGroups = {
    Group{0x61, 0x7A},       Group{0x61, 0x7A},       Group{0x41, 0x5A},
    Group{0x30, 0x39},       Group{0x20, 0x20},       Group{0x20, 0x20},
    Group{0x09, 0x0D},       Group{0x21, 0x2F},       Group{0x3A, 0x40},
    Group{0x5B, 0x60},       Group{0x7B, 0x7E},       Group{0x00, 0x1F},
    Group{0x80, 0xBF},       Group{0xC0, 0x24F},      Group{0x300, 0x36F},
    Group{0x370, 0x3FF},     Group{0x400, 0x52F},     Group{0x5D0, 0x5EA},
    Group{0x600, 0x6FF},     Group{0x900, 0x97F},     Group{0xE00, 0xE5B},
    Group{0x1E00, 0x1FFF},   Group{0x2000, 0x206F},   Group{0x20A0, 0x20BF},
    Group{0x2100, 0x218B},   Group{0x2200, 0x22FF},   Group{0x2460, 0x24FF},
    Group{0x3000, 0x30FF},   Group{0x4E00, 0x9FFF},   Group{0xAC00, 0xD7A3},
    Group{0xE000, 0xE0FF},   Group{0xF900, 0xFAFF},   Group{0xFB00, 0xFB4F},
    Group{0xFF00, 0xFFEF},   Group{0x1D400, 0x1D7FF}, Group{0x1F300, 0x1F6FF},
    Group{0x20000, 0x2A6DF},
};
constexpr std::array kWords = {
    "the",        " of",    " Meeting",    "'s",          "n't",
    " 2026",      "3.14",   " co-operate", "\n\n",        "    ",
    " naïve",     "Straße", " don't",      "I'LL",        "supercalifragilistic",
    "://",        " ...",   "ﬁn",          "İstanbul",    "ΣΑΣ",
    "日本語",     " 안녕",  "🙂",        "👩‍💻", "[SEP]",
    "<|im_end|>",
};

std::uint64_t next(std::uint64_t& state)
{
    state += 0x9e3779b97f4a7c15ull;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
}

/// Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Syriac, Thaana, N'Ko, Devanagari, Bengali,
/// Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam, Sinhala, Thai, Lao, Tibetan,
/// Burmese, Georgian, Hangul, Ethiopic, Cherokee, Canadian syllables, Khmer, Mongolian, Hiragana,
/// Katakana, Bopomofo, Han, Yi, Javanese, Balinese, Tifinagh, Gothic, Deseret.
constexpr std::pair<char32_t, char32_t> kScripts[] = {
    {0xc0, 0x24f},    {0x391, 0x3c9},   {0x410, 0x44f},   {0x531, 0x556},     {0x5d0, 0x5ea},
    {0x620, 0x64a},   {0x710, 0x72f},   {0x780, 0x7a5},   {0x7ca, 0x7ea},     {0x904, 0x94d},
    {0x985, 0x9cd},   {0xa05, 0xa4d},   {0xa85, 0xacd},   {0xb05, 0xb4d},     {0xb85, 0xbcd},
    {0xc05, 0xc4d},   {0xc85, 0xccd},   {0xd05, 0xd4d},   {0xd85, 0xdca},     {0xe01, 0xe4e},
    {0xe81, 0xecd},   {0xf40, 0xf84},   {0x1000, 0x1039}, {0x10d0, 0x10fa},   {0xac00, 0xd7a3},
    {0x1200, 0x135a}, {0x13a0, 0x13f4}, {0x1401, 0x166c}, {0x1780, 0x17d2},   {0x1820, 0x1877},
    {0x3041, 0x3096}, {0x30a1, 0x30fa}, {0x3105, 0x312d}, {0x4e00, 0x9fcc},   {0xa000, 0xa48c},
    {0xa984, 0xa9c0}, {0x1b05, 0x1b44}, {0x2d30, 0x2d65}, {0x10330, 0x1034a}, {0x10400, 0x1044f},
};

constexpr std::array kBetween = {
    " ",    " ",          " ",           " ",  ", ",   "\n",       "  ",   ". ", "-",
    "'s ",  "(",          ") ",          "\t", ": ",   "\r\n\r\n", "/",    "7",  " 2026 3.5 ",
    "🙂", " 👍🏽 ", "👩‍💻", "🇩🇪", "\x01", "\x1b",     "\x7f",
};

} // namespace

std::string script_text(std::uint64_t seed)
{
    std::uint64_t state = seed * 1'000'003 + 17;
    std::string text;
    const std::uint64_t words = next(state) % 10 + 3;
    for (std::uint64_t word = 0; word < words; ++word) {
        const std::uint64_t r = next(state);
        const std::uint64_t script = r % 4 == 0 ? r >> 8 : seed;
        const auto [low, high] = kScripts[script % std::size(kScripts)];
        const std::uint64_t length = (r >> 32) % 6 + 1;
        for (std::uint64_t i = 0; i < length; ++i)
            engine::text::append_utf8(
                text,
                low + static_cast<char32_t>(next(state) % (high - low + 1)));
        text += kBetween[(r >> 40) % kBetween.size()];
    }
    return text;
}

std::string random_text(std::uint64_t seed)
{
    std::uint64_t state = seed * 1'000'003;
    std::string text;
    const std::uint64_t parts = next(state) % 24 + 1;
    for (std::uint64_t part = 0; part < parts; ++part) {
        const std::uint64_t r = next(state);
        if (r % 4 == 0) {
            text += kWords[(r >> 8) % kWords.size()];
            continue;
        }
        const auto [low, high] = kGroups[(r >> 8) % kGroups.size()];
        const std::uint64_t length = (r >> 32) % 5 + 1;
        for (std::uint64_t i = 0; i < length; ++i)
            engine::text::append_utf8(
                text,
                low + static_cast<char32_t>(next(state) % (high - low + 1)));
    }
    return text;
}

std::string block_hash(
    int block,
    const std::function<std::vector<std::int32_t>(const std::string&)>& encode,
    std::string (*make)(std::uint64_t seed))
{
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (int i = 0; i < 100; ++i) {
        auto ids =
            encode(make(static_cast<std::uint64_t>(block) * 100 + static_cast<std::uint64_t>(i)));
        ids.push_back(0x7fffffff);
        for (const std::int32_t id : ids)
            for (int shift = 0; shift < 32; shift += 8)
                hash =
                    (hash ^ ((static_cast<std::uint32_t>(id) >> shift) & 0xff)) * 0x100000001b3ull;
    }
    std::array<char, 17> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(hash));
    return digits.data();
}

} // namespace golden_text
