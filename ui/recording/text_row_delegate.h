#pragma once

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

class QTextLayout;

namespace ui::recording {

class TextEditor;

/// What rows of text have in common that are edited in place: lines at the pitch of the theme, and
/// an editor whose letters stand where they were drawn, whose row grows with it, and which Enter
/// ends.
class TextRowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setEditorData(QWidget*, const QModelIndex&) const override {} // openEditor() did
    bool eventFilter(QObject* editor, QEvent* event) override;
    void destroyEditor(QWidget* editor, const QModelIndex& index) const override;

protected:
    static constexpr int kRowPadding_px = 6; // above and below the text

    /// Answers how many lines there are, 1 at least. Formats are set before.
    static int layOut(QTextLayout& layout, const QString& text, theme::Step step, int width);
    /// The row grows and shrinks with what is typed.
    TextEditor* openEditor(
        QWidget* parent,
        const QModelIndex& index,
        const QString& text,
        const QString& accessible_name) const;
    /// Over text that is drawn there.
    static void place(QWidget* editor, const QRect& text, const QRect& row);

    /// Another model: its rows are none of those.
    void forgetEditing() { editing_row_ = -1; }
    int editingRow() const { return editing_row_; } // -1: none, or not its text
    /// Of the row that is edited; 0: as the text asks for.
    int editingHeight_px() const { return editing_height_px_; }

private:
    mutable int editing_row_ = -1;
    mutable int editing_height_px_ = 0;
};

} // namespace ui::recording
