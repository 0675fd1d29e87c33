#pragma once

#include <cstdint>
#include <optional>

namespace engine::parakeet {

/// Samples of one encoder row, 80 ms: the grid on which windows begin and end.
inline constexpr std::int64_t kRowSamples = 1280;

/// How a sound is heard piece by piece, in rows: `chunk` new ones a window, with `left` known ones
/// before and `right` coming ones behind them, which the encoder sees and nobody decodes.
struct ChunkPlan {
    std::int64_t left = 0;
    std::int64_t chunk = 0;
    std::int64_t right = 0;
};

/// The whole of any sound in one window.
inline constexpr ChunkPlan kOneWindow = {0, std::int64_t{1} << 40, 0};

struct Window {
    std::int64_t begin = 0, end = 0; // samples that the encoder sees
    std::int64_t first = 0;          // first row to decode, counted from the start of the sound
    std::int64_t rows = 0;           // to decode
};

/// Says which samples are heard together. The windows depend on the sound's length alone, not on
/// the pieces in which it arrived. Audio spec 5.2.
class Windows {
public:
    explicit Windows(const ChunkPlan& plan) : plan_(plan) {}

    /// The next window of a sound of which `samples` are there, all of it where it `ended`. Nothing
    /// where more samples are needed first, and behind the last window.
    std::optional<Window> next(std::int64_t samples, bool ended);
    bool done() const { return done_; }
    /// Samples before this one are not looked at any more.
    std::int64_t kept_from() const;

private:
    ChunkPlan plan_;
    std::int64_t first_ = 0;
    bool done_ = false;
};

} // namespace engine::parakeet
