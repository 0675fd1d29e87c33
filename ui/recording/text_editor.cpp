#include "ui/recording/text_editor.h"

#include "ui/theme/theme.h"

#include <cmath>
#include <QEvent>
#include <QPainter>
#include <QTextBlock>

namespace ui::recording {

TextEditor::TextEditor(QWidget* parent) : QPlainTextEdit(parent)
{
    setFont(theme::font(theme::Step::Reading));
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    setViewportMargins(kPaddingX_px, kPaddingY_px, kPaddingX_px, kPaddingY_px);
    setAutoFillBackground(false);
    connect(this, &QPlainTextEdit::textChanged, this, &TextEditor::heightChanged);
}

int TextEditor::contentHeight() const
{
    qreal height = 0;
    for (auto block = document()->begin(); block.isValid(); block = block.next())
        height += blockBoundingRect(block).height();
    return static_cast<int>(std::ceil(height)) + 2 * kPaddingY_px;
}

bool TextEditor::event(QEvent* event)
{
    // The viewport paints the text; what lies around it is this widget's own.
    if (event->type() == QEvent::Paint) {
        QPainter painter(this);
        theme::drawBox(
            painter,
            rect(),
            theme::kControlRadius_px,
            theme::color(theme::Color::Surface),
            theme::color(hasFocus() ? theme::Color::Accent : theme::Color::LineControl));
        return true;
    }
    return QPlainTextEdit::event(event);
}

void TextEditor::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    Q_EMIT heightChanged();
}

} // namespace ui::recording
