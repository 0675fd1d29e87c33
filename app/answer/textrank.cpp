#include "app/answer/textrank.h"

#include "base/expects.h"

#include <algorithm>
#include <cmath>

namespace app::answer {

std::vector<double> text_rank(const std::vector<std::vector<double>>& similarity)
{
    constexpr double kDamping = 0.85;
    constexpr int kRounds = 50;
    constexpr double kSettled = 1e-6;
    const auto n = similarity.size();
    if (n == 0) return {};
    std::vector<double> outgoing(n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        EXPECTS(similarity[i].size() == n);
        for (std::size_t j = 0; j < n; ++j) {
            if (i != j) outgoing[i] += std::max(0.0, similarity[i][j]);
        }
    }
    std::vector<double> rank(n, 1.0 / static_cast<double>(n));
    for (int round = 0; round < kRounds; ++round) {
        double alone = 0.0; // what sentences without neighbours hold is spread over all
        for (std::size_t i = 0; i < n; ++i) alone += outgoing[i] > 0.0 ? 0.0 : rank[i];
        std::vector<double> next(n, (1.0 - kDamping + kDamping * alone) / static_cast<double>(n));
        double change = 0.0;
        for (std::size_t j = 0; j < n; ++j) {
            for (std::size_t i = 0; i < n; ++i) {
                if (i == j || outgoing[i] <= 0.0) continue;
                next[j] += kDamping * rank[i] * std::max(0.0, similarity[i][j]) / outgoing[i];
            }
            change += std::abs(next[j] - rank[j]);
        }
        rank = std::move(next);
        if (change < kSettled) break;
    }
    return rank;
}

std::vector<std::size_t> choose_diverse(
    const std::vector<double>& rank,
    const std::vector<std::vector<double>>& similarity,
    std::size_t count)
{
    constexpr double kLambda = 0.7;
    std::vector<std::size_t> chosen;
    if (rank.empty()) return chosen;
    const double highest = *std::max_element(rank.begin(), rank.end());
    std::vector<bool> taken(rank.size(), false);
    while (chosen.size() < std::min(count, rank.size())) {
        std::size_t best = rank.size();
        double best_value = 0.0;
        for (std::size_t i = 0; i < rank.size(); ++i) {
            if (taken[i]) continue;
            double repeats = 0.0;
            for (const auto c : chosen) repeats = std::max(repeats, similarity[i][c]);
            const double value = kLambda * rank[i] / highest - (1.0 - kLambda) * repeats;
            if (best == rank.size() || value > best_value) {
                best = i;
                best_value = value;
            }
        }
        taken[best] = true;
        chosen.push_back(best);
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

} // namespace app::answer
