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

} // namespace

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

std::string
block_hash(int block, const std::function<std::vector<std::int32_t>(const std::string&)>& encode)
{
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (int i = 0; i < 100; ++i) {
        auto ids = encode(
            random_text(static_cast<std::uint64_t>(block) * 100 + static_cast<std::uint64_t>(i)));
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
