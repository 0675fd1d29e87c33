#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace ui {

/// A picture beside words that say the same; nothing for assistive technology. No name: hidden.
class IconSpot : public QWidget {
    Q_OBJECT
public:
    explicit IconSpot(int size_px = 16, QWidget* parent = nullptr);
    /// One that stays.
    IconSpot(const QString& name, theme::Color ink, int size_px, QWidget* parent = nullptr);
    void set(const QString& name, theme::Color ink = theme::Color::Text2);
    QSize sizeHint() const override { return {size_px_, size_px_}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int size_px_;
    QString name_;
    theme::Color ink_ = theme::Color::Text2;
};

} // namespace ui
