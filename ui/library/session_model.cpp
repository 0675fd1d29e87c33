#include "ui/library/session_model.h"

#include "ui/library/session_words.h"
#include "ui/palette/hit_words.h"
#include "ui/widgets/row_delegate.h"

#include <algorithm>
#include <iterator>

namespace ui {

SessionModel::SessionModel(QObject* parent) : QAbstractListModel(parent)
{
}

void SessionModel::setPage(const LibraryPage& page)
{
    if (page.offset == 0) {
        beginResetModel();
        rows_.clear();
        last_day_ = {};
        if (!page.pinned.empty()) {
            rows_.push_back({tr("Pinned"), {}});
            for (const LibrarySession& session : page.pinned) rows_.push_back({{}, session});
        }
        auto rows = rowsOf(page.sessions);
        std::move(rows.begin(), rows.end(), std::back_inserter(rows_));
        loaded_ = static_cast<int>(page.sessions.size());
        more_ = page.more;
        asked_ = false;
        endResetModel();
        return;
    }
    if (page.offset != loaded_) return; // of a list that is gone
    loaded_ += static_cast<int>(page.sessions.size());
    more_ = page.more && !page.sessions.empty();
    asked_ = false;
    auto rows = rowsOf(page.sessions);
    if (rows.empty()) return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
    std::move(rows.begin(), rows.end(), std::back_inserter(rows_));
    endInsertRows();
}

void SessionModel::clear()
{
    beginResetModel();
    rows_.clear();
    loaded_ = 0;
    more_ = false;
    last_day_ = {};
    endResetModel();
}

std::vector<SessionModel::Row> SessionModel::rowsOf(const std::vector<LibrarySession>& sessions)
{
    std::vector<Row> rows;
    rows.reserve(sessions.size() + 8);
    const QDate today = QDate::currentDate();
    for (const LibrarySession& session : sessions) {
        if (session.pinned) continue; // stands above
        const QDate day = session.created.date();
        if (day != last_day_) rows.push_back({dayWords(day, today), {}});
        last_day_ = day;
        rows.push_back({{}, session});
    }
    return rows;
}

const LibrarySession* SessionModel::session(int row) const
{
    if (row < 0 || row >= rowCount()) return nullptr;
    const Row& at = rows_[static_cast<std::size_t>(row)];
    return at.session.id == 0 ? nullptr : &at.session;
}

int SessionModel::find(storage::SessionId id) const
{
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) {
        return row.session.id == id;
    });
    return id == 0 || found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int SessionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant SessionModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const Row& at = rows_[static_cast<std::size_t>(index.row())];
    const LibrarySession& session = at.session;
    if (session.id == 0) {
        if (role == row::Header) return true;
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole ? QVariant(at.head)
                                                                         : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return session.name;
    case Qt::UserRole:
        return QVariant::fromValue<qint64>(session.id);
    case Qt::AccessibleTextRole:
        return sessionSentence(session);
    case row::Second:
        return sessionSecondWords(session); // when it is painted: a page may have thousands
    case row::Icon:
        return sessionIcon(session);
    case TagsRole:
        return session.tags;
    case IconsRole:
        return sessionIcons(session);
    case PinnedRole:
        return session.pinned;
    default:
        return {};
    }
}

bool SessionModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || session(index.row()) == nullptr) return false;
    LibrarySession& session = rows_[static_cast<std::size_t>(index.row())].session;
    if (name.isEmpty() || name == session.name) return false;
    session.name = name;
    Q_EMIT dataChanged(index, index);
    Q_EMIT renamed(session.id, name);
    return true;
}

Qt::ItemFlags SessionModel::flags(const QModelIndex& index) const
{
    if (session(index.row()) == nullptr) return Qt::NoItemFlags;
    const Qt::ItemFlags chosen =
        Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return writable_ ? chosen | Qt::ItemIsEditable : chosen;
}

bool SessionModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && more_ && !asked_;
}

void SessionModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent)) return;
    asked_ = true;
    Q_EMIT pageWanted(loaded_);
}

} // namespace ui
