#include "engine/text/sentence_pieces.h"

#include <algorithm>
#include <charconv>
#include <queue>

namespace engine::text {
namespace {

constexpr std::string_view kSpace = "\xe2\x96\x81"; // U+2581

std::size_t character_bytes(char first)
{
    const auto byte = static_cast<unsigned char>(first);
    if (byte < 0x80) return 1;
    if (byte < 0xe0) return 2;
    return byte < 0xf0 ? 3 : 4;
}

/// A stretch of the text in the list of those that may still merge.
struct Stretch {
    std::size_t at;
    std::size_t size; // 0: merged into the one before
    std::int32_t previous;
    std::int32_t next;
    std::int32_t symbol; // its id, or -1: it merges
};

/// Two neighbours that make a piece; the best score goes first, the leftmost of equals.
struct Candidate {
    float score;
    std::int32_t left;
    std::size_t size; // of both, to notice that one has merged meanwhile

    bool operator<(const Candidate& other) const // a priority_queue serves its largest
    {
        return score < other.score || (score == other.score && left > other.left);
    }
};

} // namespace

void SentencePieces::add_piece(std::string_view token, std::int32_t id, float score)
{
    pieces_.emplace(token, Piece{id, score});
    longest_ = std::max(longest_, token.size());
}

void SentencePieces::add_symbol(std::string_view token, std::int32_t id)
{
    symbols_.emplace(token, id);
    begins_symbol_[static_cast<unsigned char>(token.front())] = true;
    const auto place = std::lower_bound(
        symbol_sizes_.begin(),
        symbol_sizes_.end(),
        token.size(),
        std::greater<>());
    if (place == symbol_sizes_.end() || *place != token.size())
        symbol_sizes_.insert(place, token.size());
}

void SentencePieces::add_byte(std::uint8_t byte, std::int32_t id)
{
    bytes_[byte] = id;
}

/// Bytes of the symbol that `text` begins with, or 0.
std::size_t SentencePieces::symbol_at(std::string_view text, std::int32_t& id) const
{
    if (!begins_symbol_[static_cast<unsigned char>(text.front())]) return 0;
    for (const std::size_t size : symbol_sizes_) {
        if (size > text.size()) continue;
        const auto found = symbols_.find(text.substr(0, size));
        if (found == symbols_.end()) continue;
        id = found->second;
        return size;
    }
    return 0;
}

void SentencePieces::spell(std::string_view character, std::vector<std::int32_t>& ids) const
{
    const bool covered = std::all_of(character.begin(), character.end(), [&](char byte) {
        return bytes_[static_cast<unsigned char>(byte)] >= 0;
    });
    if (!covered) {
        if (unknown_) ids.push_back(*unknown_);
        return;
    }
    for (const char byte : character) ids.push_back(bytes_[static_cast<unsigned char>(byte)]);
}

void SentencePieces::encode(
    std::string_view plain,
    bool space_first,
    std::vector<std::int32_t>& ids) const
{
    if (plain.empty()) return;
    std::string marked(space_first ? kSpace : "");
    for (const char c : plain) {
        if (c == ' ') {
            marked += kSpace;
        } else {
            marked += c;
        }
    }
    const std::string_view text = marked;

    std::vector<Stretch> stretches;
    for (std::size_t at = 0; at < text.size();) {
        std::int32_t symbol = -1;
        std::size_t size = symbol_at(text.substr(at), symbol);
        if (size == 0) size = std::min(character_bytes(text[at]), text.size() - at);
        const auto index = static_cast<std::int32_t>(stretches.size());
        const bool last = at + size >= text.size();
        stretches.push_back({at, size, index - 1, last ? -1 : index + 1, symbol});
        at += size;
    }

    // A heap keeps long texts without spaces at n log n.
    std::priority_queue<Candidate> candidates;
    const auto consider = [&](std::int32_t left) {
        if (left < 0) return;
        const Stretch& first = stretches[static_cast<std::size_t>(left)];
        if (first.next < 0 || first.symbol >= 0) return;
        const Stretch& second = stretches[static_cast<std::size_t>(first.next)];
        const std::size_t size = first.size + second.size;
        if (second.symbol >= 0 || size > longest_) return;
        const auto found = pieces_.find(text.substr(first.at, size));
        if (found != pieces_.end()) candidates.push({found->second.score, left, size});
    };
    for (std::size_t i = 0; i + 1 < stretches.size(); ++i) consider(static_cast<std::int32_t>(i));
    while (!candidates.empty()) {
        const Candidate best = candidates.top();
        candidates.pop();
        Stretch& left = stretches[static_cast<std::size_t>(best.left)];
        if (left.size == 0 || left.next < 0) continue;
        Stretch& right = stretches[static_cast<std::size_t>(left.next)];
        if (left.size + right.size != best.size) continue;
        left.size = best.size;
        right.size = 0;
        left.next = right.next;
        if (left.next >= 0) stretches[static_cast<std::size_t>(left.next)].previous = best.left;
        consider(left.previous);
        consider(best.left);
    }
    for (const Stretch& stretch : stretches) {
        if (stretch.size == 0) continue;
        const std::string_view piece = text.substr(stretch.at, stretch.size);
        const auto found = pieces_.find(piece);
        if (stretch.symbol >= 0) {
            ids.push_back(stretch.symbol);
        } else if (found != pieces_.end()) {
            ids.push_back(found->second.id);
        } else {
            spell(piece, ids);
        }
    }
}

std::string with_spaces(std::string_view piece)
{
    std::string text;
    for (std::size_t i = 0; i < piece.size();) {
        const bool space = piece.substr(i).starts_with(kSpace);
        text += space ? ' ' : piece[i];
        i += space ? kSpace.size() : 1;
    }
    return text;
}

std::optional<std::uint8_t> byte_of_token(std::string_view token)
{
    std::uint8_t byte = 0;
    if (token.size() != 6 || !token.starts_with("<0x") || token.back() != '>') return std::nullopt;
    const auto [end, error] = std::from_chars(token.data() + 3, token.data() + 5, byte, 16);
    if (error != std::errc() || end != token.data() + 5) return std::nullopt;
    return byte;
}

} // namespace engine::text
