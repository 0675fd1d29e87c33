#pragma once

#include "ui/widgets/row_delegate.h"

namespace ui {

/// Rows of sessions: tags, kinds of sources and the pin at the right end; the name is edited where
/// it stands.
class SessionDelegate : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;
    QWidget* createEditor(
        QWidget* parent,
        const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index)
        const override;
    void updateEditorGeometry(
        QWidget* editor,
        const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;

protected:
    int paintEnd(
        QPainter& painter,
        const QRect& room,
        const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
};

} // namespace ui
