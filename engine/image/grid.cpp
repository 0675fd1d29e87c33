#include "engine/image/grid.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace engine::image {
namespace {

constexpr int kLongestSide = 65'535;
constexpr int kLongestShape = 100;

Result<void> check_sides(int width_px, int height_px)
{
    if (std::min(width_px, height_px) >= 1 && std::max(width_px, height_px) <= kLongestSide)
        return {};
    return fail(
        ErrorCode::LimitExceeded,
        "A picture of " + std::to_string(width_px) + " x " + std::to_string(height_px) +
            " pixels cannot be looked at: a side has 1 to 65,535.",
        "Cut it, or make it smaller.");
}

/// Up where the budget allows, else down, never below 2.
double made_even(double side, double other, double most)
{
    if (std::fmod(side, 2.0) == 0.0) return side;
    return (side + 1) * other <= most ? side + 1 : std::max(2.0, side - 1);
}

} // namespace

Result<Grid> picture_grid(int width_px, int height_px, int patch_px, const PatchBudget& budget)
{
    if (auto sides = check_sides(width_px, height_px); !sides) return tl::unexpected(sides.error());
    const double most = budget.most, fewest = budget.fewest;
    // nearbyint: half to even, as the reference rounds.
    const double rows = std::nearbyint(static_cast<double>(height_px) / patch_px + 0.5);
    const double cols = std::nearbyint(static_cast<double>(width_px) / patch_px + 0.5);
    const double factor = std::min(std::sqrt(most / (rows * cols)), 1.0);
    double high = std::floor(factor * rows), wide = std::floor(factor * cols);
    if (most > fewest && high * wide < fewest) {
        const double up = std::sqrt(fewest / (high * wide));
        high = std::ceil(up * high);
        wide = std::ceil(up * wide);
    }
    high = made_even(high, wide, most);
    wide = made_even(wide, high, most);
    return Grid{static_cast<int>(high), static_cast<int>(wide)};
}

Result<Grid> video_grid(int width_px, int height_px, int target)
{
    if (auto sides = check_sides(width_px, height_px); !sides) return tl::unexpected(sides.error());
    const int longer = std::max(width_px, height_px), shorter = std::min(width_px, height_px);
    if (longer > kLongestShape * shorter)
        return fail(
            ErrorCode::LimitExceeded,
            "A video of " + std::to_string(width_px) + " x " + std::to_string(height_px) +
                " pixels is more than 100 times as long as wide.",
            "Cut it to what matters.");
    const double shape = static_cast<double>(width_px) / height_px;
    const double rows = std::max(std::nearbyint(std::sqrt(target / shape)), 1.0);
    const double cols = std::max(std::nearbyint(std::sqrt(target * shape)), 1.0);
    const double odd_rows = std::fmod(rows, 2.0), odd_cols = std::fmod(cols, 2.0);
    if ((rows + odd_rows) * (cols + odd_cols) <= target)
        return Grid{static_cast<int>(rows + odd_rows), static_cast<int>(cols + odd_cols)};
    return Grid{
        static_cast<int>(std::max(2.0, rows - odd_rows)),
        static_cast<int>(std::max(2.0, cols - odd_cols))};
}

} // namespace engine::image
