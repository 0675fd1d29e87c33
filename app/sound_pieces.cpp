#include "app/sound_pieces.h"

#include "engine/types.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace app {
namespace {

constexpr double kRate = engine::kSampleRateHz;
constexpr std::size_t kMinSamples = std::size_t{60} * engine::kSampleRateHz;
constexpr std::size_t kMaxSamples = std::size_t{120} * engine::kSampleRateHz;
constexpr double kFilledGapS = 1.0;
constexpr std::size_t kQuiet = engine::kSampleRateHz / 5;
constexpr std::size_t kStep = engine::kSampleRateHz / 20;

} // namespace

double SoundPiece::end_s() const
{
    return start_s + static_cast<double>(samples.size()) / kRate;
}

std::size_t quietest_moment(std::span<const float> samples)
{
    if (samples.size() <= kQuiet) return samples.size() / 2;
    std::size_t best = 0;
    double best_energy = -1;
    for (std::size_t start = 0; start + kQuiet <= samples.size(); start += kStep) {
        double energy = 0;
        for (const float v : samples.subspan(start, kQuiet)) energy += static_cast<double>(v) * v;
        if (best_energy < 0 || energy <= best_energy) {
            best_energy = energy;
            best = start;
        }
    }
    return best + kQuiet / 2;
}

void SoundPieces::close_current()
{
    if (!current_.samples.empty()) full_.push_back(std::exchange(current_, {}));
    current_ = {};
}

void SoundPieces::add(const capture::AudioBlock& block)
{
    std::span<const float> samples{block.samples};
    double start_s = block.start_s;
    const double hole_s = start_s - end_s_;
    if (hole_s < 0) { // an overlap, mostly of rounding, or what an earlier run has heard already
        const auto skip = static_cast<std::size_t>(std::llround(-hole_s * kRate));
        samples = samples.subspan(std::min(skip, samples.size()));
        start_s = end_s_;
    } else if (hole_s >= kFilledGapS) {
        gaps_.push_back({end_s_, start_s});
        close_current();
    } else if (hole_s > 0 && !current_.samples.empty()) {
        current_.samples.resize(
            current_.samples.size() + static_cast<std::size_t>(std::llround(hole_s * kRate)));
    }
    if (samples.empty()) return;
    if (current_.samples.empty()) current_.start_s = start_s;
    current_.samples.insert(current_.samples.end(), samples.begin(), samples.end());
    end_s_ = current_.end_s();

    while (current_.samples.size() >= kMaxSamples) {
        const std::span<const float> tail{
            current_.samples.data() + kMinSamples,
            kMaxSamples - kMinSamples};
        const auto cut = static_cast<std::ptrdiff_t>(kMinSamples + quietest_moment(tail));
        SoundPiece rest;
        rest.start_s = current_.start_s + static_cast<double>(cut) / kRate;
        rest.samples.assign(current_.samples.begin() + cut, current_.samples.end());
        current_.samples.resize(static_cast<std::size_t>(cut));
        close_current();
        current_ = std::move(rest);
    }
}

std::optional<SoundPiece> SoundPieces::take()
{
    if (full_.empty() && finished_) close_current();
    if (full_.empty()) return std::nullopt;
    SoundPiece piece = std::move(full_.front());
    full_.erase(full_.begin());
    return piece;
}

std::vector<SoundGap> SoundPieces::take_gaps()
{
    return std::exchange(gaps_, {});
}

} // namespace app
