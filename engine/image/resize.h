#pragma once

#include "engine/types.h"

#include <cstddef>
#include <vector>

namespace engine::image {

/// A picture as three planes of numbers on the scale 0 to 255; a resized one overshoots both ends.
struct Planes {
    int width_px = 0;
    int height_px = 0;
    std::vector<float> values; // [3][height][width]: red, green, blue

    const float* row(int channel, int y) const
    {
        return values.data() +
               (static_cast<std::size_t>(channel) * static_cast<std::size_t>(height_px) +
                static_cast<std::size_t>(y)) *
                   static_cast<std::size_t>(width_px);
    }
};

/// Antialiased bicubic with a = -0.5, neither rounded nor clamped, width first; as it stands where
/// the size is right already. Within 5e-4 of PyTorch's interpolate. Source: vision spec 3.3.
/// `picture` must hold 3 * width * height bytes.
Planes resized(const Image& picture, int width_px, int height_px);

} // namespace engine::image
