#include "ui/recording/text_row_delegate.h"

#include "ui/recording/text_editor.h"

#include <algorithm>
#include <QKeyEvent>
#include <QTextLayout>

namespace ui::recording {

int TextRowDelegate::layOut(QTextLayout& layout, const QString& text, theme::Step step, int width)
{
    layout.setText(text);
    layout.setFont(theme::font(step));
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    const int pitch_px = theme::lineHeight(step);
    layout.beginLayout();
    int count = 0;
    for (;; ++count) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) break;
        line.setLineWidth(width);
        line.setPosition({0, count * pitch_px + (pitch_px - line.height()) / 2});
    }
    layout.endLayout();
    return std::max(1, count);
}

TextEditor* TextRowDelegate::openEditor(
    QWidget* parent,
    const QModelIndex& index,
    const QString& text,
    const QString& accessible_name) const
{
    auto* editor = new TextEditor(parent);
    editor->setPlainText(text);
    editor->setAccessibleName(accessible_name);
    editor->moveCursor(QTextCursor::End);
    editing_row_ = index.row();
    const QPersistentModelIndex at(index);
    connect(editor, &TextEditor::heightChanged, this, [this, at, editor] {
        if (!at.isValid()) return;
        const int height_px = editor->contentHeight() + 2 * kRowPadding_px;
        if (height_px == editing_height_px_) return;
        editing_height_px_ = height_px;
        Q_EMIT const_cast<TextRowDelegate*>(this)->sizeHintChanged(at);
    });
    return editor;
}

void TextRowDelegate::place(QWidget* editor, const QRect& text, const QRect& row)
{
    constexpr int kFrame_px = TextEditor::kPaddingX_px;
    editor->setGeometry(QRect(
        text.left() - kFrame_px,
        row.top() + 1,
        text.width() + 2 * kFrame_px,
        row.height() - 2));
}

bool TextRowDelegate::eventFilter(QObject* object, QEvent* event)
{
    auto* editor = qobject_cast<TextEditor*>(object);
    if (editor != nullptr && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && !(key->modifiers() & Qt::ShiftModifier)) {
            Q_EMIT commitData(editor);
            Q_EMIT closeEditor(editor, NoHint);
            return true;
        }
    }
    return QStyledItemDelegate::eventFilter(object, event);
}

void TextRowDelegate::destroyEditor(QWidget* editor, const QModelIndex& index) const
{
    if (qobject_cast<TextEditor*>(editor) != nullptr) {
        editing_row_ = -1;
        editing_height_px_ = 0;
        if (index.isValid()) Q_EMIT const_cast<TextRowDelegate*>(this)->sizeHintChanged(index);
    }
    QStyledItemDelegate::destroyEditor(editor, index);
}

} // namespace ui::recording
