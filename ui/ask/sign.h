#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace ui {

/// An icon beside words that say the same: follows the theme, nothing for assistive technology.
class Sign : public QWidget {
    Q_OBJECT
public:
    Sign(const QString& name, int size_px, theme::Color color, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString name_;
    int size_px_;
    theme::Color color_;
};

} // namespace ui
