#pragma once

#include <span>

namespace engine::whisper {

/// log of the sum of exp(x); -inf where all are -inf. Float, in 16 running sums that the compiler
/// turns into vectors: the whole vocabulary is summed for each token, and std::exp alone would take
/// a quarter of a decode step.
float log_sum_exp(std::span<const float> x);

} // namespace engine::whisper
