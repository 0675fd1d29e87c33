#pragma once

#include "engine/result.h"
#include "engine/text/pre_tokenizer.h"
#include "engine/text/sentence_pieces.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace engine::text {

/// What a token is for. Control tokens (end of text, roles) steer the model and are never made from
/// user text by accident.
enum class TokenKind : std::uint8_t { Normal, Control, UserDefined, Unused, Byte };

/// A vocabulary and its merges as a file has them, before they are checked; see
/// BpeTokenizer::build().
struct BpeSource {
    std::string name; // of the file, for the sentences
    std::vector<std::string>
        tokens; // by id, in the byte alphabet; kinds other than Normal as they are
    std::vector<TokenKind> kinds;                            // by id
    std::vector<std::pair<std::string, std::string>> merges; // most urgent first
    std::optional<PreTokenizer> pre_tokenizer;
    std::vector<float> scores; // by id: SentencePiece's form, without merges and pre-tokenizer
    std::optional<std::int32_t> unknown;
    bool add_prefix_space = false;
    bool whole_words_first = false; // a piece that is a token is not taken apart ("ignore_merges")
    std::optional<std::int32_t> bos;
    std::optional<std::int32_t> eos;
};

/// Byte-pair encoding, of bytes or in SentencePiece's form: text to token ids and back, without
/// loss for any valid UTF-8. Source: Sennrich et al. 2016; GPT-2. Immutable; may be used from any
/// thread.
class BpeTokenizer {
public:
    /// Checks the parts and indexes them, tens of milliseconds for 49,000 tokens.
    /// Errors: BadModelFile (a merge of unknown tokens, ids that are missing or taken twice).
    static Result<BpeTokenizer> build(BpeSource source);
    BpeTokenizer(BpeTokenizer&&) =
        default; // the indices point into the tokens: it moves, but does not copy
    BpeTokenizer& operator=(BpeTokenizer&&) = default;

    /// Whether "<|im_end|>" in the text is the token or ten characters.
    enum class ControlText { AsText, AsTokens };
    /// Broken UTF-8 is read as U+FFFD. Errors: LimitExceeded (PreTokenizer).
    Result<std::vector<std::int32_t>>
    encode(std::string_view text, ControlText control = ControlText::AsText) const;

    /// The bytes that a token stands for: part of a character, perhaps. Control tokens have none;
    /// an id outside the vocabulary neither. Feed them to a Utf8Stream.
    std::string_view bytes(std::int32_t id) const;
    /// The same for showing tokens: control tokens by their text.
    std::string_view text_of(std::int32_t id) const;
    /// All bytes together, as valid UTF-8.
    std::string decode(std::span<const std::int32_t> ids) const;

    std::int32_t vocabulary_size() const { return static_cast<std::int32_t>(bytes_.size()); }
    TokenKind kind(std::int32_t id) const;
    /// The id of a control or user-defined token by its text.
    std::optional<std::int32_t> control_token(std::string_view text) const;
    std::optional<std::int32_t> bos() const { return bos_; }
    /// Whether every text is encoded as if a space stood before it.
    bool prefixes_space() const { return add_prefix_space_; }
    std::optional<std::int32_t> eos() const { return eos_; }

private:
    struct Merge {
        std::uint64_t pair = ~0ull; // left id in the upper half; all ones: free
        std::int32_t rank = 0;
        std::int32_t merged = 0;
    };

    BpeTokenizer() = default;
    Result<void> index_tokens(BpeSource& source);
    Result<void> index_merges(const BpeSource& source);
    Result<void> index_pieces(const BpeSource& source);
    void add_merge(std::int32_t left, std::int32_t right, std::int32_t rank, std::int32_t merged);
    const Merge* find_merge(std::int32_t left, std::int32_t right) const;
    Result<void> encode_text(std::string_view text, std::vector<std::int32_t>& ids) const;
    void encode_piece(std::string_view piece, std::vector<std::int32_t>& ids) const;

    std::vector<std::string> tokens_; // by id, as the file writes them
    std::vector<std::string> bytes_;  // by id; control tokens: their text
    std::vector<TokenKind> kinds_;
    std::unordered_map<std::string_view, std::int32_t> ids_; // normal tokens; views into tokens_
    std::vector<std::pair<std::string_view, std::int32_t>> control_; // longest first
    std::vector<std::int32_t> byte_ids_; // 256; -1 where the vocabulary lacks a byte
    std::vector<Merge> merges_;          // open addressing, a power of two
    std::optional<PreTokenizer> pre_tokenizer_;
    std::optional<SentencePieces> pieces_; // in place of merges; its views go into tokens_
    bool add_prefix_space_ = false;
    bool whole_words_first_ = false;
    std::optional<std::int32_t> bos_;
    std::optional<std::int32_t> eos_;
};

} // namespace engine::text
