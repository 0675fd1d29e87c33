#include "ui/evidence/page_layout.h"

#include <algorithm>
#include <cmath>

namespace ui {

void PageLayout::arrange(const std::vector<QSizeF>& sizes_pt, double px_per_pt, int width_px)
{
    rects_.clear();
    rects_.reserve(sizes_pt.size());
    int widest = 0;
    for (const QSizeF& size : sizes_pt)
        widest = std::max(widest, static_cast<int>(std::lround(size.width() * px_per_pt)));
    const int content_width = std::max(width_px, widest + 2 * kEdge_px);
    int top = kEdge_px;
    for (const QSizeF& size : sizes_pt) {
        const int width = std::max(1, static_cast<int>(std::lround(size.width() * px_per_pt)));
        const int height = std::max(1, static_cast<int>(std::lround(size.height() * px_per_pt)));
        rects_.emplace_back((content_width - width) / 2, top, width, height);
        top += height + kGap_px;
    }
    content_ = QSize(content_width, rects_.empty() ? 0 : top - kGap_px + kEdge_px);
}

QRect PageLayout::pageRect(int page) const
{
    if (page < 1 || page > count()) return {};
    return rects_[static_cast<std::size_t>(page - 1)];
}

int PageLayout::pageAt(int y) const
{
    if (rects_.empty()) return 0;
    const auto after =
        std::upper_bound(rects_.begin(), rects_.end(), y, [](int value, const QRect& rect) {
            return value < rect.top();
        });
    if (after == rects_.begin()) return 1;
    auto at = std::prev(after);
    // In the gap the nearer page counts.
    if (after != rects_.end() && y > at->bottom() && after->top() - y < y - at->bottom())
        at = after;
    return static_cast<int>(at - rects_.begin()) + 1;
}

double PageLayout::scaleForWidth(const std::vector<QSizeF>& sizes_pt, int width_px)
{
    double widest = 0;
    for (const QSizeF& size : sizes_pt) widest = std::max(widest, size.width());
    return widest > 0 ? std::max(width_px - 2 * kEdge_px, 16) / widest : kFullSize_px_per_pt;
}

double PageLayout::scaleForPage(QSizeF size_pt, QSize viewport)
{
    if (size_pt.isEmpty()) return kFullSize_px_per_pt;
    return std::min(
        std::max(viewport.width() - 2 * kEdge_px, 16) / size_pt.width(),
        std::max(viewport.height() - 2 * kEdge_px, 16) / size_pt.height());
}

} // namespace ui
