#include "capture/reader/media/tempo.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace capture::reader {
namespace {

constexpr double kHop_s = 0.02;
constexpr double kSearch_s = 0.012; // more than a period of the lowest voice
constexpr std::size_t kCoarse = 4;  // every n-th place, by every n-th sample, then all around it

} // namespace

Tempo::Tempo(int rate_hz, int channels, double speed)
    : channels_(static_cast<std::size_t>(channels)), speed_(speed),
      hop_(static_cast<std::size_t>(rate_hz * kHop_s)),
      search_(static_cast<std::size_t>(rate_hz * kSearch_s)), fade_in_(hop_)
{
    for (std::size_t i = 0; i < hop_; ++i) {
        const double phase = (static_cast<double>(i) + 0.5) / static_cast<double>(hop_);
        fade_in_[i] = static_cast<float>(0.5 - 0.5 * std::cos(std::numbers::pi * phase));
    }
}

void Tempo::process(std::span<const float> in, std::vector<float>& out)
{
    came_ += in.size() / channels_;
    if (speed_ == 1.0) {
        out.insert(out.end(), in.begin(), in.end());
        went_ = came_;
        return;
    }
    in_.insert(in_.end(), in.begin(), in.end());
    for (std::size_t i = 0; i + channels_ <= in.size(); i += channels_) {
        float sum = 0;
        for (std::size_t c = 0; c < channels_; ++c) sum += in[i + c];
        mono_.push_back(sum);
    }
    while (true) {
        const auto ideal = static_cast<std::size_t>(static_cast<double>(windows_ * hop_) * speed_);
        const std::size_t needed = std::max(ideal + search_, follows_) + 2 * hop_;
        if (needed > first_ + frames_left()) return;
        put_window(out);
    }
}

void Tempo::finish(std::vector<float>& out)
{
    const std::size_t came = came_;
    const auto wanted = static_cast<std::size_t>(std::llround(static_cast<double>(came) / speed_));
    const std::vector<float> silence(hop_ * channels_);
    while (went_ < wanted) process(silence, out);
    out.resize(out.size() - (went_ - wanted) * channels_);
    went_ = wanted;
}

/// Half a window more: the second half of the last window fades into the first half of the next.
void Tempo::put_window(std::vector<float>& out)
{
    const auto ideal = static_cast<std::size_t>(static_cast<double>(windows_ * hop_) * speed_);
    std::size_t start = ideal;
    if (windows_ > 0) {
        const std::size_t from = std::max(first_, ideal - std::min(ideal, search_));
        start = best_start(from, ideal + search_, follows_);
    }
    const float* next = in_.data() + (start - first_) * channels_;
    const float* last = in_.data() + (follows_ - first_) * channels_;
    for (std::size_t i = 0; i < hop_; ++i) {
        const float gain = windows_ > 0 ? fade_in_[i] : 1.0f;
        for (std::size_t c = 0; c < channels_; ++c) {
            const std::size_t at = i * channels_ + c;
            out.push_back(gain * next[at] + (1 - gain) * last[at]);
        }
    }
    follows_ = start + hop_;
    ++windows_;
    went_ += hop_;
    const auto ideal_next = static_cast<std::size_t>(static_cast<double>(windows_ * hop_) * speed_);
    forget_until(std::min(follows_, ideal_next - std::min(ideal_next, search_)));
}

/// Where in [from, to] the sound is most like the one that starts at `follows`.
std::size_t Tempo::best_start(std::size_t from, std::size_t to, std::size_t follows) const
{
    std::size_t best = from;
    double most = -2;
    const auto look = [&](std::size_t at, std::size_t stride) {
        const double like = likeness(at, follows, stride);
        if (like <= most) return;
        most = like;
        best = at;
    };
    for (std::size_t at = from; at <= to; at += kCoarse) look(at, kCoarse);
    const std::size_t coarse = best;
    most = -2;
    for (std::size_t at = coarse - std::min(coarse - from, kCoarse - 1);
         at <= std::min(to, coarse + kCoarse - 1);
         ++at)
        look(at, 1);
    return best;
}

/// Normalised correlation of half a window, -1..1.
double Tempo::likeness(std::size_t start, std::size_t follows, std::size_t stride) const
{
    const float* a = mono_.data() + (start - first_);
    const float* b = mono_.data() + (follows - first_);
    float product = 0, energy_a = 0, energy_b = 0;
    for (std::size_t i = 0; i < hop_; i += stride) {
        product += a[i] * b[i];
        energy_a += a[i] * a[i];
        energy_b += b[i] * b[i];
    }
    const float energy = std::sqrt(energy_a * energy_b);
    return energy > 1e-9f ? product / energy : 0;
}

void Tempo::forget_until(std::size_t frame)
{
    if (frame < first_ + 16 * hop_) return; // seldom: what stays is moved
    const auto count = static_cast<std::ptrdiff_t>(frame - first_);
    mono_.erase(mono_.begin(), mono_.begin() + count);
    in_.erase(in_.begin(), in_.begin() + count * static_cast<std::ptrdiff_t>(channels_));
    first_ = frame;
}

} // namespace capture::reader
