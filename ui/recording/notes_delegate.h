#pragma once

#include "ui/recording/text_row_delegate.h"
#include "ui/recording/types.h"

#include <QTimer>

namespace ui::recording {

/// Draws a note with the time it belongs to, and edits it in place; what is typed is told after
/// every pause.
class NotesDelegate : public TextRowDelegate {
    Q_OBJECT
public:
    explicit NotesDelegate(QObject* parent = nullptr);

    bool isTime(const QStyleOptionViewItem& option, const QModelIndex& at, const QPoint& pos) const;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
        const override;
    QWidget* createEditor(
        QWidget* parent,
        const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index)
        const override;
    void updateEditorGeometry(
        QWidget* editor,
        const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    void destroyEditor(QWidget* editor, const QModelIndex& index) const override;

Q_SIGNALS:
    void typed(qint64 id, const QString& text) const;
    void entered(qint64 id, const QString& text) const;
    /// Esc: what was kept while typing is to be as before.
    void left(qint64 id) const;

private:
    struct Columns {
        QRect ground;
        QRect time;
        QRect text;
    };
    Columns columns(const QRect& row, const QWidget* view) const;

    mutable bool entered_ = false;
};

} // namespace ui::recording
