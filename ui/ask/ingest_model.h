#pragma once

#include "ui/ask/types.h"

#include <QAbstractListModel>
#include <vector>

namespace ui {

/// The sources of the session that is shown, one card a row.
class IngestModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { KeyRole = Qt::UserRole + 1, PasswordRole };

    using QAbstractListModel::QAbstractListModel;

    void setSources(std::vector<SourceItem> sources);
    /// A card that changed, or a new one at the end. Progress never runs backwards.
    void update(const SourceItem& source);
    /// Many at once: a folder has thousands, and each change lays the list out anew.
    void update(const std::vector<SourceItem>& sources);
    void remove(qint64 key);

    const std::vector<SourceItem>& sources() const { return sources_; }
    const SourceItem& at(const QModelIndex& index) const;
    QModelIndex find(qint64 key) const;
    int answerable() const;
    bool busy() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    /// PasswordRole: the password that the user typed; passed on, never kept.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void passwordEntered(qint64 key, const QString& password);
    /// Something that counts or sums depend on changed.
    void stateChanged();

private:
    void change(const QModelIndex& index, const SourceItem& source);

    std::vector<SourceItem> sources_;
};

} // namespace ui
