#include "ui/widgets/icon_spot.h"

#include <QPainter>

namespace ui {

IconSpot::IconSpot(int size_px, QWidget* parent) : QWidget(parent), size_px_(size_px)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

IconSpot::IconSpot(const QString& name, theme::Color ink, int size_px, QWidget* parent)
    : QWidget(parent), size_px_(size_px), name_(name), ink_(ink)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconSpot::set(const QString& name, theme::Color ink)
{
    name_ = name;
    ink_ = ink;
    setVisible(!name.isEmpty());
    update();
}

void IconSpot::paintEvent(QPaintEvent*)
{
    if (name_.isEmpty()) return;
    QPainter painter(this);
    painter.drawPixmap(
        (width() - size_px_) / 2,
        (height() - size_px_) / 2,
        theme::iconPixmap(name_, ink_, size_px_, devicePixelRatioF()));
}

} // namespace ui
