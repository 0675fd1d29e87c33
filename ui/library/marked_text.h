#pragma once

#include "ui/palette/types.h"

#include <QColor>
#include <QFont>
#include <QRectF>
#include <QTextLayout>

class QPainter;

namespace ui {

/// A snippet with its found words on the colour of a place, in at most so many lines; what does not
/// fit ends with an ellipsis.
class MarkedText {
public:
    MarkedText(
        const QString& text,
        const FoundWords& found,
        const QFont& font,
        qreal width,
        int max_lines);

    int lines() const { return layout_.lineCount(); }
    bool elided() const { return elided_; }
    /// Of the widest line.
    qreal width() const;
    void draw(QPainter& painter, QPointF top_left, qreal line_height, const QColor& text) const;

private:
    QTextLayout layout_;
    FoundWords found_;
    bool elided_ = false;
};

} // namespace ui
