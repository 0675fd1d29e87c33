#include "engine/models/omni/video_sampling.h"

#include "base/expects.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace engine::omni {
namespace {

/// 1 - cos of two rows.
float distance(std::span<const float> a, std::span<const float> b)
{
    constexpr float kShortest = 1e-8f;
    constexpr float kNone = 1e-4f; // own rule: exact repeats differ by rounding alone
    float dot = 0, a_squares = 0, b_squares = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        dot += a[i] * b[i];
        a_squares += a[i] * a[i];
        b_squares += b[i] * b[i];
    }
    const float lengths =
        std::max(std::sqrt(a_squares), kShortest) * std::max(std::sqrt(b_squares), kShortest);
    const float result = 1.0f - dot / lengths;
    return result < kNone ? 0.0f : result;
}

} // namespace

std::int64_t kept_rows(int tubelets, int per_tubelet, double rate)
{
    // A double product, cut: 15,360 at 0.9 are 1,535 as in the references.
    const double all = static_cast<double>(tubelets) * per_tubelet;
    return std::max<std::int64_t>(per_tubelet, static_cast<std::int64_t>(all * (1.0 - rate)));
}

std::vector<bool>
keep_of_video(std::span<const float> rows, int tubelets, int per_tubelet, int dim, double rate)
{
    EXPECTS(tubelets > 0 && per_tubelet > 0 && dim > 0 && rate >= 0.0 && rate < 1.0);
    const auto place = static_cast<std::size_t>(per_tubelet), width = static_cast<std::size_t>(dim);
    const std::size_t count = static_cast<std::size_t>(tubelets) * place;
    EXPECTS(rows.size() == count * width);
    constexpr float kFirst = 255.0f; // above any distance
    std::vector<float> change(count, kFirst);
    for (std::size_t i = place; i < count; ++i)
        change[i] =
            distance(rows.subspan(i * width, width), rows.subspan((i - place) * width, width));
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return change[a] > change[b];
    });
    std::vector<bool> keep(count, false);
    const auto kept = static_cast<std::size_t>(kept_rows(tubelets, per_tubelet, rate));
    for (std::size_t i = 0; i < kept; ++i) keep[order[i]] = true;
    return keep;
}

} // namespace engine::omni
