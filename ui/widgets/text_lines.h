#pragma once

#include <memory>
#include <QFont>
#include <QFontMetrics>
#include <QRect>
#include <QString>
#include <QTextLayout>
#include <QTextOption>

namespace ui {

/// Plain text whose lines are as far apart as a step says, which neither QLabel nor drawText() can.
class TextLines {
public:
    TextLines(const QString& text, const QFont& font, int line_px, const QTextOption& option);

    /// Breaks it for that width; an empty text has one line.
    void layOut(int width_px);
    int height() const;
    /// Of the longest line.
    int width() const;
    void draw(QPainter& painter, const QPointF& at) const;

private:
    std::unique_ptr<QTextLayout> layout_;
    int line_px_;
};

/// Room for drawText() in a line that is lower than the font: grown to the font's height, upwards
/// first, so that the words stand where TextLines puts them and nothing is clipped.
QRect roomForText(const QRect& line, const QFontMetrics& metrics);

} // namespace ui
