#pragma once

#include "ui/widgets/row_delegate.h"

#include <QAbstractListModel>
#include <vector>

namespace ui {

/// One row of a plain list, with what RowDelegate draws.
struct Row {
    QVariant id; // of the thing shown; comes back as Qt::UserRole
    QString text;
    QString second;
    QString icon;
    theme::Color icon_color = theme::Color::Text2;
    QString trailing;
    theme::Color trailing_color = theme::Color::Text3;
    QString tag;
    TagKind tag_kind = TagKind::Plain;
    QString key;
    row::Spans marks;
    row::Spans second_marks;
    bool header = false;
    bool strong = false;
    bool faded = false;
    bool enabled = true;
    bool operator==(const Row&) const = default;
};

/// A list of rows that is small enough to be held as a whole (hundreds). Rows keep selection and
/// scroll position when the new list differs little: they are compared by id.
class RowModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<Row> rows);
    const Row& at(int row) const { return rows_[static_cast<std::size_t>(row)]; }
    /// -1: not there.
    int find(const QVariant& id) const;
    /// Where it is cheaper than all rows: one that changed.
    void change(int row, Row to);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    std::vector<Row> rows_;
};

} // namespace ui
