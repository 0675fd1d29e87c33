#pragma once

#include "engine/types.h"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace engine::text {

/// Chooses the next token from the logits: repetition penalty, then the most likely token
/// (temperature 0), or temperature, top-k, top-p and min-p in this order and one draw. Equal inputs
/// and an equal seed give equal tokens on every platform: the random numbers and the exponential
/// are our own, sums run in a fixed order in double, ties go to the lower id.
///
/// One object a reply; not shared between threads.
/// Sources: Keskar et al. 2019 (repetition penalty), Fan et al. 2018 (top-k), Holtzman et al. 2020
/// (top-p), Nguyen et al. 2024 (min-p), Steele et al. 2014 (splitmix64).
class Sampler {
public:
    /// Values outside their ranges are moved to the nearest end: temperature >= 0, top_k >= 0,
    /// top_p in (0, 1], min_p in [0, 1], repetition_penalty >= 0.01.
    explicit Sampler(const SamplingOptions& options);

    /// `logits` has one number a token and is changed by the penalty; NaN counts as impossible.
    /// `earlier` are the tokens that the penalty makes less likely, each once.
    std::int32_t pick(std::span<float> logits, std::span<const std::int32_t> earlier = {});

private:
    void penalise(std::span<float> logits, std::span<const std::int32_t> earlier);
    void keep_candidates(std::span<const float> logits);
    std::int32_t draw();
    std::uint64_t next_random();

    SamplingOptions options_;
    std::uint64_t state_;
    std::vector<std::pair<double, std::int32_t>> candidates_; // probability, id; most likely first
    std::vector<bool> seen_;
};

/// e^x for x <= 0, the same bits on every platform, within 1e-15 of the exact value relative to it.
double portable_exp(double x);

} // namespace engine::text
