#pragma once

#include "ui/library/types.h"

#include <QWidget>

class QDateEdit;
class QToolButton;

namespace ui {

class FilterModel;
class Popup;
class SectionedList;

/// The list column of the library: what is shown, tags, times, and export in its header.
class FilterPane : public QWidget {
    Q_OBJECT
public:
    explicit FilterPane(QWidget* parent = nullptr);

    void setNumbers(const LibraryNumbers& numbers);
    const LibraryNumbers& numbers() const;
    void setFilter(const LibraryFilter& filter);
    LibraryFilter filter() const;
    void setCanExport(bool can);

Q_SIGNALS:
    void filterChosen(const ui::LibraryFilter& filter);
    void exportWanted();

private:
    void choose(const QModelIndex& index);
    void askForDates(const QModelIndex& row);

    FilterModel* model_;
    SectionedList* list_;
    QToolButton* export_;
    Popup* dates_ = nullptr;
    QWidget* anchor_ = nullptr; // the row that opened it
    QDateEdit* from_ = nullptr;
    QDateEdit* until_ = nullptr;
};

} // namespace ui
