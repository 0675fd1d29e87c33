#include "capture/reader/frame_change.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace capture::reader {
namespace {

constexpr int kCellDiffers = 6; // levels of 255: half a stroke of a letter in a cell of 15 pixels
constexpr int kBlankRange = 6;
constexpr int kLeastMoved = 24;      // rows; below, likeness may be chance
constexpr double kMostlyMoved = 0.6; // of the changed rows that hold something
constexpr int kGap = 10;             // rows between two lines that are read together
constexpr int kGrow = 20;            // rows by which a band looks for the blank ones around a line

bool alike(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b)
{
    int most = 0;
    for (std::size_t i = 0; i < RowProfile::kCells; ++i) {
        most = std::max(most, std::abs(int{a[i]} - int{b[i]}));
    }
    return most <= kCellDiffers;
}

/// By how many rows the content of `band` went down; 0: it did not move, or is new. Only rows that
/// hold something count: blank ones are like each other everywhere.
int find_shift(const RowProfile& before, const RowProfile& now, RowBand band)
{
    std::vector<int> rows;
    for (int y = band.begin; y < band.end; ++y) {
        if (!now.is_blank(y)) rows.push_back(y);
    }
    int best = 0;
    int best_rows =
        std::max(kLeastMoved, static_cast<int>(kMostlyMoved * static_cast<double>(rows.size())));
    const int farthest = band.height() - kLeastMoved;
    for (int distance = 1; distance <= farthest; ++distance) {
        for (const int shift : {-distance, distance}) { // the nearest of equals
            int found = 0;
            int left = static_cast<int>(rows.size());
            for (const int y : rows) {
                const int from = y - shift;
                if (from >= band.begin && from < band.end && !before.is_blank(from) &&
                    alike(now.row(y), before.row(from))) {
                    ++found;
                }
                if (found + --left < best_rows) break;
            }
            if (found > best_rows || (found == best_rows && best == 0)) {
                best_rows = found;
                best = shift;
            }
        }
    }
    return best;
}

} // namespace

RowProfile::RowProfile(int width_px, int height_px, std::span<const std::uint8_t> gray)
    : width_px_(width_px), height_px_(height_px)
{
    const auto width = static_cast<std::size_t>(width_px);
    const auto height = static_cast<std::size_t>(height_px);
    cells_.resize(height * kCells);
    blank_.resize(height);
    for (std::size_t y = 0; y < height; ++y) {
        const std::uint8_t* line = gray.data() + y * width;
        std::uint8_t* cells = cells_.data() + y * kCells;
        for (std::size_t cell = 0; cell < kCells; ++cell) {
            const std::size_t first = std::min(cell * width / kCells, width - 1);
            const std::size_t last = std::max(first + 1, (cell + 1) * width / kCells);
            std::uint32_t sum = 0;
            for (std::size_t x = first; x < last; ++x) sum += line[x];
            cells[cell] = static_cast<std::uint8_t>(sum / (last - first));
        }
        // Of the pixels, not of the cells: thin letters hardly change a cell.
        const auto [least, most] = std::minmax_element(line, line + width);
        blank_[y] = *most - *least <= kBlankRange * 4 ? 1 : 0;
    }
}

std::span<const std::uint8_t> RowProfile::row(int y) const
{
    return std::span(cells_).subspan(static_cast<std::size_t>(y) * kCells, kCells);
}

FrameChange compare(const RowProfile& before, const RowProfile& now)
{
    FrameChange change;
    const int height = now.height_px();
    const auto rows = static_cast<std::size_t>(height);
    change.in_place.assign(rows, 0);
    change.shifted.assign(rows, 0);
    const bool comparable = before.width_px() == now.width_px() && before.height_px() == height;
    RowBand changed{height, 0};
    for (int y = 0; y < height; ++y) {
        const bool same = comparable && alike(before.row(y), now.row(y));
        change.in_place[static_cast<std::size_t>(y)] = same ? 1 : 0;
        if (!same) changed = {std::min(changed.begin, y), y + 1};
    }
    if (comparable && changed.height() > kLeastMoved) {
        change.shift = find_shift(before, now, changed);
    }
    for (int y = changed.begin; change.shift != 0 && y < changed.end; ++y) {
        const int from = y - change.shift;
        const bool inside = from >= changed.begin && from < changed.end;
        const bool same = inside && alike(now.row(y), before.row(from));
        change.shifted[static_cast<std::size_t>(y)] = same ? 1 : 0;
    }
    for (int y = changed.begin; y < changed.end; ++y) {
        const auto at = static_cast<std::size_t>(y);
        if (change.in_place[at] != 0 || change.shifted[at] != 0 || now.is_blank(y)) continue;
        // The tips of a line's letters may look as the ground did.
        RowBand line{y, y + 1};
        while (y - line.begin < kGrow && line.begin > 0 && !now.is_blank(line.begin - 1)) {
            --line.begin;
        }
        while (line.end - y < kGrow && line.end < height && !now.is_blank(line.end)) ++line.end;
        if (!change.fresh.empty() && line.begin - change.fresh.back().end <= kGap) {
            change.fresh.back().end = std::max(change.fresh.back().end, line.end);
        } else {
            change.fresh.push_back(line);
        }
    }
    for (const RowBand& band : change.fresh) change.fresh_rows += band.height();
    return change;
}

} // namespace capture::reader
