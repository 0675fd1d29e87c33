#include "ui/evidence/page_view.h"

#include "ui/theme/theme.h"

#include <algorithm>
#include <QPainter>
#include <QPaintEvent>
#include <QScrollBar>

namespace ui {

void PageView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), theme::color(theme::Color::Pane));
    const QPoint at = origin();
    const QRect dirty = event->rect();
    const int first = layout_.pageAt(dirty.top() - at.y());
    for (int page = std::max(first, 1); page <= layout_.count(); ++page) {
        const QRect rect = layout_.pageRect(page).translated(at);
        if (rect.top() > dirty.bottom()) break;
        if (!rect.adjusted(-1, -1, 1, 1).intersects(dirty)) continue;
        paintPage(painter, page, rect);
        paintMarks(painter, page, rect);
    }
    if (ring_) theme::drawFocusRing(painter, QRectF(viewport()->rect()).adjusted(3, 3, -3, -3), 0);
}

void PageView::paintPage(QPainter& painter, int page, const QRect& rect)
{
    painter.setPen(theme::color(theme::Color::Line));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect.adjusted(-1, -1, 0, 0));
    const int width_px = deviceWidth(rect);
    const QImage picture = pages_.picture(page, width_px);
    if (!picture.isNull()) {
        // Of the right width it is copied; another one stands in until that has come, and is not
        // smoothed: that costs more than a frame.
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        painter.drawImage(rect, picture);
        return;
    }
    const QString failed = pages_.failure(page);
    painter.fillRect(rect, theme::color(theme::Color::Sunken));
    painter.setPen(theme::color(theme::Color::Text3));
    const QRect seen = rect.intersected(viewport()->rect()).adjusted(12, 12, -12, -12);
    if (failed.isEmpty()) {
        painter.setFont(theme::font(theme::Step::Heading));
        painter.drawText(seen, Qt::AlignCenter, QString::number(page));
        return;
    }
    painter.setFont(theme::font(theme::Step::Small));
    painter.drawText(
        seen,
        Qt::AlignCenter | Qt::TextWordWrap,
        tr("Page %1 cannot be shown. %2").arg(page).arg(failed));
}

void PageView::paintMarks(QPainter& painter, int page, const QRect& rect)
{
    painter.save();
    painter.setCompositionMode(QPainter::CompositionMode_Multiply);
    // Found words share the yellow of places; the one gone to has an edge besides.
    for (std::size_t i = 0; i < hits_.size(); ++i) {
        if (hits_[i].page != page) continue;
        for (const QRectF& box : hits_[i].boxes) {
            const QRect marked = boxOn(rect, box).adjusted(-1, -1, 1, 1);
            painter.fillRect(marked, theme::color(theme::Color::PaperMark));
        }
    }
    for (const QRectF& box : selection_.boxes(page))
        painter.fillRect(boxOn(rect, box), QColor(0xB8, 0xDD, 0xEA));
    painter.restore();
    if (hit_ >= 0 && hit_ < static_cast<int>(hits_.size())) {
        const TextHit& hit = hits_[static_cast<std::size_t>(hit_)];
        if (hit.page == page) {
            painter.setPen(QPen(theme::color(theme::Color::PaperEdge), 2));
            for (const QRectF& box : hit.boxes)
                painter.drawRect(boxOn(rect, box).adjusted(-1, -1, 1, 1));
        }
    }
    if (page != place_page_) return;
    const double edge = edge_.state() == QVariantAnimation::Running
                            ? edge_.currentValue().toDouble()
                            : (scroll_.state() == QVariantAnimation::Running ? 0.0 : 1.0);
    for (const QRectF& box : lit_) paintPlace(painter, boxOn(rect, box), edge);
}

} // namespace ui
