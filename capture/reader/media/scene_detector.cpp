#include "capture/reader/media/scene_detector.h"

#include <algorithm>
#include <cstdlib>

namespace capture::reader {

namespace {

constexpr int kCellDiffers = 6;      // levels of 255; above the noise of usual encoders
constexpr double kNewContent = 0.01; // share of cells: about two lines of text on a screen
constexpr double kSettled = 0.004;
constexpr double kMoved = 0.3;
constexpr double kCut = 0.35;
constexpr double kCutOverMotion = 3;
constexpr double kMinGap_s = 1, kMovingGap_s = 5, kMaxGap_s = 30;

/// Share of the cells that differ, 0..1.
double difference(const Luma& a, const Luma& b)
{
    int differing = 0;
    for (std::size_t i = 0; i < a.cells.size(); ++i)
        differing += std::abs(int{a.cells[i]} - int{b.cells[i]}) > kCellDiffers ? 1 : 0;
    return static_cast<double>(differing) / static_cast<double>(a.cells.size());
}

} // namespace

Luma luma_of(const std::uint8_t* plane, int stride, int width, int height)
{
    Luma luma;
    for (int row = 0; row < Luma::kRows; ++row) {
        const int y0 = static_cast<int>(std::int64_t{row} * height / Luma::kRows);
        const int y1 =
            std::max(y0 + 1, static_cast<int>((std::int64_t{row} + 1) * height / Luma::kRows));
        for (int column = 0; column < Luma::kColumns; ++column) {
            const int x0 = static_cast<int>(std::int64_t{column} * width / Luma::kColumns);
            const int x1 = std::max(
                x0 + 1,
                static_cast<int>((std::int64_t{column} + 1) * width / Luma::kColumns));
            std::uint32_t sum = 0;
            for (int y = y0; y < y1; ++y) {
                const std::uint8_t* line = plane + static_cast<std::ptrdiff_t>(y) * stride;
                for (int x = x0; x < x1; ++x) sum += line[x];
            }
            luma.cells
                [static_cast<std::size_t>(row) * Luma::kColumns +
                 static_cast<std::size_t>(column)] =
                static_cast<std::uint8_t>(sum / static_cast<std::uint32_t>((x1 - x0) * (y1 - y0)));
        }
    }
    return luma;
}

bool SceneDetector::keep(double time_s, const Luma& luma)
{
    bool wanted = !kept_;
    if (kept_) {
        const double since_kept = difference(*kept_, luma);
        const double motion = difference(*previous_, luma);
        const double gap_s = time_s - kept_s_;
        const bool new_and_settled = since_kept > kNewContent && motion < kSettled;
        const bool cut = motion > std::max(kCut, kCutOverMotion * usual_motion_);
        const bool moving = since_kept > kMoved && gap_s >= kMovingGap_s;
        wanted = gap_s >= kMinGap_s && (new_and_settled || cut || moving || gap_s >= kMaxGap_s);
        usual_motion_ += 0.1 * (motion - usual_motion_);
    }
    previous_ = luma;
    if (wanted) {
        kept_ = luma;
        kept_s_ = time_s;
    }
    return wanted;
}

} // namespace capture::reader
