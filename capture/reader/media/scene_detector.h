#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace capture::reader {

/// Mean brightness of a grid of cells: fine enough that a changed paragraph of a 1080p screen
/// shows, coarse enough that noise and a blinking cursor do not.
struct Luma {
    static constexpr int kColumns = 96;
    static constexpr int kRows = 54;
    std::array<std::uint8_t, std::size_t{kColumns} * kRows> cells{};
};

/// Averages an 8-bit plane, `stride` bytes a row, into the grid. width and height must be at
/// least 1.
Luma luma_of(const std::uint8_t* plane, int stride, int width, int height);

/// Decides which pictures of a video are worth keeping: the first one, one after every change once
/// it has settled, one at a cut, one every 5 s while everything moves, one every 30 s at the least;
/// never two within a second.
class SceneDetector {
public:
    /// Times ascend. True: keep this one, and later pictures are compared with it.
    bool keep(double time_s, const Luma& luma);
    /// Pictures closer together than this need not be shown to keep().
    static constexpr double kInterval_s = 0.5;

private:
    std::optional<Luma> kept_;
    std::optional<Luma> previous_;
    double kept_s_ = 0;
    double usual_motion_ = 0; // running mean of the share of cells that differ between two pictures
};

} // namespace capture::reader
