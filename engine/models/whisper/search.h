#pragma once

#include "engine/models/whisper/decoder.h"
#include "engine/models/whisper/token_rules.h"
#include "kernels/backend.h"

#include <cstdint>
#include <optional>
#include <random>
#include <span>
#include <stop_token>
#include <vector>

namespace engine::whisper {

/// One text for a window, timestamps included, end of text left out.
struct Transcript {
    std::vector<TokenId> tokens;
    std::vector<float> log_probs; // one a token, after the rules
    double sum_log_prob = 0;      // with that of the end of text
    bool looped = false;          // repeated itself and was cut

    double average_log_prob() const
    {
        return sum_log_prob / (static_cast<double>(tokens.size()) + 1);
    }
};

/// Finds the text of one window: greedy, by beam, or by sampling. begin() once, then any number of
/// tries; the prompt is computed only once. Each try ends with nothing when it was stopped on the
/// way. Engine thread.
class Search {
public:
    Search(const Config& config, const Vocabulary& vocabulary, Decoder& decoder)
        : config_(config), vocabulary_(vocabulary), rules_(config, vocabulary), decoder_(decoder)
    {
    }

    /// `prompt` holds start_of_transcript. `watch_for_loops`: cut a text that repeats itself; the
    /// reference decodes to the end of the room there is.
    void begin(kernels::Backend& backend, std::span<const TokenId> prompt, bool watch_for_loops);
    /// Probability of <|nospeech|> where the transcript starts.
    float no_speech() const { return no_speech_; }

    std::optional<Transcript> greedy(kernels::Backend& backend, const std::stop_token& stop);
    /// The most likely per token of `beam` finished texts. Source: Graves 2012; as CTranslate2 ends
    /// it.
    std::optional<Transcript>
    beam(kernels::Backend& backend, int beam, const std::stop_token& stop);
    /// The best of `count` samples by average log probability.
    std::optional<Transcript> sample(
        kernels::Backend& backend,
        float temperature,
        int count,
        std::mt19937_64& random,
        const std::stop_token& stop);

    int steps() const { return steps_; }

private:
    struct Row {
        Transcript text;
        TokenId next = 0; // chosen last, not yet fed
    };
    /// Chooses the next token of a row; the end of text finishes it.
    template <typename Choose>
    bool advance(Row& row, std::span<const float> logits, Choose choose);
    template <typename Choose>
    std::optional<std::vector<Transcript>>
    run_rows(kernels::Backend& backend, int rows, Choose choose, const std::stop_token& stop);
    int room() const { return config_.text_positions - prompt_length_; }

    const Config& config_;
    const Vocabulary& vocabulary_;
    TokenRules rules_;
    Decoder& decoder_;
    bool watch_for_loops_ = true;
    int prompt_length_ = 0;
    int steps_ = 0;
    float no_speech_ = 0;
    std::vector<float> first_logits_; // after the prompt
    std::vector<float> work_;         // logits under the rules
};

} // namespace engine::whisper
