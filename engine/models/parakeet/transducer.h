#pragma once

#include "engine/models/parakeet/vocabulary.h"
#include "engine/models/parakeet/weights.h"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace engine::parakeet {

/// A token where it was found: `row` counts encoder rows of 80 ms from the start of the sound.
struct Token {
    TokenId id = 0;
    std::int64_t row = 0;
    int duration = 0;      // rows until the next one is looked for
    float probability = 0; // among the tokens and the blank one
    bool operator==(const Token&) const = default;
};

/// Prediction network, joint and the greedy search over both (Xu et al. 2023, token-and-duration
/// transducer). Engine thread only.
class Transducer {
public:
    Transducer(const Config& config, const Weights& weights) : config_(config), weights_(weights) {}

    /// What is carried from one stretch of rows to the next. A new one is the start of a sound.
    class State {
        friend class Transducer;
        std::vector<std::vector<float>> hidden_, cell_; // [layers][dim]
        std::vector<float> prediction_;                 // [joint_dim]; empty before the start
        std::int64_t ahead_ = 0; // rows that the last duration reached beyond
    };
    /// Sees the logits of every step.
    using StepObserver = std::function<void(std::span<const float> logits)>;

    /// Finds the tokens of `rows`, whose first one is number `first` of the sound. False where the
    /// stop token, read at every step, asked to end; the state is then of no use any more.
    /// rows  [count, encoder dim], as the encoder leaves them
    bool decode(
        kernels::Backend& backend,
        const kernels::Tensor& rows,
        std::int64_t first,
        State& state,
        std::vector<Token>& tokens,
        const std::stop_token& stop,
        const StepObserver& observer = {}) const;
    /// [count, joint_dim], what the joint sees of encoder rows.
    kernels::Buffer project(kernels::Backend& backend, const kernels::Tensor& rows) const;

private:
    void predict(kernels::Backend& backend, TokenId token, State& state) const;

    const Config& config_;
    const Weights& weights_;
};

} // namespace engine::parakeet
