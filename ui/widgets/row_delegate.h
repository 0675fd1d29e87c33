#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/tag.h"

#include <QList>
#include <QPair>
#include <QStyledItemDelegate>

namespace ui {

/// What RowDelegate reads of a model. Qt::DisplayRole is the first line. Everything is optional.
namespace row {
enum Role {
    Header = Qt::UserRole + 100, // bool: head of a group, 11 px 600, cannot be chosen
    Second,                      // QString: second line; any text makes a row two lines high
    Icon,                        // QString: name of an icon, 16 px (20 px in two lines)
    IconColor,                   // int(theme::Color); text-2 by itself
    Trailing,                    // QString: caption at the right end
    TrailingColor,               // int(theme::Color); text-3 by itself
    TagText,                     // QString: tag before the caption
    TagKindOf,                   // int(TagKind)
    Key,                         // QString: key cap at the right end
    Marks,                       // row::Spans: found words in the first line
    SecondMarks,                 // row::Spans: found words in the second line
    Strong,                      // bool: first line in 600
    Faded,                       // bool: first line in text-3 (stopped, deleted)
    Tooltip = Qt::ToolTipRole,   // set by itself where a line is cut
};
/// (start, length) in UTF-16 units.
using Spans = QList<QPair<int, int>>;
} // namespace row

/// "First line, second line, tag, caption": what models answer for Qt::AccessibleTextRole.
QString rowWords(const QModelIndex& index);

/// One-line rows of 32 px and two-line rows of 48 px; selection, hover and keyboard focus as the
/// style draws them. Derive and override paintEnd() for chips of one's own at the right end.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit RowDelegate(QObject* parent = nullptr);

    /// Distance of the row's ground from both sides of the view.
    void setMargin(int margin_px) { margin_px_ = margin_px; }
    int margin() const { return margin_px_; }
    /// All rows two lines high, also those without a second line.
    void setTwoLines(bool on) { two_lines_ = on; }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
        const override;
    bool helpEvent(
        QHelpEvent* event,
        QAbstractItemView* view,
        const QStyleOptionViewItem& option,
        const QModelIndex& index) override;

protected:
    /// Draws what stands at the right end of `room` and answers how much of it was taken.
    virtual int paintEnd(
        QPainter& painter,
        const QRect& room,
        const QStyleOptionViewItem& option,
        const QModelIndex& index) const;

private:
    struct Plan;
    Plan plan(const QRect& rect, const QModelIndex& index, int end_px) const;

    int margin_px_ = 8;
    bool two_lines_ = false;
};

/// Ground and edge of a row in its state; for delegates of other shape.
void drawRowGround(QPainter& painter, const QRect& rect, const QStyleOptionViewItem& option);
/// One line, cut at the end, with found words on `cite`. Answers whether it was cut.
bool drawMarkedLine(
    QPainter& painter,
    const QRect& rect,
    const QString& text,
    const QFont& font,
    const QColor& color,
    const row::Spans& marks = {});

} // namespace ui
