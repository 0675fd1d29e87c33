#include "ui/widgets/row_model.h"

#include <algorithm>

namespace ui {
namespace {

bool sameIds(const std::vector<Row>& a, const std::vector<Row>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Row& x, const Row& y) {
        return x.id == y.id && x.header == y.header;
    });
}

QVariant filled(const QString& text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}

} // namespace

void RowModel::setRows(std::vector<Row> rows)
{
    if (sameIds(rows_, rows)) {
        for (int i = 0; i < static_cast<int>(rows.size()); ++i)
            if (const auto at = static_cast<std::size_t>(i); rows_[at] != rows[at])
                change(i, std::move(rows[at]));
        return;
    }
    // What stays at both ends stays: a new session on top moves no selection.
    std::size_t head = 0;
    const std::size_t least = std::min(rows_.size(), rows.size());
    const auto same = [&](std::size_t a, std::size_t b) {
        return rows_[a].id == rows[b].id && rows_[a].header == rows[b].header;
    };
    while (head < least && same(head, head)) ++head;
    std::size_t tail = 0;
    while (tail < least - head && same(rows_.size() - 1 - tail, rows.size() - 1 - tail)) ++tail;
    const auto first = static_cast<int>(head);
    if (const std::size_t gone = rows_.size() - head - tail; gone > 0) {
        beginRemoveRows({}, first, first + static_cast<int>(gone) - 1);
        const auto from = rows_.begin() + first;
        rows_.erase(from, from + static_cast<std::ptrdiff_t>(gone));
        endRemoveRows();
    }
    if (const std::size_t come = rows.size() - head - tail; come > 0) {
        beginInsertRows({}, first, first + static_cast<int>(come) - 1);
        const auto from = rows.begin() + first;
        rows_.insert(rows_.begin() + first, from, from + static_cast<std::ptrdiff_t>(come));
        endInsertRows();
    }
    for (int i = 0; i < static_cast<int>(rows.size()); ++i)
        if (const auto at = static_cast<std::size_t>(i); rows_[at] != rows[at])
            change(i, std::move(rows[at]));
}

int RowModel::find(const QVariant& id) const
{
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) {
        return !row.header && row.id == id;
    });
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

void RowModel::change(int row, Row to)
{
    rows_[static_cast<std::size_t>(row)] = std::move(to);
    Q_EMIT dataChanged(index(row), index(row));
}

int RowModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant RowModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Row& found = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return found.text;
    case Qt::UserRole:
        return found.id;
    case Qt::AccessibleTextRole:
        return rowWords(index);
    case row::Header:
        return found.header;
    case row::Second:
        return filled(found.second);
    case row::Icon:
        return filled(found.icon);
    case row::IconColor:
        return static_cast<int>(found.icon_color);
    case row::Trailing:
        return filled(found.trailing);
    case row::TrailingColor:
        return static_cast<int>(found.trailing_color);
    case row::TagText:
        return filled(found.tag);
    case row::TagKindOf:
        return static_cast<int>(found.tag_kind);
    case row::Key:
        return filled(found.key);
    case row::Marks:
        return QVariant::fromValue(found.marks);
    case row::SecondMarks:
        return QVariant::fromValue(found.second_marks);
    case row::Strong:
        return found.strong;
    case row::Faded:
        return found.faded;
    default:
        return {};
    }
}

Qt::ItemFlags RowModel::flags(const QModelIndex& index) const
{
    if (!index.isValid() || at(index.row()).header) return Qt::NoItemFlags;
    if (!at(index.row()).enabled) return Qt::ItemIsSelectable;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace ui
