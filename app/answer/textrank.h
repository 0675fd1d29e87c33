#pragma once

#include <cstddef>
#include <vector>

namespace app::answer {

/// How central each sentence is, by its similarities to the others; sums to 1. `similarity` is
/// square and symmetric, values below zero count as zero. Source: Mihalcea and Tarau 2004, with
/// damping 0.85 as there.
std::vector<double> text_rank(const std::vector<std::vector<double>>& similarity);

/// `count` sentences that are central but do not repeat each other, in the order of the text.
/// Source: Carbonell and Goldstein 1998 (maximal marginal relevance), lambda 0.7; relevance is the
/// rank divided by the highest one.
std::vector<std::size_t> choose_diverse(
    const std::vector<double>& rank,
    const std::vector<std::vector<double>>& similarity,
    std::size_t count);

} // namespace app::answer
