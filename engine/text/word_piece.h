#pragma once

#include "engine/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace engine::text {

/// WordPiece over BERT's uncased words: the longest prefix that is in the vocabulary, then the
/// longest "##" continuation, and so on; a word that cannot be finished, or has more than 100
/// characters, is [UNK].
///
/// Text is never read as a special token: "[SEP]" in it is a bracket, a word and a bracket.
/// Immutable; may be used from any thread. Source: Devlin et al. 2018.
class WordPiece {
public:
    /// Reads vocab.txt. Errors: those of read_vocabulary(); BadModelFile (a token twice; no [UNK],
    /// [CLS] or [SEP]).
    static Result<WordPiece> open(const std::filesystem::path& vocabulary);
    /// `tokens` by id; `name` stands in the sentences.
    static Result<WordPiece> build(std::vector<std::string> tokens, std::string_view name);

    WordPiece(WordPiece&&) =
        default; // the indices point into the tokens: it moves, but does not copy
    WordPiece& operator=(WordPiece&&) = default;

    /// [CLS], at most max_tokens - 2 pieces, [SEP].
    std::vector<std::int32_t> encode(std::string_view text, int max_tokens) const;

    std::int32_t vocabulary_size() const { return static_cast<std::int32_t>(tokens_.size()); }
    std::string_view token(std::int32_t id) const
    {
        return tokens_.at(static_cast<std::size_t>(id));
    }

private:
    WordPiece() = default;
    void append_word(std::string_view word, int code_points, std::vector<std::int32_t>& ids) const;

    using Index = std::unordered_map<std::string_view, std::int32_t>; // views into tokens_
    std::vector<std::string> tokens_;
    Index starts_;
    Index continuations_;     // without "##"
    std::size_t longest_ = 0; // bytes of the longest piece: longer prefixes need no look-up
    std::int32_t unknown_ = 0, begin_ = 0, end_ = 0;
};

} // namespace engine::text
