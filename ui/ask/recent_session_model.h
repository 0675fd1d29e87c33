#pragma once

#include "ui/ask/types.h"

#include <QAbstractListModel>
#include <vector>

namespace ui {

/// The sessions under heads: pinned ones first, then by day. Fed page by page: whoever scrolls to
/// the end makes it ask for more.
class RecentSessionModel : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr int kPage = 100;
    enum Role { SessionRole = Qt::UserRole + 1, PinnedRole, NameRole };

    explicit RecentSessionModel(QObject* parent = nullptr);

    /// All of them, few.
    void setPinned(std::vector<SessionItem> pinned);
    /// Rows `offset`.. of the sessions, newest first, pinned ones among them; offset 0 begins anew.
    /// `more`: the library holds further ones.
    void setPage(int offset, std::vector<SessionItem> sessions, bool more);
    /// Reads again what is shown.
    void reload();
    /// Day heads are relative to today.
    void setToday(QDate today);

    storage::SessionId sessionAt(const QModelIndex& index) const;
    QModelIndex find(storage::SessionId session) const;
    int sessionCount() const { return static_cast<int>(sessions_.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void pageWanted(int offset, int limit);
    void renamed(storage::SessionId session, const QString& name);

private:
    struct Line {
        QString head; // empty: a session
        SessionItem session;
    };

    std::vector<Line> lines() const;
    void rebuild();

    std::vector<SessionItem> pinned_;
    std::vector<SessionItem> sessions_; // as loaded
    std::vector<Line> lines_;
    QDate today_;
    bool more_ = false;
    bool waiting_ = false;
};

} // namespace ui
