#pragma once

#include "ui/widgets/accessible.h"

#include <QWidget>

class QPainter;

namespace ui {

enum class TagKind { Plain, Ok, Warn, Record, Accent };

/// A word on a tint, 18 px high: "Ready", "Waits". Accessible name: its word.
class Tag : public QWidget, public Accessible {
    Q_OBJECT
public:
    explicit Tag(
        const QString& text = {},
        TagKind kind = TagKind::Plain,
        QWidget* parent = nullptr);

    QString text() const { return text_; }
    TagKind kind() const { return kind_; }
    void set(const QString& text, TagKind kind);

    /// For delegates.
    static QSize measure(const QString& text);
    static void paint(QPainter& painter, const QRect& rect, const QString& text, TagKind kind);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    QAccessible::Role accessibleRole() const override { return QAccessible::StaticText; }
    QString accessibleWords() const override { return text_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QString text_;
    TagKind kind_;
};

} // namespace ui
