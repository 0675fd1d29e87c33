#pragma once

#include "ui/recording/types.h"

#include <QAbstractListModel>
#include <vector>

namespace ui::recording {

/// The user's own notes: those with a time in its order, the others below as they were written.
class NotesModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setNotes(std::vector<OwnNote> notes);
    const OwnNote& note(int row) const { return notes_[static_cast<std::size_t>(row)]; }
    int rowOf(qint64 id) const; // -1: not there
    void insert(const OwnNote& note);
    void setText(qint64 id, const QString& text);
    void remove(qint64 id);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    std::vector<OwnNote> notes_;
};

} // namespace ui::recording
