#include "ui/ask/recent_session_model.h"

#include "ui/ask/session_days.h"
#include "ui/widgets/row_delegate.h"

#include <algorithm>
#include <QLocale>
#include <utility>

namespace ui {

RecentSessionModel::RecentSessionModel(QObject* parent)
    : QAbstractListModel(parent), today_(QDate::currentDate())
{
}

void RecentSessionModel::setPinned(std::vector<SessionItem> pinned)
{
    pinned_ = std::move(pinned);
    rebuild();
}

void RecentSessionModel::setPage(int offset, std::vector<SessionItem> sessions, bool more)
{
    waiting_ = false;
    if (offset > sessionCount()) return; // asked for before the list began anew
    sessions_.resize(static_cast<std::size_t>(offset));
    std::move(sessions.begin(), sessions.end(), std::back_inserter(sessions_));
    more_ = more;
    rebuild();
}

void RecentSessionModel::reload()
{
    waiting_ = true;
    Q_EMIT pageWanted(0, std::max(kPage, sessionCount()));
}

void RecentSessionModel::setToday(QDate today)
{
    if (today == today_) return;
    today_ = today;
    rebuild();
}

std::vector<RecentSessionModel::Line> RecentSessionModel::lines() const
{
    std::vector<Line> lines;
    if (!pinned_.empty()) lines.push_back({tr("Pinned"), {}});
    for (const auto& session : pinned_) lines.push_back({{}, session});
    QDate day;
    for (const auto& session : sessions_) {
        if (session.pinned) continue;
        if (session.when.date() != day || lines.empty()) {
            day = session.when.date();
            lines.push_back({dayHeading(day, today_), {}});
        }
        lines.push_back({{}, session});
    }
    return lines;
}

/// Rows in front that stay the same stay: the view keeps its place and its selection.
void RecentSessionModel::rebuild()
{
    std::vector<Line> fresh = lines();
    const auto same = [](const Line& a, const Line& b) {
        return a.head == b.head && a.session.id == b.session.id;
    };
    const auto [kept, unused] =
        std::mismatch(lines_.begin(), lines_.end(), fresh.begin(), fresh.end(), same);
    const auto front = kept - lines_.begin();
    const auto back = std::mismatch(
                          lines_.rbegin(),
                          lines_.rend() - front,
                          fresh.rbegin(),
                          fresh.rend() - front,
                          same)
                          .first -
                      lines_.rbegin();
    const auto first = static_cast<int>(front);
    const auto gone = static_cast<int>(lines_.end() - kept - back);
    const auto added = static_cast<int>(static_cast<std::ptrdiff_t>(fresh.size()) - front - back);
    if (gone > 0) {
        beginRemoveRows({}, first, first + gone - 1);
        lines_.erase(kept, kept + gone);
        endRemoveRows();
    }
    if (added > 0) {
        beginInsertRows({}, first, first + added - 1);
        lines_.insert(lines_.begin() + first, fresh.begin() + first, fresh.begin() + first + added);
        endInsertRows();
    }
    lines_ = std::move(fresh);
    if (!lines_.empty()) Q_EMIT dataChanged(index(0), index(static_cast<int>(lines_.size()) - 1));
}

storage::SessionId RecentSessionModel::sessionAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.row() >= rowCount()) return 0;
    return lines_[static_cast<std::size_t>(index.row())].session.id;
}

QModelIndex RecentSessionModel::find(storage::SessionId session) const
{
    if (session == 0) return {};
    const auto at = std::find_if(lines_.begin(), lines_.end(), [&](const Line& line) {
        return line.session.id == session;
    });
    return at == lines_.end() ? QModelIndex{} : index(static_cast<int>(at - lines_.begin()));
}

int RecentSessionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(lines_.size());
}

QVariant RecentSessionModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Line& line = lines_[static_cast<std::size_t>(index.row())];
    const bool head = !line.head.isEmpty();
    switch (role) {
    case Qt::DisplayRole:
        return head ? line.head : line.session.name;
    case Qt::EditRole:
    case NameRole:
        return line.session.name;
    case row::Header:
        return head;
    case row::Second:
        if (head) return {};
        //: what a session holds, and the time of day: "5 sources · 12:40"
        return tr("%1 · %2").arg(
            line.session.holds,
            QLocale().toString(line.session.when.time(), tr("HH:mm")));
    case Qt::AccessibleTextRole:
        return rowWords(index) + (line.session.pinned ? tr(", pinned") : QString{});
    case SessionRole:
        return QVariant::fromValue(line.session.id);
    case PinnedRole:
        return line.session.pinned;
    default:
        return {};
    }
}

bool RecentSessionModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const QString name = value.toString().simplified();
    if (role != Qt::EditRole || sessionAt(index) == 0 || name.isEmpty()) return false;
    Line& line = lines_[static_cast<std::size_t>(index.row())];
    if (line.session.name == name) return true;
    const auto id = line.session.id;
    for (auto* list : {&pinned_, &sessions_}) {
        for (auto& session : *list) {
            if (session.id == id) session.name = name;
        }
    }
    line.session.name = name;
    Q_EMIT dataChanged(index, index);
    Q_EMIT renamed(id, name);
    return true;
}

Qt::ItemFlags RecentSessionModel::flags(const QModelIndex& index) const
{
    if (sessionAt(index) == 0) return Qt::ItemNeverHasChildren;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemNeverHasChildren;
}

bool RecentSessionModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && more_ && !waiting_;
}

void RecentSessionModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent)) return;
    waiting_ = true;
    Q_EMIT pageWanted(sessionCount(), kPage);
}

} // namespace ui
