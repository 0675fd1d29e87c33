#include "ui/recording/notes_delegate.h"

#include "ui/recording/notes_model.h"
#include "ui/recording/row_room.h"
#include "ui/recording/text_editor.h"
#include "ui/theme/theme.h"
#include "ui/widgets/citation_chip.h"

#include <algorithm>
#include <QAbstractScrollArea>
#include <QPainter>
#include <QTextLayout>

namespace ui::recording {
namespace {

constexpr int kInset_px = 12;
constexpr int kTime_px = 72;
constexpr int kPause_ms = 600;

const OwnNote& noteOf(const QModelIndex& index)
{
    return static_cast<const NotesModel*>(index.model())->note(index.row());
}

QString linesOf(const OwnNote& note)
{
    QString lines = note.text;
    return lines.replace(u'\n', QChar::LineSeparator);
}

Place placeOf(const OwnNote& note)
{
    Place place;
    place.kind = PlaceKind::Sound;
    place.start_s = note.time_s;
    return place;
}

} // namespace

NotesDelegate::NotesDelegate(QObject* parent) : TextRowDelegate(parent)
{
}

NotesDelegate::Columns NotesDelegate::columns(const QRect& whole, const QWidget* view) const
{
    const auto [row, right_px] = rowRoom(whole, view);
    Columns at;
    at.ground = row.adjusted(kInset_px, 0, -(right_px - kInset_px), 0);
    const QRect inside =
        row.adjusted(theme::kCentrePadding_px, kRowPadding_px, -right_px, -kRowPadding_px);
    at.time = QRect(inside.left(), inside.top(), kTime_px, theme::lineHeight(theme::Step::Reading));
    at.text = inside.adjusted(kTime_px + theme::kGap_px, 0, 0, 0);
    at.text.setWidth(std::min(at.text.width(), theme::kReadingColumn_px));
    if (view != nullptr && view->layoutDirection() == Qt::RightToLeft) {
        for (QRect* rect : {&at.ground, &at.time, &at.text})
            *rect = QStyle::visualRect(Qt::RightToLeft, whole, *rect);
    }
    return at;
}

bool NotesDelegate::isTime(
    const QStyleOptionViewItem& option,
    const QModelIndex& index,
    const QPoint& pos) const
{
    return noteOf(index).time_s && columns(option.rect, option.widget).time.contains(pos);
}

QSize NotesDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* area = qobject_cast<const QAbstractScrollArea*>(option.widget);
    const int width_px = area == nullptr ? theme::kReadingColumn_px : area->viewport()->width();
    if (index.row() == editingRow() && editingHeight_px() > 0)
        return {width_px, editingHeight_px()};
    QTextLayout layout;
    const int text_px = columns(QRect(0, 0, width_px, 40), option.widget).text.width();
    const int lines = layOut(layout, linesOf(noteOf(index)), theme::Step::Reading, text_px);
    return {width_px, lines * theme::lineHeight(theme::Step::Reading) + 2 * kRowPadding_px};
}

void NotesDelegate::paint(
    QPainter* painter,
    const QStyleOptionViewItem& option,
    const QModelIndex& index) const
{
    const auto& note = noteOf(index);
    const auto at = columns(option.rect, option.widget);
    painter->save();
    if (option.state.testFlag(QStyle::State_MouseOver))
        theme::drawBox(
            *painter,
            at.ground,
            theme::kControlRadius_px,
            theme::color(theme::Color::Hover));
    if (option.state.testFlag(QStyle::State_HasFocus) &&
        option.state.testFlag(QStyle::State_KeyboardFocusChange))
        theme::drawFocusRing(*painter, QRectF(at.ground).adjusted(3, 3, -3, -3), 4);
    if (note.time_s) {
        const auto chip = citationChip(placeOf(note));
        const QSize size = measure(chip);
        const QRect rect(
            at.time.left(),
            at.time.top() + (at.time.height() - size.height()) / 2,
            size.width(),
            size.height());
        ui::paint(*painter, QStyle::visualRect(option.direction, at.time, rect), chip);
    }
    if (index.row() != editingRow()) {
        QTextLayout layout;
        layOut(layout, linesOf(note), theme::Step::Reading, at.text.width());
        painter->setPen(theme::color(theme::Color::Text));
        layout.draw(painter, at.text.topLeft());
    }
    painter->restore();
}

QWidget* NotesDelegate::createEditor(
    QWidget* parent,
    const QStyleOptionViewItem&,
    const QModelIndex& index) const
{
    auto* editor = openEditor(parent, index, noteOf(index).text, tr("Note, editing"));
    entered_ = false;
    auto* pause = new QTimer(editor);
    pause->setSingleShot(true);
    pause->setInterval(kPause_ms);
    const qint64 id = noteOf(index).id;
    connect(editor, &QPlainTextEdit::textChanged, pause, [pause] { pause->start(); });
    connect(pause, &QTimer::timeout, this, [this, id, editor] {
        const QString text = editor->toPlainText().trimmed();
        if (!text.isEmpty()) Q_EMIT typed(id, text);
    });
    return editor;
}

void NotesDelegate::setModelData(QWidget* editor, QAbstractItemModel*, const QModelIndex& index)
    const
{
    entered_ = true;
    Q_EMIT entered(
        noteOf(index).id,
        qobject_cast<const TextEditor*>(editor)->toPlainText().trimmed());
}

void NotesDelegate::updateEditorGeometry(
    QWidget* editor,
    const QStyleOptionViewItem& option,
    const QModelIndex&) const
{
    place(editor, columns(option.rect, option.widget).text, option.rect);
}

void NotesDelegate::destroyEditor(QWidget* editor, const QModelIndex& index) const
{
    if (index.isValid() && !entered_) Q_EMIT left(noteOf(index).id);
    TextRowDelegate::destroyEditor(editor, index);
}

} // namespace ui::recording
