#pragma once

#include <QListView>

namespace ui {

class RowDelegate;

/// A QListView set up as our lists are: RowDelegate, group heads that keyboard and pointer skip,
/// hover, Enter and double click as `chosen`, nothing selected by itself. Set an accessible name.
class SectionedList : public QListView {
    Q_OBJECT
public:
    explicit SectionedList(QWidget* parent = nullptr);

    RowDelegate* rows() const { return delegate_; }
    /// A delegate of one's own, owned by the list.
    void setRows(RowDelegate* delegate);
    /// A single click chooses too (lists of sessions); else Enter and double click only.
    void setChooseOnClick(bool on) { choose_on_click_ = on; }
    /// Rows end there in a wide window; the scroll bar stays at the edge. 0: no end.
    void setMostWidth(int width_px);
    /// First and last row that is no head; invalid where there is none.
    QModelIndex firstRow() const;
    /// Makes it current without choosing it.
    void select(const QModelIndex& index);

Q_SIGNALS:
    /// The user opened this row.
    void chosen(const QModelIndex& index);
    /// Up on the first row: the field above may take the focus.
    void leftUpwards();

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    bool isHead(const QModelIndex& index) const;
    void updateMargins();

    RowDelegate* delegate_;
    int most_width_px_ = 0;
    bool choose_on_click_ = false;
};

} // namespace ui
