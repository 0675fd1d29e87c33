#pragma once

#include "engine/result.h"

namespace engine::image {

/// How many patches a picture is cut into.
struct Grid {
    int rows = 0;
    int cols = 0;

    int patches() const { return rows * cols; }
    bool operator==(const Grid&) const = default;
};

/// Patches that one still picture may take: from vision_config.
struct PatchBudget {
    int fewest = 1024;
    int most = 13312;
};

/// The grid of a still picture: its own shape as nearly as an even number of patches on each side
/// allows, never enlarged except up to the fewest. In double, in the order of vision spec 3.2.
/// Errors: LimitExceeded (a side above 65,535 pixels, or none).
Result<Grid> picture_grid(int width_px, int height_px, int patch_px, const PatchBudget& budget);

/// The grid that all frames of a video share: about `target` patches, whatever its size. Vision
/// spec 4.2. Errors: LimitExceeded (a side above 65,535 pixels, or none; more than 100 times as
/// long as wide).
Result<Grid> video_grid(int width_px, int height_px, int target);

} // namespace engine::image
