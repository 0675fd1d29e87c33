#pragma once

#include "engine/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace engine::text {

/// Cuts text into the pieces within which byte pairs may merge, by one regular expression after
/// another: matches and the text between them are pieces, and each piece is cut again by the next
/// expression.
///
/// PCRE2 with JIT where the system allows it. The expressions come from model files: at most 16 KiB
/// long and 100 groups deep, a million steps a match; `\s` and `\S` mean Unicode's White_Space, as
/// in the references (PCRE2's own `\s` has U+180E too). Immutable; split() may be called from any
/// thread.
class PreTokenizer {
public:
    /// Errors: BadModelFile (no valid expression; `name` says whose).
    static Result<PreTokenizer>
    compile(const std::vector<std::string>& patterns, std::string_view name);
    /// The splitting of a family as GGUF names it in tokenizer.ggml.pre: gpt-2, smollm, llama-bpe,
    /// qwen2, tekken, ... Errors: ModelUnsupported, naming an unknown one.
    static Result<PreTokenizer> for_gguf(std::string_view pre, std::string_view file);

    /// Pieces in order, together the whole of `text`, which must be valid UTF-8.
    /// Errors: LimitExceeded where an expression needs more steps than it may have.
    Result<std::vector<std::string_view>> split(std::string_view text) const;

private:
    struct Expression;
    std::vector<std::shared_ptr<const Expression>> expressions_;
};

/// The expression of GPT-2, which byte-level tokenizers use unless they bring their own.
std::string_view gpt2_pattern();

} // namespace engine::text
