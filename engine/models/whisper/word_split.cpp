#include "engine/models/whisper/alignment.h"

#include <algorithm>
#include <array>

namespace engine::whisper {
namespace {

struct Piece {
    std::string text;
    std::size_t tokens = 0;
};

std::string to_utf8(const std::u32string& text)
{
    std::string utf8;
    for (const char32_t c : text) append_utf8(utf8, c);
    return utf8;
}

/// Token runs that decode to whole code points. A U+FFFD that the whole text has at the same place
/// is no reason to wait.
std::vector<Piece> split_pieces(std::span<const TokenId> text, const Vocabulary& vocabulary)
{
    constexpr char32_t kReplacement = 0xFFFD;
    std::string bytes;
    for (const TokenId id : text) bytes += vocabulary.bytes(id);
    const std::u32string whole = decode_lossy(bytes);

    std::vector<Piece> pieces;
    std::string pending;
    std::size_t tokens = 0, place = 0;
    for (const TokenId id : text) {
        pending += vocabulary.bytes(id);
        ++tokens;
        const std::u32string decoded = decode_lossy(pending);
        const std::size_t broken = decoded.find(kReplacement);
        if (broken != std::u32string::npos) {
            const std::size_t at = place + broken;
            if (at >= whole.size() || whole[at] != kReplacement) continue;
        }
        pieces.push_back({to_utf8(decoded), tokens});
        place += decoded.size();
        pending.clear();
        tokens = 0;
    }
    return pieces;
}

bool is_ascii_punctuation(std::string_view piece)
{
    // A run of the reference's list counts, and so does nothing but spaces.
    constexpr std::string_view kMarks = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    constexpr std::string_view kSpaces = " \t\n\v\f\r";
    const auto first = piece.find_first_not_of(kSpaces);
    if (first == std::string_view::npos) return true;
    return kMarks.find(piece.substr(first, piece.find_last_not_of(kSpaces) - first + 1)) !=
           std::string_view::npos;
}

} // namespace

std::vector<TimedWord>
split_words(std::span<const TokenId> text, const Vocabulary& vocabulary, std::string_view language)
{
    constexpr std::array<std::string_view, 6> kWithoutSpaces =
        {"zh", "ja", "th", "lo", "my", "yue"};
    const bool every_piece =
        std::find(kWithoutSpaces.begin(), kWithoutSpaces.end(), language) != kWithoutSpaces.end();
    std::vector<TimedWord> words;
    for (Piece& piece : split_pieces(text, vocabulary)) {
        const bool starts = every_piece || words.empty() || piece.text.starts_with(' ') ||
                            is_ascii_punctuation(piece.text);
        if (starts) {
            words.push_back({std::move(piece.text), piece.tokens});
        } else {
            words.back().text += piece.text;
            words.back().tokens += piece.tokens;
        }
    }
    return words;
}

} // namespace engine::whisper
