#include "engine/text/sampler.h"

#include "base/expects.h"

#include <algorithm>
#include <cmath>

namespace engine::text {

namespace {

/// The most likely token, the lowest id of equals; NaN never wins.
std::int32_t most_likely(std::span<const float> logits)
{
    std::size_t best = 0;
    for (std::size_t i = 1; i < logits.size(); ++i)
        if (logits[i] > logits[best] || (std::isnan(logits[best]) && !std::isnan(logits[i])))
            best = i;
    return static_cast<std::int32_t>(best);
}

/// The most likely first, the lower id of equals.
bool goes_before(const std::pair<double, std::int32_t>& a, const std::pair<double, std::int32_t>& b)
{
    return a.first != b.first ? a.first > b.first : a.second < b.second;
}

} // namespace

double portable_exp(double x)
{
    constexpr double kLog2e = 1.4426950408889634, kLn2High = 0.6931471803691238,
                     kLn2Low = 1.9082149292705877e-10;
    if (!(x > -708.0)) return 0.0;
    const double n = std::nearbyint(x * kLog2e);
    const double r = (x - n * kLn2High) - n * kLn2Low; // |r| <= ln(2) / 2
    double term = 1.0, sum = 1.0;
    for (int i = 1; i <= 14; ++i) {
        term = term * r / i;
        sum += term;
    }
    return std::ldexp(sum, static_cast<int>(n));
}

Sampler::Sampler(const SamplingOptions& options) : options_(options), state_(options.seed)
{
    const auto at_least = [](float value, float low) {
        return value >= low ? value : low;
    }; // NaN too
    options_.temperature = at_least(options_.temperature, 0.0f);
    options_.top_k = std::max(options_.top_k, 0);
    options_.top_p = options_.top_p > 0.0f && options_.top_p < 1.0f ? options_.top_p : 1.0f;
    options_.min_p = std::min(at_least(options_.min_p, 0.0f), 1.0f);
    options_.repetition_penalty = at_least(options_.repetition_penalty, 0.01f);
}

std::int32_t Sampler::pick(std::span<float> logits, std::span<const std::int32_t> earlier)
{
    EXPECTS(!logits.empty());
    if (options_.repetition_penalty != 1.0f) penalise(logits, earlier);
    if (options_.temperature == 0.0f || options_.top_k == 1) return most_likely(logits);
    keep_candidates(logits);
    if (candidates_.empty()) return most_likely(logits);
    return draw();
}

void Sampler::penalise(std::span<float> logits, std::span<const std::int32_t> earlier)
{
    seen_.assign(logits.size(), false);
    for (const std::int32_t id : earlier) {
        if (id < 0 || static_cast<std::size_t>(id) >= logits.size()) continue;
        const auto at = static_cast<std::size_t>(id);
        if (seen_[at]) continue;
        seen_[at] = true;
        float& logit = logits[at];
        logit =
            logit > 0 ? logit / options_.repetition_penalty : logit * options_.repetition_penalty;
    }
}

void Sampler::keep_candidates(std::span<const float> logits)
{
    candidates_.clear();
    const auto largest = static_cast<double>(logits[static_cast<std::size_t>(most_likely(logits))]);
    if (!std::isfinite(largest)) return;
    const double temperature = options_.temperature;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        const double p = portable_exp((static_cast<double>(logits[i]) - largest) / temperature);
        if (p > 0.0) candidates_.emplace_back(p, static_cast<std::int32_t>(i));
    }
    const auto k = static_cast<std::size_t>(options_.top_k);
    if (k > 0 && k < candidates_.size()) {
        const auto last = candidates_.begin() + static_cast<std::ptrdiff_t>(k);
        std::nth_element(candidates_.begin(), last, candidates_.end(), goes_before);
        candidates_.resize(k);
    }
    std::sort(candidates_.begin(), candidates_.end(), goes_before);

    if (options_.top_p < 1.0f) { // the smallest set that reaches top_p
        double total = 0;
        for (const auto& [p, id] : candidates_) total += p;
        double sum = 0;
        std::size_t kept = 0;
        while (kept < candidates_.size() && sum < static_cast<double>(options_.top_p) * total)
            sum += candidates_[kept++].first;
        candidates_.resize(std::max<std::size_t>(kept, 1));
    }
    // The first one's weight is 1, so min_p is already relative to it.
    while (candidates_.size() > 1 && candidates_.back().first < static_cast<double>(options_.min_p))
        candidates_.pop_back();
}

std::int32_t Sampler::draw()
{
    double total = 0;
    for (const auto& [p, id] : candidates_) total += p;
    double rest = static_cast<double>(next_random() >> 11) * 0x1p-53 * total;
    for (const auto& [p, id] : candidates_) {
        if (rest < p) return id;
        rest -= p;
    }
    return candidates_.back().second; // rounding ate the last interval
}

std::uint64_t Sampler::next_random()
{
    state_ += 0x9e3779b97f4a7c15ull;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
}

} // namespace engine::text
