#pragma once

#include "ui/library/types.h"

#include <QAbstractListModel>
#include <vector>

namespace ui {

/// Sessions under their days, pinned ones first; grows by pages as the list is scrolled.
class SessionModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { TagsRole = Qt::UserRole + 1, IconsRole, PinnedRole };

    explicit SessionModel(QObject* parent = nullptr);

    /// The first page starts anew; a later one is appended where it continues what is there.
    void setPage(const LibraryPage& page);
    void clear();
    /// Sessions in the order of the rows; null for a head.
    const LibrarySession* session(int row) const;
    /// -1: not there.
    int find(storage::SessionId id) const;
    /// Pages end where the next one begins; how many rows were asked for so far.
    int loaded() const { return loaded_; }
    bool isEmpty() const { return rows_.empty(); }
    void setWritable(bool writable) { writable_ = writable; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    /// Qt::EditRole: a new name.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void pageWanted(int offset);
    void renamed(storage::SessionId id, const QString& name);

private:
    struct Row {
        QString head; // of a day; then there is no session
        LibrarySession session;
    };
    std::vector<Row> rowsOf(const std::vector<LibrarySession>& sessions);

    std::vector<Row> rows_;
    QDate last_day_;
    int loaded_ = 0;
    bool more_ = false;
    bool asked_ = false; // for the next page
    bool writable_ = true;
};

} // namespace ui
