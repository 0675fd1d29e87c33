#include "ui/widgets/text_lines.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

QString withLineSeparators(QString text)
{
    return text.replace(u'\n', QChar(QChar::LineSeparator));
}

} // namespace

TextLines::TextLines(const QString& text, const QFont& font, int line_px, const QTextOption& option)
    : layout_(std::make_unique<QTextLayout>(withLineSeparators(text), font)), line_px_(line_px)
{
    layout_->setTextOption(option);
}

void TextLines::layOut(int width_px)
{
    double top = 0;
    layout_->beginLayout();
    for (QTextLine line = layout_->createLine(); line.isValid(); line = layout_->createLine()) {
        line.setLineWidth(width_px);
        line.setPosition({0, top + std::floor((line_px_ - line.height()) / 2)});
        top += line_px_;
    }
    layout_->endLayout();
}

int TextLines::height() const
{
    return std::max(1, layout_->lineCount()) * line_px_;
}

int TextLines::width() const
{
    double longest = 0;
    for (int i = 0; i < layout_->lineCount(); ++i)
        longest = std::max(longest, layout_->lineAt(i).naturalTextWidth());
    return static_cast<int>(std::ceil(longest));
}

void TextLines::draw(QPainter& painter, const QPointF& at) const
{
    layout_->draw(&painter, at);
}

QRect roomForText(const QRect& line, const QFontMetrics& metrics)
{
    const int missing = std::max(0, metrics.height() - line.height());
    return line.adjusted(0, -(missing + 1) / 2, 0, missing / 2);
}

} // namespace ui
