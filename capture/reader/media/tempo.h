#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace capture::reader {

/// Plays sound faster or slower and keeps its pitch, by waveform similarity overlap-add (Verhelst
/// and Roelands 1993): windows of 40 ms are taken from the input `speed` times as fast as they are
/// put out, each moved by up to 12 ms to where it continues the one before best.
///
/// The n-th sample that comes out belongs to the (n * speed)-th that went in, within 12 ms.
class Tempo {
public:
    /// At speed 1 everything passes unchanged.
    Tempo(int rate_hz, int channels, double speed);

    /// Takes interleaved samples and appends to `out` what can be made of all so far.
    void process(std::span<const float> in, std::vector<float>& out);
    /// The end of the sound: appends the rest, so that all in all 1/speed of what went in came out.
    void finish(std::vector<float>& out);

private:
    void put_window(std::vector<float>& out);
    std::size_t best_start(std::size_t from, std::size_t to, std::size_t follows) const;
    double likeness(std::size_t start, std::size_t follows, std::size_t stride) const;
    std::size_t frames_left() const { return mono_.size(); }
    void forget_until(std::size_t frame);

    std::size_t channels_;
    double speed_;
    std::size_t hop_;    // half a window, in frames
    std::size_t search_; // to each side, in frames
    std::vector<float> fade_in_;
    std::vector<float> in_;   // interleaved, from the frame first_ of the input on
    std::vector<float> mono_; // the same, mixed: what is compared
    std::size_t first_ = 0;
    std::size_t follows_ = 0; // frame of the input that would continue the last window
    std::size_t windows_ = 0; // put out so far
    std::size_t came_ = 0;    // frames that came in
    std::size_t went_ = 0;    // frames that went out
};

} // namespace capture::reader
