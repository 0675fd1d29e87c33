#include "engine/sound/fft.h"

#include "base/expects.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace engine::sound {
namespace {

std::complex<float> root(double turns)
{
    const double angle = -2 * std::numbers::pi * turns;
    return {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
}

} // namespace

PowerSpectra::PowerSpectra(int n) : n_(n)
{
    EXPECTS(n >= 2 && n % 2 == 0);
    const int points = n / 2;
    int rest = points, blocks = 1;
    for (const int radix : {5, 4, 3, 2}) {
        while (rest % radix == 0) {
            rest /= radix;
            Stage stage{radix, blocks, rest, {}};
            for (int b = 0; b < blocks; ++b) {
                for (int out = 0; out < radix; ++out) {
                    for (int in = 0; in < radix; ++in) {
                        const double turns = static_cast<double>(in) *
                                             (b + static_cast<double>(out) * blocks) /
                                             (static_cast<double>(radix) * blocks);
                        stage.twiddles.push_back(root(turns));
                    }
                }
            }
            stages_.push_back(std::move(stage));
            blocks *= radix;
        }
    }
    EXPECTS(rest == 1);
    for (int k = 0; k <= points; ++k) untangle_.push_back(root(static_cast<double>(k) / n));
    const auto length = static_cast<std::size_t>(points) * kLanes;
    for (auto* buffer : {&re_, &im_, &next_re_, &next_im_}) buffer->assign(length, 0.0f);
}

// Decimation in time: input j of a group stands groups apart per radix leg; outputs of leg r land
// `blocks` apart.
void PowerSpectra::run(const Stage& stage)
{
    const int radix = stage.radix, blocks = stage.blocks, groups = stage.groups;
    for (int b = 0; b < blocks; ++b) {
        for (int g = 0; g < groups; ++g) {
            for (int out = 0; out < radix; ++out) {
                float sum_re[kLanes] = {}, sum_im[kLanes] = {};
                const std::complex<float>* twiddles =
                    stage.twiddles.data() + (b * radix + out) * radix;
                for (int in = 0; in < radix; ++in) {
                    const auto t = twiddles[in];
                    const float c = t.real(), s = t.imag();
                    const int at = (b * groups * radix + in * groups + g) * kLanes;
                    const float* x = re_.data() + at;
                    const float* y = im_.data() + at;
                    for (int l = 0; l < kLanes; ++l) {
                        sum_re[l] += c * x[l] - s * y[l];
                        sum_im[l] += c * y[l] + s * x[l];
                    }
                }
                const int to = ((out * blocks + b) * groups + g) * kLanes;
                std::copy_n(sum_re, kLanes, next_re_.data() + to);
                std::copy_n(sum_im, kLanes, next_im_.data() + to);
            }
        }
    }
    re_.swap(next_re_);
    im_.swap(next_im_);
}

void PowerSpectra::compute(std::span<const float> frames, std::span<float> power)
{
    const int points = n_ / 2;
    EXPECTS(frames.size() == static_cast<std::size_t>(n_) * kLanes);
    EXPECTS(power.size() == static_cast<std::size_t>(bins()) * kLanes);
    // Even samples are the real parts, odd ones the imaginary parts.
    for (int j = 0; j < points; ++j) {
        const float* const pair = frames.data() + 2 * j * kLanes;
        std::copy_n(pair, kLanes, re_.data() + j * kLanes);
        std::copy_n(pair + kLanes, kLanes, im_.data() + j * kLanes);
    }
    for (const Stage& stage : stages_) run(stage);

    // X[k] = (Z[k] + conj Z[m - k]) / 2 - i e^(-2 pi i k / n) (Z[k] - conj Z[m - k]) / 2
    for (int k = 0; k <= points; ++k) {
        const int a = (k % points) * kLanes, b = ((points - k) % points) * kLanes;
        const float *re_a = re_.data() + a, *im_a = im_.data() + a;
        const float *re_b = re_.data() + b, *im_b = im_.data() + b;
        float* const out = power.data() + k * kLanes;
        const float c = untangle_[static_cast<std::size_t>(k)].real();
        const float s = untangle_[static_cast<std::size_t>(k)].imag();
        for (int l = 0; l < kLanes; ++l) {
            const float even_re = 0.5f * (re_a[l] + re_b[l]), even_im = 0.5f * (im_a[l] - im_b[l]);
            const float odd_re = 0.5f * (im_a[l] + im_b[l]), odd_im = 0.5f * (re_b[l] - re_a[l]);
            const float x = even_re + c * odd_re - s * odd_im;
            const float y = even_im + c * odd_im + s * odd_re;
            out[l] = x * x + y * y;
        }
    }
}

} // namespace engine::sound
