#include "ui/ask/ingest_model.h"

#include "ui/ask/source_words.h"

#include <algorithm>
#include <utility>

namespace ui {

void IngestModel::setSources(std::vector<SourceItem> sources)
{
    beginResetModel();
    sources_ = std::move(sources);
    endResetModel();
    Q_EMIT stateChanged();
}

void IngestModel::update(const SourceItem& source)
{
    update(std::vector<SourceItem>{source});
}

void IngestModel::update(const std::vector<SourceItem>& sources)
{
    std::vector<SourceItem> fresh;
    for (const SourceItem& source : sources) {
        const QModelIndex index = find(source.key);
        if (index.isValid())
            change(index, source);
        else
            fresh.push_back(source);
    }
    if (!fresh.empty()) {
        const int row = rowCount();
        beginInsertRows({}, row, row + static_cast<int>(fresh.size()) - 1);
        sources_.insert(sources_.end(), fresh.begin(), fresh.end());
        endInsertRows();
    }
    if (!sources.empty()) Q_EMIT stateChanged();
}

void IngestModel::change(const QModelIndex& index, const SourceItem& source)
{
    SourceItem& held = sources_[static_cast<std::size_t>(index.row())];
    const bool goes_on = held.state == source.state && held.total == source.total;
    const double done =
        goes_on && isBusy(held.state) ? std::max(held.done, source.done) : source.done;
    held = source;
    held.done = done;
    Q_EMIT dataChanged(index, index);
}

void IngestModel::remove(qint64 key)
{
    const QModelIndex index = find(key);
    if (!index.isValid()) return;
    beginRemoveRows({}, index.row(), index.row());
    sources_.erase(sources_.begin() + index.row());
    endRemoveRows();
    Q_EMIT stateChanged();
}

const SourceItem& IngestModel::at(const QModelIndex& index) const
{
    return sources_[static_cast<std::size_t>(index.row())];
}

QModelIndex IngestModel::find(qint64 key) const
{
    const auto at = std::find_if(sources_.begin(), sources_.end(), [&](const SourceItem& source) {
        return source.key == key;
    });
    return at == sources_.end() ? QModelIndex{} : index(static_cast<int>(at - sources_.begin()));
}

int IngestModel::answerable() const
{
    return static_cast<int>(std::count_if(sources_.begin(), sources_.end(), isAnswerable));
}

bool IngestModel::busy() const
{
    return std::any_of(sources_.begin(), sources_.end(), [](const SourceItem& source) {
        return isBusy(source.state);
    });
}

int IngestModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(sources_.size());
}

QVariant IngestModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const SourceItem& source = at(index);
    switch (role) {
    case Qt::DisplayRole:
        return source.name;
    case Qt::ToolTipRole: {
        const QString detail = detailWords(source);
        return detail.isEmpty() ? source.path : source.path + u'\n' + detail;
    }
    case Qt::AccessibleTextRole:
        return spokenWords(source);
    case KeyRole:
        return source.key;
    default:
        return {};
    }
}

bool IngestModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != PasswordRole || !index.isValid()) return false;
    const QString password = value.toString();
    if (password.isEmpty()) return false;
    Q_EMIT passwordEntered(at(index).key, password);
    return true;
}

Qt::ItemFlags IngestModel::flags(const QModelIndex& index) const
{
    if (!index.isValid()) return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (at(index).state == SourceState::NeedsPassword) flags |= Qt::ItemIsEditable;
    return flags;
}

} // namespace ui
