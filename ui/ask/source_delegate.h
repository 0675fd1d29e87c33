#pragma once

#include "ui/ask/types.h"

#include <QStyledItemDelegate>

namespace ui {

/// Draws the card of a source: icon, name, facts; phase, bar and time left; the problem and its way
/// out. The buttons of the current row are real (SourceList), all others are drawn here.
class SourceDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// Where things stand in a card; hit tests use the same.
    struct Plan {
        QRect icon;
        QRect name;
        QRect facts;
        QRect phase;
        QRect bar;    // empty: none
        QRect left;   // time left
        QRect detail; // empty: none
        QRect button; // empty: none ("Enter password…", "Try again")
        QRect act;    // × or …
    };

    explicit SourceDelegate(QObject* parent = nullptr);

    static Plan plan(const QRect& row, const SourceItem& source);
    /// "Enter password…", "Try again", "Go on reading", "Summary and transcript"; empty: none.
    static QString buttonWords(const SourceItem& source);
    /// "Cancel", "Remove", "More"; its icon.
    static QString actWords(const SourceItem& source);
    static QString actIcon(const SourceItem& source);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
        const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget*, const QStyleOptionViewItem&, const QModelIndex&) const override;
    void setModelData(QWidget*, QAbstractItemModel*, const QModelIndex&) const override;
    void
    updateEditorGeometry(QWidget*, const QStyleOptionViewItem&, const QModelIndex&) const override;
};

} // namespace ui
