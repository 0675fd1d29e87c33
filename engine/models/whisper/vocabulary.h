#pragma once

#include "engine/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engine::whisper {

using TokenId = std::int32_t;

/// Whisper's tokens: pieces of UTF-8 below end_of_text, then languages and tasks, then times in
/// steps of 20 ms. Only decoding is needed here, so vocabulary.txt (one token a line, GPT-2's byte
/// alphabet) is enough.
class Vocabulary {
public:
    /// Errors: FileNotFound, BadModelFile, ModelUnsupported (English-only models have no language
    /// tokens).
    static Result<Vocabulary> read(const std::filesystem::path& file, int size);

    TokenId end_of_text = 0;
    TokenId start_of_transcript = 0;
    TokenId transcribe = 0;
    TokenId start_of_previous = 0;
    TokenId no_speech = 0;
    TokenId no_timestamps = 0;
    TokenId first_timestamp = 0; // <|0.00|>

    bool is_timestamp(TokenId id) const { return id >= first_timestamp; }
    /// Seconds from the start of the window.
    double seconds(TokenId timestamp) const { return 0.02 * (timestamp - first_timestamp); }

    struct Language {
        std::string code; // ISO 639-1, or 639-3 where there is none
        TokenId token = 0;
    };
    const std::vector<Language>& languages() const { return languages_; }
    std::optional<TokenId> language(std::string_view code) const;

    /// Bytes of a text token; not always whole code points.
    const std::string& bytes(TokenId id) const { return pieces_[static_cast<std::size_t>(id)]; }
    /// Text of the ids below end_of_text; bytes that are not UTF-8 become U+FFFD.
    std::string text(std::span<const TokenId> ids) const;

private:
    std::vector<std::string> pieces_; // of the text tokens
    std::vector<Language> languages_;
};

/// Code points of a byte string; each maximal invalid part becomes one U+FFFD, as in the Unicode
/// standard, section 3.9.
std::u32string decode_lossy(std::string_view bytes);
void append_utf8(std::string& text, char32_t code_point);

} // namespace engine::whisper
