#include "ui/ask/sign.h"

#include <QPainter>

namespace ui {

Sign::Sign(const QString& name, int size_px, theme::Color color, QWidget* parent)
    : QWidget(parent), name_(name), size_px_(size_px), color_(color)
{
    setFixedSize(size_px, size_px);
}

void Sign::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.drawPixmap(rect(), theme::iconPixmap(name_, color_, size_px_, devicePixelRatioF()));
}

} // namespace ui
