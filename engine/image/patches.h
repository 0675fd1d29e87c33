#pragma once

#include "engine/image/grid.h"
#include "engine/image/resize.h"

#include <array>
#include <vector>

namespace engine::image {

/// Mean and deviation of each channel on the scale 0 to 1; what a tower was trained with.
struct Normalisation {
    std::array<float, 3> mean = {0.48145466f, 0.4578275f, 0.40821073f};
    std::array<float, 3> deviation = {0.26862954f, 0.26130258f, 0.27577711f};
};

/// Writes the patches of a picture that was resized to its grid: row by row, each channel by
/// channel, [rows * cols][3 * patch * patch]. `row_size` elements lie between two patches, and the
/// first is written to `out`: two frames of a tubelet share rows. Source: vision spec 1.2, 4.3.
void write_patches(
    float* out,
    std::size_t row_size,
    const Planes& picture,
    const Grid& grid,
    const Normalisation& normalisation);

} // namespace engine::image
