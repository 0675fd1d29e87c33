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

std::vector<float>
change_of_rows(std::span<const float> rows, std::span<const float> before, int dim)
{
    EXPECTS(dim > 0 && rows.size() % static_cast<std::size_t>(dim) == 0);
    EXPECTS(before.empty() || before.size() == rows.size());
    constexpr float kFirst = 255.0f; // above any distance
    const auto width = static_cast<std::size_t>(dim);
    std::vector<float> change(rows.size() / width, kFirst);
    if (before.empty()) return change;
    for (std::size_t i = 0; i < change.size(); ++i)
        change[i] = distance(rows.subspan(i * width, width), before.subspan(i * width, width));
    return change;
}

std::vector<bool> keep_most_changed(std::span<const float> change, int per_tubelet, double rate)
{
    EXPECTS(per_tubelet > 0 && rate >= 0.0 && rate < 1.0);
    const auto tubelets = static_cast<int>(change.size()) / per_tubelet;
    std::vector<std::size_t> order(change.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return change[a] > change[b];
    });
    std::vector<bool> keep(change.size(), false);
    const auto kept = static_cast<std::size_t>(kept_rows(tubelets, per_tubelet, rate));
    for (std::size_t i = 0; i < kept; ++i) keep[order[i]] = true;
    return keep;
}

std::vector<bool>
keep_of_video(std::span<const float> rows, int tubelets, int per_tubelet, int dim, double rate)
{
    EXPECTS(tubelets > 0 && per_tubelet > 0 && dim > 0);
    const std::size_t size = static_cast<std::size_t>(per_tubelet) * static_cast<std::size_t>(dim);
    EXPECTS(rows.size() == static_cast<std::size_t>(tubelets) * size);
    std::vector<float> change;
    for (std::size_t first = 0; first < rows.size(); first += size) {
        const auto before = first > 0 ? rows.subspan(first - size, size) : std::span<const float>();
        const auto more = change_of_rows(rows.subspan(first, size), before, dim);
        change.insert(change.end(), more.begin(), more.end());
    }
    return keep_most_changed(change, per_tubelet, rate);
}

} // namespace engine::omni
