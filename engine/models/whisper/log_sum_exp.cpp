#include "engine/models/whisper/log_sum_exp.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace engine::whisper {
namespace {

constexpr std::size_t kLanes = 16;

/// exp for x in [-87, 0], error 2 units in the last place: 2^n times a polynomial on [-ln 2 / 2, ln
/// 2 / 2]. Coefficients: Cephes, expf.
inline float exp_negative(float x)
{
    const float scaled = x * 1.44269504f - 0.5f; // truncation rounds negatives up
    const auto n = static_cast<std::int32_t>(scaled);
    const float whole = static_cast<float>(n);
    const float r = (x - whole * 0.693359375f) + whole * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    return p * std::bit_cast<float>((n + 127) << 23);
}

} // namespace

float log_sum_exp(std::span<const float> x)
{
    float tops[kLanes];
    std::fill(std::begin(tops), std::end(tops), -std::numeric_limits<float>::infinity());
    const std::size_t whole = x.size() / kLanes * kLanes;
    for (std::size_t i = 0; i < whole; i += kLanes) {
        for (std::size_t j = 0; j < kLanes; ++j) tops[j] = x[i + j] > tops[j] ? x[i + j] : tops[j];
    }
    float top = *std::max_element(std::begin(tops), std::end(tops));
    for (std::size_t i = whole; i < x.size(); ++i) top = std::max(top, x[i]);
    if (std::isinf(top)) return top;

    float sums[kLanes] = {};
    constexpr float kLowest = -87.0f; // exp(-87) times a vocabulary is still nothing beside 1
    for (std::size_t i = 0; i < whole; i += kLanes) {
        for (std::size_t j = 0; j < kLanes; ++j) {
            const float shifted = x[i + j] - top;
            sums[j] += exp_negative(shifted > kLowest ? shifted : kLowest);
        }
    }
    double sum = 0;
    for (const float part : sums) sum += static_cast<double>(part);
    for (std::size_t i = whole; i < x.size(); ++i) {
        sum += static_cast<double>(exp_negative(std::max(x[i] - top, kLowest)));
    }
    return top + static_cast<float>(std::log(sum));
}

} // namespace engine::whisper
