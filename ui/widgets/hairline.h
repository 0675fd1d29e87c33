#pragma once

#include <QWidget>

namespace ui {

/// 1 px of `line` between panes, rows and groups. Nothing for assistive technology.
class Hairline : public QWidget {
    Q_OBJECT
public:
    explicit Hairline(Qt::Orientation orientation = Qt::Horizontal, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {1, 1}; }

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace ui
