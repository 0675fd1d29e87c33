#pragma once

#include "ui/theme/theme.h"

#include <QFrame>

namespace ui {

/// Frame of 1 px `line`, radius 8, on `raised`. Flat: no shadow.
class Card : public QFrame {
    Q_OBJECT
public:
    explicit Card(QWidget* parent = nullptr);
    void setGround(theme::Color ground);
    void setEdge(theme::Color edge);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    theme::Color ground_ = theme::Color::Raised;
    theme::Color edge_ = theme::Color::Line;
};

} // namespace ui
