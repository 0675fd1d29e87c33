#include "ui/widgets/card.h"

#include <QPainter>

namespace ui {

Card::Card(QWidget* parent) : QFrame(parent)
{
    // Contents must not lie on the edge.
    setContentsMargins(1, 1, 1, 1);
}

void Card::setGround(theme::Color ground)
{
    ground_ = ground;
    update();
}

void Card::setEdge(theme::Color edge)
{
    edge_ = edge;
    update();
}

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    theme::drawBox(
        painter,
        rect(),
        theme::kCardRadius_px,
        theme::color(ground_),
        theme::color(edge_));
}

} // namespace ui
