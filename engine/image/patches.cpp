#include "engine/image/patches.h"

#include "base/expects.h"

namespace engine::image {

void write_patches(
    float* out,
    std::size_t row_size,
    const Planes& picture,
    const Grid& grid,
    const Normalisation& normalisation)
{
    EXPECTS(picture.width_px % grid.cols == 0 && picture.height_px % grid.rows == 0);
    const int side = picture.width_px / grid.cols;
    EXPECTS(side == picture.height_px / grid.rows);
    for (int r = 0; r < grid.rows; ++r)
        for (int c = 0; c < grid.cols; ++c, out += row_size) {
            float* to = out;
            for (int channel = 0; channel < 3; ++channel) {
                const auto k = static_cast<std::size_t>(channel);
                for (int y = 0; y < side; ++y) {
                    const float* from =
                        picture.row(channel, r * side + y) + static_cast<std::ptrdiff_t>(c) * side;
                    for (int x = 0; x < side; ++x)
                        *to++ =
                            (from[x] / 255.0f - normalisation.mean[k]) / normalisation.deviation[k];
                }
            }
        }
}

} // namespace engine::image
