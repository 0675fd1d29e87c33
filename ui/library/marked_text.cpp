#include "ui/library/marked_text.h"

#include "ui/theme/theme.h"

#include <algorithm>
#include <QFontMetricsF>
#include <QPainter>

namespace ui {
namespace {

/// Breaks into lines of `width`; the last of `max_lines` takes all that is left.
void breakLines(QTextLayout& layout, qreal width, int max_lines)
{
    layout.beginLayout();
    for (int i = 0; i < max_lines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) break;
        line.setLineWidth(width);
    }
    layout.endLayout();
}

QTextOption wrapping(bool wrap)
{
    QTextOption option;
    option.setWrapMode(wrap ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    return option;
}

} // namespace

MarkedText::MarkedText(
    const QString& text,
    const FoundWords& found,
    const QFont& font,
    qreal width,
    int max_lines)
    : layout_(text, font), found_(found)
{
    width = std::max(width, 1.0);
    layout_.setCacheEnabled(true);
    layout_.setTextOption(wrapping(true));
    breakLines(layout_, width, max_lines);
    const QTextLine last = layout_.lineAt(layout_.lineCount() - 1);
    if (!last.isValid()) return;
    const qsizetype shown = last.textStart() + last.textLength();
    if (shown >= text.size()) return;
    // What is left goes on the last line, cut.
    elided_ = true;
    const qsizetype begin = last.textStart();
    const QString rest = QFontMetricsF(font).elidedText(text.mid(begin), Qt::ElideRight, width);
    const QString cut = text.left(begin) + rest;
    std::vector<int> lengths; // letters of each line
    lengths.reserve(static_cast<std::size_t>(layout_.lineCount()));
    for (int i = 0; i < layout_.lineCount(); ++i) lengths.push_back(layout_.lineAt(i).textLength());
    layout_.setText(cut);
    layout_.beginLayout();
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        QTextLine line = layout_.createLine();
        if (!line.isValid()) break;
        if (i + 1 < lengths.size())
            line.setNumColumns(lengths[i], width);
        else
            line.setNumColumns(static_cast<int>(cut.size() - begin), width);
    }
    layout_.endLayout();
    const int limit = static_cast<int>(begin + std::max<qsizetype>(rest.size() - 1, 0));
    for (auto& [start, length] : found_) length = std::min(length, limit - start);
    found_.removeIf([](const auto& word) { return word.second <= 0; });
}

qreal MarkedText::width() const
{
    qreal widest = 0;
    for (int i = 0; i < layout_.lineCount(); ++i)
        widest = std::max(widest, layout_.lineAt(i).naturalTextWidth());
    return widest;
}

void MarkedText::draw(QPainter& painter, QPointF top_left, qreal line_height, const QColor& text)
    const
{
    QList<QTextLayout::FormatRange> formats;
    for (const auto& [start, length] : found_) {
        QTextLayout::FormatRange format;
        format.start = start;
        format.length = length;
        format.format.setForeground(theme::color(theme::Color::OnCite));
        formats.push_back(format);
    }
    painter.save();
    for (int i = 0; i < layout_.lineCount(); ++i) {
        QTextLine line = layout_.lineAt(i);
        const qreal y = i * line_height;
        line.setPosition({0, y + (line_height - line.height()) / 2});
        for (const auto& [start, length] : found_) {
            const int begin = std::max(start, line.textStart());
            const int end = std::min(start + length, line.textStart() + line.textLength());
            if (begin >= end) continue;
            const qreal x0 = line.cursorToX(begin), x1 = line.cursorToX(end);
            const QRectF mark(
                top_left + QPointF(std::min(x0, x1) - 1, y + 1),
                QSizeF(std::abs(x1 - x0) + 2, line_height - 2));
            theme::drawBox(painter, mark, 2, theme::color(theme::Color::Cite));
        }
    }
    painter.setPen(text);
    layout_.draw(&painter, top_left, formats);
    painter.restore();
}

} // namespace ui
