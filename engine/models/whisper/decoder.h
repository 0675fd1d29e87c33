#pragma once

#include "engine/models/whisper/vocabulary.h"
#include "engine/models/whisper/weights.h"
#include "kernels/backend.h"

#include <functional>
#include <span>
#include <vector>

namespace engine::whisper {

/// Text from the encoder's rows, one token a step. Several hypotheses (rows) run side by side over
/// one window; each has its own cache of keys and values, all share the window's. Engine thread.
///
/// The caches hold F32 (Compute::Exact) or F16 (Compute::Fast; halves the memory that every step
/// reads).
class Decoder {
public:
    Decoder(const Config& config, const Weights& weights, kernels::Compute compute);

    /// Keys and values of the encoder's rows, once a window.  encoded  [positions, width]
    void begin_window(kernels::Backend& backend, const kernels::Tensor& encoded);

    /// Feeds `tokens` to row 0 from position 0 on. Logits of the positions in `wanted` (ascending)
    /// are in logits(0), logits(1), ...
    void prefill(
        kernels::Backend& backend,
        std::span<const TokenId> tokens,
        std::span<const int> wanted);
    /// Rows [1, count) become copies of row 0 after its `length` positions.
    void copy_first_row(kernels::Backend& backend, int count, int length);
    /// Row r goes on from what was row parents[r]; positions before `shared` are the same in all
    /// rows.
    void reorder(std::span<const int> parents, int shared, int length);
    /// Feeds one token to each row at `position`; logits(r) belongs to row r.
    void step(kernels::Backend& backend, std::span<const TokenId> tokens, int position);

    /// [vocabulary], valid until the next call.
    std::span<const float> logits(int row) const;

    /// How words lie in time. Feeds `tokens` to row 0 from position 0 on.
    struct Alignment {
        /// One matrix [tokens, frames] for each of config.alignment_heads: attention to the first
        /// `frames` rows.
        std::vector<std::vector<float>> attention;
        /// Probability of tokens[i + 1] after tokens[0..i] among the ids below `text_ids`; the last
        /// one is 0.
        std::vector<float> probabilities;
    };
    Alignment
    align(kernels::Backend& backend, std::span<const TokenId> tokens, int frames, TokenId text_ids);

private:
    /// Called with each layer's cross-attention queries [rows, width].
    using OnQueries = std::function<void(int layer, const kernels::Tensor& q)>;
    /// One pass over x_: either `rows` positions of hypothesis 0 from 0 on, or one position of
    /// `rows` hypotheses.
    struct Pass {
        int rows = 0;
        int position = 0;
        bool one_each = false;
    };
    void run_layers(kernels::Backend& backend, const Pass& pass, const OnQueries& on_queries = {});
    void attend_self(kernels::Backend& backend, const Pass& pass, int layer);
    void embed(kernels::Backend& backend, std::span<const TokenId> tokens);
    void project(kernels::Backend& backend, int from, int to);
    void allocate(kernels::Backend& backend, int rows);
    void allocate_caches(kernels::Backend& backend, int hypotheses);

    const Config& config_;
    const Weights& weights_;
    kernels::DType cache_type_;
    kernels::AttentionShape heads_;
    int window_rows_ = 0;
    int cache_rows_ = 0; // hypotheses that the caches hold
    std::vector<kernels::Buffer> window_keys_,
        window_values_; // a layer each: [audio_positions, width]
    std::vector<kernels::Buffer> keys_,
        values_;   // a layer each: [hypotheses * text_positions, width]
    int room_ = 0; // rows of the next five
    kernels::Buffer x_, normed_, q_, attended_, hidden_;
    kernels::Buffer logits_; // [rows, vocabulary]
};

} // namespace engine::whisper
