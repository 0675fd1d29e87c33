#include "ui/recording/notes_model.h"

#include <algorithm>
#include <limits>

namespace ui::recording {
namespace {

bool before(const OwnNote& a, const OwnNote& b)
{
    constexpr double kLast = std::numeric_limits<double>::max();
    return a.time_s.value_or(kLast) < b.time_s.value_or(kLast);
}

} // namespace

void NotesModel::setNotes(std::vector<OwnNote> notes)
{
    beginResetModel();
    notes_ = std::move(notes);
    std::stable_sort(notes_.begin(), notes_.end(), before);
    endResetModel();
}

int NotesModel::rowOf(qint64 id) const
{
    const auto at = std::find_if(notes_.begin(), notes_.end(), [id](const OwnNote& note) {
        return note.id == id;
    });
    return at == notes_.end() ? -1 : static_cast<int>(at - notes_.begin());
}

void NotesModel::insert(const OwnNote& note)
{
    const auto at = std::upper_bound(notes_.begin(), notes_.end(), note, before);
    const int row = static_cast<int>(at - notes_.begin());
    beginInsertRows({}, row, row);
    notes_.insert(at, note);
    endInsertRows();
}

void NotesModel::setText(qint64 id, const QString& text)
{
    const int row = rowOf(id);
    if (row < 0) return;
    notes_[static_cast<std::size_t>(row)].text = text;
    Q_EMIT dataChanged(index(row), index(row));
}

void NotesModel::remove(qint64 id)
{
    const int row = rowOf(id);
    if (row < 0) return;
    beginRemoveRows({}, row, row);
    notes_.erase(notes_.begin() + row);
    endRemoveRows();
}

int NotesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(notes_.size());
}

QVariant NotesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const auto& shown = note(index.row());
    if (role == Qt::DisplayRole || role == Qt::EditRole) return shown.text;
    if (role == Qt::AccessibleTextRole) {
        return shown.time_s ? tr("Note at %1, %2").arg(clockWords(*shown.time_s), shown.text)
                            : tr("Note, %1").arg(shown.text);
    }
    return {};
}

Qt::ItemFlags NotesModel::flags(const QModelIndex& index) const
{
    if (!index.isValid()) return {};
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemNeverHasChildren;
}

} // namespace ui::recording
