#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace engine::text {

/// SentencePiece's form of byte-pair encoding: characters merge to the neighbouring piece of the
/// highest score, spaces are written as U+2581, and what no piece covers falls back to bytes.
/// Source: Kudo & Richardson 2018. Immutable; may be used from any thread.
class SentencePieces {
public:
    /// Merges to `token`, which must live as long as this.
    void add_piece(std::string_view token, std::int32_t id, float score);
    /// Taken whole wherever it stands in a text, before anything merges; the longest wins.
    void add_symbol(std::string_view token, std::int32_t id);
    void add_byte(std::uint8_t byte, std::int32_t id);
    void set_unknown(std::int32_t id) { unknown_ = id; }

    /// Appends the ids of `text`, valid UTF-8. `space_first` puts a space before it.
    void encode(std::string_view text, bool space_first, std::vector<std::int32_t>& ids) const;

private:
    struct Piece {
        std::int32_t id;
        float score;
    };
    std::size_t symbol_at(std::string_view text, std::int32_t& id) const;
    void spell(std::string_view character, std::vector<std::int32_t>& ids) const;

    std::unordered_map<std::string_view, Piece> pieces_;
    std::unordered_map<std::string_view, std::int32_t> symbols_;
    std::vector<std::size_t> symbol_sizes_;    // distinct, longest first
    std::array<bool, 256> begins_symbol_ = {}; // by first byte
    std::array<std::int32_t, 256> bytes_ = [] {
        std::array<std::int32_t, 256> none{};
        none.fill(-1);
        return none;
    }();
    std::size_t longest_ = 0; // bytes of a piece
    std::optional<std::int32_t> unknown_;
};

/// "▁a" to " a".
std::string with_spaces(std::string_view piece);
/// The byte that a token like <0x0A> stands for.
std::optional<std::uint8_t> byte_of_token(std::string_view token);

} // namespace engine::text
