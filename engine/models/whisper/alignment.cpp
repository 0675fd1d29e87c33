#include "engine/models/whisper/alignment.h"

#include "base/expects.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>

namespace engine::whisper {
namespace {

constexpr int kMedianWidth = 7;
constexpr double kFrameSeconds = 0.02;

/// Median of 7 along each row, mirrored at the ends without repeating them.
void median_filter(std::vector<float>& map, int rows, int frames)
{
    constexpr int kReach = kMedianWidth / 2;
    if (frames <= kReach) return; // too short to mirror; the reference leaves it too
    std::vector<float> row(static_cast<std::size_t>(frames));
    for (int r = 0; r < rows; ++r) {
        float* const values = map.data() + static_cast<std::ptrdiff_t>(r) * frames;
        std::copy(values, values + frames, row.begin());
        for (int t = 0; t < frames; ++t) {
            std::array<float, kMedianWidth> seen{};
            for (int i = 0; i < kMedianWidth; ++i) {
                int at = std::abs(t + i - kReach);
                if (at >= frames) at = 2 * (frames - 1) - at;
                seen[static_cast<std::size_t>(i)] = row[static_cast<std::size_t>(at)];
            }
            std::nth_element(seen.begin(), seen.begin() + kReach, seen.end());
            values[t] = seen[kReach];
        }
    }
}

/// (x - mean) / deviation of each frame over all tokens; population deviation.
void standardise(std::vector<float>& map, int rows, int frames)
{
    std::vector<double> sum(static_cast<std::size_t>(frames)), squares(sum.size());
    for (std::size_t i = 0; i < map.size(); ++i) sum[i % sum.size()] += static_cast<double>(map[i]);
    for (double& mean : sum) mean /= rows;
    for (std::size_t i = 0; i < map.size(); ++i) {
        const double d = static_cast<double>(map[i]) - sum[i % sum.size()];
        squares[i % sum.size()] += d * d;
    }
    for (double& deviation : squares) deviation = std::sqrt(deviation / rows);
    for (std::size_t i = 0; i < map.size(); ++i) {
        const std::size_t t = i % sum.size();
        const double centred = static_cast<double>(map[i]) - sum[t];
        map[i] = squares[t] > 0 ? static_cast<float>(centred / squares[t]) : 0.0f;
    }
}

} // namespace

std::vector<float> alignment_map(
    std::span<const std::vector<float>> attention,
    int tokens,
    int frames,
    int first,
    int last)
{
    const auto width = static_cast<std::size_t>(frames);
    std::vector<float> mean(static_cast<std::size_t>(last - first) * width);
    for (const std::vector<float>& head : attention) {
        EXPECTS(head.size() == static_cast<std::size_t>(tokens) * width);
        std::vector<float> map = head;
        standardise(map, tokens, frames);
        median_filter(map, tokens, frames);
        const auto kept =
            std::span(map).subspan(static_cast<std::size_t>(first) * width, mean.size());
        std::transform(kept.begin(), kept.end(), mean.begin(), mean.begin(), std::plus<>());
    }
    for (float& value : mean) value /= static_cast<float>(attention.size());
    return mean;
}

std::vector<int> warp(std::span<const float> cost, int rows, int frames)
{
    EXPECTS(rows > 0 && frames > 0);
    enum Step : unsigned char { Diagonal, Up, Left };
    const auto width = static_cast<std::size_t>(frames) + 1;
    constexpr float kFar = std::numeric_limits<float>::infinity();
    std::vector<float> above(width, kFar), here(width);
    above[0] = 0;
    std::vector<Step> steps(static_cast<std::size_t>(rows + 1) * width, Left);
    for (std::size_t i = 1; i <= static_cast<std::size_t>(rows); ++i) {
        here[0] = kFar;
        steps[i * width] = Up;
        for (std::size_t j = 1; j < width; ++j) {
            const float diagonal = above[j - 1], up = above[j], left = here[j - 1];
            float least = left;
            Step step = Left;
            if (diagonal < up && diagonal < left) {
                least = diagonal;
                step = Diagonal;
            } else if (up < diagonal && up < left) {
                least = up;
                step = Up;
            }
            here[j] = cost[(i - 1) * (width - 1) + j - 1] + least;
            steps[i * width + j] = step;
        }
        above.swap(here);
    }
    std::vector<int> firsts(static_cast<std::size_t>(rows));
    std::size_t i = static_cast<std::size_t>(rows), j = width - 1;
    while (i > 0 || j > 0) {
        if (i > 0)
            firsts[i - 1] = static_cast<int>(j) - 1; // the last one written is the first frame
        const Step step = i == 0 ? Left : j == 0 ? Up : steps[i * width + j];
        if (step != Left) --i;
        if (step != Up) --j;
    }
    for (int& frame : firsts) frame = std::max(frame, 0);
    return firsts;
}

void time_words(
    std::vector<TimedWord>& words,
    const Decoder::Alignment& alignment,
    int prompt,
    int text_tokens,
    int frames)
{
    // Row i predicts text token i, so the last row used is the one that predicts the end of text.
    const int tokens = prompt + text_tokens + 1;
    const int first = prompt - 1, last = first + text_tokens + 1;
    auto cost = alignment_map(alignment.attention, tokens, frames, first, last);
    for (float& value : cost) value = -value;
    const auto starts = warp(cost, last - first, frames);

    std::size_t at = 0;
    for (TimedWord& word : words) {
        double sum = 0;
        for (std::size_t i = 0; i < word.tokens; ++i) {
            sum += static_cast<double>(
                alignment.probabilities[static_cast<std::size_t>(first) + at + i]);
        }
        word.probability = sum / static_cast<double>(word.tokens);
        word.start_s = kFrameSeconds * starts[at];
        at += word.tokens;
        word.end_s = kFrameSeconds * starts[at];
    }
}

} // namespace engine::whisper
