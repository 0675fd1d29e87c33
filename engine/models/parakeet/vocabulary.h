#pragma once

#include "engine/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace engine::parakeet {

using TokenId = std::int32_t;

/// What a token stands for.
struct Piece {
    std::string text;    // bytes, a space where the piece begins a word; may be part of a character
    bool visible = true; // false: a control token, which is never shown
    bool begins_word = false; // with a space, or is nothing else
    bool is_mark = false;     // exactly one punctuation mark
    bool begins_with_mark = false;
    std::string language; // of a control token that names one: "en"
};

/// The pieces of a SentencePiece vocabulary by their ids, as tokenizer.json has them. Marks are
/// what Unicode calls punctuation and the vocabulary has inside words, as NeMo counts them; audio
/// spec 4.3, 4.4.
class Vocabulary {
public:
    /// Ids 0 to size - 1 must have a piece each. Errors: FileNotFound, LimitExceeded, BadModelFile.
    static Result<Vocabulary> read(const std::filesystem::path& tokenizer_json, int size);
    /// From pieces as SentencePiece writes them, "▁the" at the start of a word.
    explicit Vocabulary(const std::vector<std::string>& pieces);

    const Piece& piece(TokenId id) const { return pieces_.at(static_cast<std::size_t>(id)); }
    int size() const { return static_cast<int>(pieces_.size()); }

private:
    std::vector<Piece> pieces_;
};

} // namespace engine::parakeet
