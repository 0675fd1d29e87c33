#pragma once

#include <QRect>
#include <QSize>
#include <QSizeF>
#include <vector>

namespace ui {

/// Where the pages of a document lie below one another at one scale; logical pixels, whole ones, so
/// that a page picture is painted without scaling it. Pages from 1.
class PageLayout {
public:
    /// `width_px` of the viewport: narrower pages stand in its middle.
    void arrange(const std::vector<QSizeF>& sizes_pt, double px_per_pt, int width_px);

    int count() const { return static_cast<int>(rects_.size()); }
    QRect pageRect(int page) const;
    QSize contentSize() const { return content_; }
    /// The page at this height, or the nearest; 0 where there are none.
    int pageAt(int y) const;

    /// px_per_pt at which the widest page fills `width_px`.
    static double scaleForWidth(const std::vector<QSizeF>& sizes_pt, int width_px);
    static double scaleForPage(QSizeF size_pt, QSize viewport);

    static constexpr int kGap_px = 12;
    static constexpr int kEdge_px = 1; // the hairline around a page

private:
    std::vector<QRect> rects_;
    QSize content_;
};

/// 100 % shows a page at 96 pixels an inch.
inline constexpr double kFullSize_px_per_pt = 96.0 / 72.0;

} // namespace ui
