#include "ui/recording/notes_delegate.h"

#include "ui/recording/notes_model.h"
#include "ui/recording/text_editor.h"
#include "ui/theme/theme.h"
#include "ui/widgets/citation_chip.h"

#include <algorithm>
#include <QAbstractScrollArea>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextLayout>

namespace ui::recording {
namespace {

constexpr int kInset_px = 12;
constexpr int kTime_px = 72;
constexpr int kPadding_px = 6;
constexpr int kPause_ms = 600;

const OwnNote& noteOf(const QModelIndex& index)
{
    return static_cast<const NotesModel*>(index.model())->note(index.row());
}

Place placeOf(const OwnNote& note)
{
    Place place;
    place.kind = PlaceKind::Sound;
    place.start_s = note.time_s;
    return place;
}

} // namespace

NotesDelegate::NotesDelegate(QObject* parent) : QStyledItemDelegate(parent)
{
}

NotesDelegate::Columns NotesDelegate::columns(const QRect& row, const QWidget* view) const
{
    int right_px = theme::kCentrePadding_px;
    if (const auto* area = qobject_cast<const QAbstractScrollArea*>(view);
        area != nullptr && area->verticalScrollBar()->isVisible())
        right_px -= area->verticalScrollBar()->width();
    Columns at;
    at.ground = row.adjusted(kInset_px, 0, -(right_px - kInset_px), 0);
    const QRect inside =
        row.adjusted(theme::kCentrePadding_px, kPadding_px, -right_px, -kPadding_px);
    at.time = QRect(inside.left(), inside.top(), kTime_px, theme::lineHeight(theme::Step::Reading));
    at.text = inside.adjusted(kTime_px + theme::kGap_px, 0, 0, 0);
    at.text.setWidth(std::min(at.text.width(), theme::kReadingColumn_px));
    if (view != nullptr && view->layoutDirection() == Qt::RightToLeft) {
        for (QRect* rect : {&at.ground, &at.time, &at.text})
            *rect = QStyle::visualRect(Qt::RightToLeft, row, *rect);
    }
    return at;
}

/// Answers how many lines there are.
int NotesDelegate::layOut(QTextLayout& layout, const QString& text, int width) const
{
    QString lines = text;
    lines.replace(u'\n', QChar::LineSeparator);
    layout.setText(lines);
    layout.setFont(theme::font(theme::Step::Reading));
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    const int pitch_px = theme::lineHeight(theme::Step::Reading);
    layout.beginLayout();
    int count = 0;
    for (;; ++count) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) break;
        line.setLineWidth(width);
        line.setPosition({0, count * pitch_px + (pitch_px - line.height()) / 2});
    }
    layout.endLayout();
    return std::max(1, count);
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
    if (index.row() == editing_row_ && editing_height_px_ > 0)
        return {width_px, editing_height_px_};
    QTextLayout layout;
    const int text_px = columns(QRect(0, 0, width_px, 40), option.widget).text.width();
    const int lines = layOut(layout, noteOf(index).text, text_px);
    return {width_px, lines * theme::lineHeight(theme::Step::Reading) + 2 * kPadding_px};
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
    if (index.row() != editing_row_) {
        QTextLayout layout;
        layOut(layout, note.text, at.text.width());
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
    auto* editor = new TextEditor(parent);
    editor->setPlainText(noteOf(index).text);
    editor->setAccessibleName(tr("Note, editing"));
    editor->moveCursor(QTextCursor::End);
    editing_row_ = index.row();
    entered_ = false;
    const QPersistentModelIndex at(index);
    connect(editor, &TextEditor::heightChanged, this, [this, at, editor] {
        if (!at.isValid()) return;
        const int height_px = editor->contentHeight() + 2 * kPadding_px;
        if (height_px == editing_height_px_) return;
        editing_height_px_ = height_px;
        Q_EMIT const_cast<NotesDelegate*>(this)->sizeHintChanged(at);
    });
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
    const auto at = columns(option.rect, option.widget);
    editor->setGeometry(QRect(
        at.text.left() - TextEditor::kPaddingX_px,
        option.rect.top() + 1,
        at.text.width() + 2 * TextEditor::kPaddingX_px,
        option.rect.height() - 2));
}

bool NotesDelegate::eventFilter(QObject* object, QEvent* event)
{
    auto* editor = qobject_cast<TextEditor*>(object);
    if (editor != nullptr && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && !(key->modifiers() & Qt::ShiftModifier)) {
            Q_EMIT commitData(editor);
            Q_EMIT closeEditor(editor, NoHint);
            return true;
        }
    }
    return QStyledItemDelegate::eventFilter(object, event);
}

void NotesDelegate::destroyEditor(QWidget* editor, const QModelIndex& index) const
{
    editing_row_ = -1;
    editing_height_px_ = 0;
    if (index.isValid()) {
        if (!entered_) Q_EMIT left(noteOf(index).id);
        Q_EMIT const_cast<NotesDelegate*>(this)->sizeHintChanged(index);
    }
    QStyledItemDelegate::destroyEditor(editor, index);
}

} // namespace ui::recording
