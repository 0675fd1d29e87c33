#pragma once

#include <complex>
#include <span>
#include <vector>

namespace engine::sound {

/// Power spectra of several real frames at once: |X[k]|², k = 0..n/2.
///
/// Mixed-radix Stockham transform of n/2 complex points with the real spectrum untangled
/// afterwards; n even, n/2 a product of 2, 3, 4 and 5 (400 for Whisper, 512 for Parakeet). kLanes
/// frames lie side by side in each step, which is what the processor's vectors like. Float
/// throughout, as in the references. Source: Stockham 1966; Cooley & Tukey 1965.
class PowerSpectra {
public:
    static constexpr int kLanes = 16;

    explicit PowerSpectra(int n);
    int size() const { return n_; }
    int bins() const { return n_ / 2 + 1; }

    /// frames  [n, kLanes]: sample i of lane l at i * kLanes + l
    /// power   [bins, kLanes]
    void compute(std::span<const float> frames, std::span<float> power);

private:
    struct Stage {
        int radix = 0;
        int blocks = 0; // transforms already joined
        int groups = 0; // transforms of `radix` points still to be joined after this stage
        std::vector<std::complex<float>> twiddles; // [blocks, radix, radix]: roots times rotation
    };
    void run(const Stage& stage);

    int n_;
    std::vector<Stage> stages_;
    std::vector<std::complex<float>> untangle_;      // e^(-2 pi i k / n)
    std::vector<float> re_, im_, next_re_, next_im_; // [n/2, kLanes]
};

} // namespace engine::sound
