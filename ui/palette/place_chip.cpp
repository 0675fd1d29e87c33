#include "ui/palette/place_chip.h"

#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <algorithm>
#include <QFontMetrics>
#include <QPainter>

namespace ui {
namespace {

constexpr int kHeight_px = 18;
constexpr int kPadding_px = 5;

} // namespace

QSize measurePlaceChip(const QString& words)
{
    const QFontMetrics metrics(theme::font(theme::Step::Caption));
    return {
        metrics.horizontalAdvance(words) + 2 * kPadding_px,
        std::max(kHeight_px, metrics.height() + 2)};
}

void paintPlaceChip(QPainter& painter, const QRect& rect, const QString& words, bool active)
{
    using theme::Color;
    // The edge of the active chip lies outside it, so that rows do not move.
    if (active)
        theme::drawBox(
            painter,
            rect.adjusted(-1, -1, 1, 1),
            theme::kChipRadius_px + 1,
            theme::color(Color::CiteActive),
            theme::color(Color::CiteEdge));
    else
        theme::drawBox(painter, rect, theme::kChipRadius_px, theme::color(Color::Cite));
    painter.save();
    painter.setFont(theme::font(theme::Step::Caption));
    painter.setPen(active ? QColor::fromRgb(theme::kOnCiteActive) : theme::color(Color::OnCite));
    painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, words);
    painter.restore();
}

} // namespace ui
