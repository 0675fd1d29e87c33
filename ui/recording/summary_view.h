#pragma once

#include "ui/recording/summary_model.h"

#include <QListView>

class QMenu;
class QToolButton;

namespace ui::recording {

class SummaryDelegate;

/// The lists of a summary. Click or Enter on a line shows its place; D, T and C, the buttons under
/// the pointer and the context menu put it into another list.
class SummaryView : public QListView {
    Q_OBJECT
public:
    explicit SummaryView(SummaryModel* model, QWidget* parent = nullptr);

    void fillMenu(QMenu& menu, int row);
    /// Makes the moved line current.
    void showMoved(const LineMove& move);
    /// No place of this view is in the evidence pane any more.
    void clearShown();

Q_SIGNALS:
    void placesChosen(const ui::PlaceList& places);
    void moveAsked(const ui::recording::LineMove& move);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void changeEvent(QEvent* event) override;

private:
    class MoveButtons;

    QStyleOptionViewItem optionOf(const QModelIndex& index) const;
    void choose(int row, int place);
    void hover(int row);

    SummaryModel* summary_;
    SummaryDelegate* delegate_;
    MoveButtons* buttons_;
    int chip_ = 0; // of the current row
};

/// "Move to likely decisions"
QString moveWords(ListKind to);

} // namespace ui::recording
