#pragma once

#include "ui/widgets/accessible.h"

#include <QWidget>

class QPainter;

namespace ui {

/// A key as small text in a frame, 18 px high: "Ctrl K". Accessible name: "Key Ctrl K".
class KeyCap : public QWidget, public Accessible {
    Q_OBJECT
public:
    explicit KeyCap(const QString& keys = {}, QWidget* parent = nullptr);

    QString keys() const { return keys_; }
    void setKeys(const QString& keys);

    /// For delegates.
    static QSize measure(const QString& keys);
    static void paint(QPainter& painter, const QRect& rect, const QString& keys);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    QAccessible::Role accessibleRole() const override { return QAccessible::StaticText; }
    QString accessibleWords() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QString keys_;
};

} // namespace ui
