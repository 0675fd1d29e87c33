#pragma once

#include "engine/models/whisper/config.h"
#include "engine/models/whisper/vocabulary.h"

#include <span>

namespace engine::whisper {

/// What Whisper may say next: no symbols, no tags, and timestamps in pairs that never go back.
/// Source: Radford et al. 2022, section 4.5, and the released decoding rules.
class TokenRules {
public:
    TokenRules(const Config& config, const Vocabulary& vocabulary)
        : config_(config), vocabulary_(vocabulary)
    {
    }

    /// Sets what is not allowed to -inf.
    ///
    /// logits  [vocabulary]
    /// said    tokens after the prompt so far
    void apply(std::span<float> logits, std::span<const TokenId> said) const;

private:
    const Config& config_;
    const Vocabulary& vocabulary_;
};

/// How many tokens at the end of `said` only repeat what stands before them: at least four
/// repetitions of up to 64 text tokens, and at least 20 tokens; timestamps between them do not
/// count. 0 where nothing loops.
std::size_t repeated_tail(std::span<const TokenId> said, const Vocabulary& vocabulary);

} // namespace engine::whisper
