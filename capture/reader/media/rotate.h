#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace capture::reader {

/// Turns an interleaved picture of `channels` bytes a pixel clockwise by quarter turns (0..3);
/// swaps width and height where that is odd.
void rotate(
    std::vector<std::uint8_t>& pixels,
    int& width,
    int& height,
    int channels,
    int quarter_turns);

} // namespace capture::reader
