#pragma once

#include "engine/models/language_model.h"
#include "engine/models/nemotron_h/sequence_state.h"
#include "engine/models/nemotron_h/weights.h"

#include <stop_token>

namespace engine::nemotron_h {

/// Tokens that one pass takes; a long prompt is cut into passes, and but for the order in which
/// attention adds the results are the same to the last bit wherever it is cut. More tokens let an
/// expert serve more of them while it is in the cache of the processor; a stop waits for one layer
/// of one pass.
inline constexpr int kMaxPassTokens = 512;

/// A row of the residual stream that comes from a picture or from sound instead of the embedding.
struct MediaRow {
    int position = 0;              // within the pass
    std::span<const float> values; // [dim]
};

/// The forward pass of one hybrid language model and the buffers it works in. Engine thread only.
/// An observer also sees the inside of mixers: "layer 0 in_proj", "layer 0 conv", "layer 0 scan",
/// "layer 0 gated", "layer 2 attention", "layer 1 router", "layer 1 chosen" (I32), "layer 1
/// shares".
class ForwardPass {
public:
    ForwardPass(kernels::Backend& backend, const Config& config, const Weights& weights);

    /// Computes up to kMaxPassTokens tokens behind what the state holds, and commits them to it.
    /// `keys` says what stands at each position, as SequenceState compares it; `media` replaces
    /// rows. False when the stop token, read between layers, asked to end.
    bool
    run(kernels::Backend& backend,
        std::span<const std::int32_t> tokens,
        std::span<const PositionKey> keys,
        std::span<const MediaRow> media,
        SequenceState& state,
        const std::stop_token& stop,
        const Observer& observer = {});

    /// Logits of the last position of the last run(), [vocab]; valid until the next call, and the
    /// caller may change them.
    std::span<float> last_logits(kernels::Backend& backend);
    /// Logits of `count` positions of the last run() from `first` on, [count, vocab], in memory of
    /// the caller.
    void logits(kernels::Backend& backend, const kernels::Tensor& out, int first, int count);

private:
    void
    mix(kernels::Backend& backend,
        const MambaWeights& w,
        int index,
        SequenceState& state,
        const Observer& observer);
    void
    mix(kernels::Backend& backend,
        const AttentionWeights& w,
        int index,
        SequenceState& state,
        const Observer& observer);
    void
    mix(kernels::Backend& backend,
        const ExpertsWeights& w,
        int index,
        SequenceState& state,
        const Observer& observer);
    void reserve(kernels::Backend& backend, int count);

    const Config& config_;
    const Weights& weights_;
    int rows_ = 0;                          // of the buffers below
    int current_ = 0;                       // rows that the last run() filled
    kernels::Buffer x_, normed_;            // [tokens, dim]
    kernels::Buffer projected_;             // [tokens, in_proj_dim]
    kernels::Buffer convolved_, scanned_;   // [tokens, conv_dim], [tokens, mamba_dim]
    kernels::Buffer q_, mixed_;             // [tokens, heads * head_dim]
    kernels::Buffer scores_, ids_, shares_; // [tokens, experts], twice [tokens, chosen]
    kernels::Buffer hidden_;                // [tokens, shared_dim]
    kernels::Buffer logits_;                // [1, vocab]
};

} // namespace engine::nemotron_h
