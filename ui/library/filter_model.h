#pragma once

#include "ui/library/types.h"

#include <QAbstractListModel>
#include <vector>

namespace ui {

/// Rows of the list pane: Show, Tags, When. One of Show always holds; a tag and a time are set and
/// taken back by choosing them again. Rows that hold are checked.
class FilterModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum class RowKind { Head, Show, Tag, When };
    enum Role { KindRole = Qt::UserRole + 1 };

    explicit FilterModel(QObject* parent = nullptr);

    void setNumbers(const LibraryNumbers& numbers);
    const LibraryNumbers& numbers() const { return numbers_; }
    void setFilter(const LibraryFilter& filter);
    const LibraryFilter& filter() const { return filter_; }
    /// True for "Choose dates…", which needs two dates first.
    bool asksForDates(int row) const;
    /// Filter after choosing this row; a range needs setFilter().
    LibraryFilter filterAfter(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row {
        RowKind kind = RowKind::Head;
        QString text;
        QString icon = {};
        int count = -1;
        LibraryShow show = LibraryShow::Everything;
        LibraryWhen when = LibraryWhen::Any;
    };
    void rebuild();
    bool holds(const Row& row) const;

    LibraryNumbers numbers_;
    LibraryFilter filter_;
    std::vector<Row> rows_;
};

} // namespace ui
