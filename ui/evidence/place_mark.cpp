#include "ui/evidence/place_mark.h"

#include "ui/theme/theme.h"
#include "ui/widgets/citation_chip.h"

#include <QPainter>

namespace ui {

PlaceMark::PlaceMark(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void PlaceMark::setPlace(const Place& place)
{
    words_ = place.n > 0 ? QString::number(place.n) : placeWords(place);
    spoken_ = citationWords(place);
    located_ = place.located;
    setToolTip(spoken_);
    updateGeometry();
    update();
    announceName(this);
}

QSize PlaceMark::sizeHint() const
{
    const QFontMetrics metrics(theme::font(theme::Step::Caption, true));
    return {metrics.horizontalAdvance(words_) + 11, std::max(20, metrics.height() + 4)};
}

void PlaceMark::paintEvent(QPaintEvent*)
{
    using theme::Color;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect());
    if (located_) {
        theme::drawBox(
            painter,
            box,
            theme::kChipRadius_px,
            theme::color(Color::CiteActive),
            theme::color(Color::CiteEdge));
        painter.setPen(QColor(0x3E, 0x31, 0x00)); // on cite-active in both themes
    } else {
        theme::drawBox(
            painter,
            box,
            theme::kChipRadius_px,
            Qt::transparent,
            theme::color(Color::Line));
        painter.setPen(theme::color(Color::Text3));
    }
    painter.setFont(theme::font(theme::Step::Caption, true));
    painter.drawText(rect(), Qt::AlignCenter, words_);
}

void PlaceMark::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) update();
}

} // namespace ui
