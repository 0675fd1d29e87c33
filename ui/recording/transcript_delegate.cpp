#include "ui/recording/transcript_delegate.h"

#include "ui/recording/row_room.h"
#include "ui/recording/text_editor.h"
#include "ui/theme/theme.h"
#include "ui/widgets/row_delegate.h"

#include <algorithm>
#include <QAbstractItemView>
#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QCompleter>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QTextLayout>
#include <QToolTip>

namespace ui::recording {
namespace {

using Kind = TranscriptLine::Kind;

constexpr int kInset_px = 12; // of the row's ground, so that text stands on the centre's padding
constexpr int kColumnGap_px = 12;
constexpr int kSpeaker_px = 132;
constexpr int kRulePadding_px = 8;
constexpr int kDot_px = 8;

const TranscriptModel& modelOf(const QModelIndex& index)
{
    return *static_cast<const TranscriptModel*>(index.model());
}

/// A caption or small line whose middle is that of the first line of text.
QRect firstLine(const QRect& column)
{
    return {column.left(), column.top(), column.width(), theme::lineHeight(theme::Step::Reading)};
}

QString ruleWords(const TranscriptLine& line)
{
    switch (line.kind) {
    case Kind::Gap: {
        const QString span = TranscriptModel::tr("Gap %1 – %2")
                                 .arg(clockWords(line.start_s), clockWords(line.end_s));
        return line.text.isEmpty() ? span : QStringLiteral("%1: %2").arg(span, line.text);
    }
    case Kind::Marker:
        return line.text.isEmpty() ? TranscriptModel::tr("Marked") : line.text;
    case Kind::Silence:
        return TranscriptModel::tr("%1 s without speech").arg(qRound(line.end_s - line.start_s));
    case Kind::Speech:
        break;
    }
    return {};
}

QString recognisedWords(const TranscriptLine& line)
{
    return TranscriptModel::tr("Recognised: %1").arg(line.text);
}

} // namespace

TranscriptDelegate::TranscriptDelegate(QObject* parent) : TextRowDelegate(parent)
{
    setLongest(0);
}

void TranscriptDelegate::watch(const TranscriptModel& model)
{
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        heights_.clear();
        forgetEditing();
        current_ = {-1, 0, 0};
    });
    connect(&model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex& at) {
        forget(at.row());
    });
    connect(&model, &TranscriptModel::speakersChanged, this, [this] { laid_out_px_ = 0; });
}

void TranscriptDelegate::setLongest(double duration_s)
{
    const QFontMetrics metrics(theme::font(theme::Step::Caption));
    const QString widest = duration_s < 3600 ? QStringLiteral("88:88") : QStringLiteral("8:88:88");
    time_width_px_ = std::max(36, metrics.horizontalAdvance(widest) + 2);
    laid_out_px_ = 0;
}

void TranscriptDelegate::forget(int row) const
{
    const auto at = static_cast<std::size_t>(row);
    if (row >= 0 && at < heights_.size()) heights_[at] = 0;
}

TranscriptDelegate::Columns
TranscriptDelegate::columns(const QRect& whole, const QWidget* view, bool speakers) const
{
    const auto [row, right_px] = rowRoom(whole, view);
    Columns at;
    at.ground = row.adjusted(kInset_px, 0, -(right_px - kInset_px), 0);
    const QRect inside =
        row.adjusted(theme::kCentrePadding_px, kRowPadding_px, -right_px, -kRowPadding_px);
    at.time = QRect(inside.topLeft(), QSize(time_width_px_, inside.height()));
    int x = at.time.right() + 1 + kColumnGap_px;
    if (speakers) {
        at.speaker = QRect(x, inside.top(), kSpeaker_px, inside.height());
        x += kSpeaker_px + kColumnGap_px;
    }
    const int width_px = std::min(inside.right() + 1 - x, theme::kReadingColumn_px);
    at.text = QRect(x, inside.top(), std::max(width_px, 40), inside.height());
    if (view != nullptr && view->layoutDirection() == Qt::RightToLeft) {
        for (QRect* rect : {&at.ground, &at.time, &at.speaker, &at.text})
            *rect = QStyle::visualRect(Qt::RightToLeft, whole, *rect);
    }
    return at;
}

int TranscriptDelegate::textWidth(const QWidget* view, bool speakers) const
{
    const auto* area = qobject_cast<const QAbstractScrollArea*>(view);
    const int width_px = area == nullptr ? theme::kReadingColumn_px : area->viewport()->width();
    return columns(QRect(0, 0, width_px, 100), view, speakers).text.width();
}

QSize TranscriptDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index)
    const
{
    const auto& model = modelOf(index);
    const auto& line = model.line(index.row());
    const int width_px = textWidth(option.widget, model.hasSpeakers());
    if (width_px != laid_out_px_) {
        heights_.assign(static_cast<std::size_t>(model.size()), 0);
        laid_out_px_ = width_px;
    }
    if (line.kind != Kind::Speech)
        return {width_px, theme::lineHeight(theme::Step::Caption) + 2 * kRulePadding_px};
    if (index.row() == editingRow() && editingHeight_px() > 0)
        return {width_px, editingHeight_px()};
    const auto at = static_cast<std::size_t>(index.row());
    if (at >= heights_.size()) heights_.resize(static_cast<std::size_t>(model.size()), 0);
    if (heights_[at] == 0) {
        QTextLayout layout;
        layOut(layout, line.shown(), theme::Step::Reading, width_px);
        heights_[at] = std::max(1, layout.lineCount()) * theme::lineHeight(theme::Step::Reading) +
                       2 * kRowPadding_px;
        if (line.edited && model.isRevealed(line.id)) {
            QTextLayout recognised;
            layOut(recognised, recognisedWords(line), theme::Step::Small, width_px);
            heights_[at] += recognised.lineCount() * theme::lineHeight(theme::Step::Small);
        }
    }
    return {width_px, heights_[at]};
}

void TranscriptDelegate::paint(
    QPainter* painter,
    const QStyleOptionViewItem& option,
    const QModelIndex& index) const
{
    const auto& model = modelOf(index);
    const auto& line = model.line(index.row());
    const auto at = columns(option.rect, option.widget, model.hasSpeakers());
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    const bool playing = index.row() == model.playing();
    painter->save();
    if (line.kind != Kind::Speech) {
        paintRule(*painter, at, line, focused);
        painter->restore();
        return;
    }
    if (playing) {
        theme::drawBox(
            *painter,
            at.ground,
            theme::kControlRadius_px,
            theme::color(theme::Color::AccentTint));
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        theme::drawBox(
            *painter,
            at.ground,
            theme::kControlRadius_px,
            theme::color(theme::Color::Hover));
    }
    if (focused && option.state.testFlag(QStyle::State_KeyboardFocusChange))
        theme::drawFocusRing(*painter, QRectF(at.ground).adjusted(3, 3, -3, -3), 4);

    painter->setFont(theme::font(theme::Step::Caption, playing));
    painter->setPen(theme::color(playing ? theme::Color::Accent : theme::Color::Text3));
    painter->drawText(firstLine(at.time), Qt::AlignVCenter, clockWords(line.start_s));

    if (!line.speaker.isEmpty()) {
        const QColor color = theme::color(model.speakerColor(line.speaker));
        const QRect first = firstLine(at.speaker);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        QRect dot(first.left(), first.center().y() - kDot_px / 2 + 1, kDot_px, kDot_px);
        QRect name = first.adjusted(kDot_px + 6, 0, 0, 0);
        dot = QStyle::visualRect(option.direction, first, dot);
        name = QStyle::visualRect(option.direction, first, name);
        painter->drawEllipse(dot);
        painter->setFont(theme::font(theme::Step::Small, true));
        painter->setPen(color);
        painter->drawText(
            name,
            Qt::AlignVCenter,
            QFontMetrics(painter->font()).elidedText(line.speaker, Qt::ElideRight, name.width()));
    }

    if (index.row() != editingRow() || edits_ != Edits::Text) {
        QTextLayout layout;
        QList<QTextLayout::FormatRange> formats;
        if (!line.edited) {
            for (const auto& word : line.words) {
                if (!word.uncertain()) continue;
                QTextCharFormat format;
                format.setUnderlineStyle(QTextCharFormat::DotLine);
                format.setUnderlineColor(theme::color(theme::Color::Warn));
                formats.append({word.begin, word.end - word.begin, format});
            }
        }
        for (const auto& [begin, length] : model.foundIn(index.row())) {
            const bool stepped_to = current_.row == index.row() && current_.begin == begin;
            QTextCharFormat format;
            format.setBackground(
                theme::color(stepped_to ? theme::Color::CiteActive : theme::Color::Cite));
            // On the strong yellow the text is dark in both modes.
            format.setForeground(
                stepped_to ? QColor(0x3e, 0x31, 0x00) : theme::color(theme::Color::OnCite));
            formats.append({begin, length, format});
        }
        layout.setFormats(formats);
        layOut(layout, line.shown(), theme::Step::Reading, at.text.width());
        painter->setPen(theme::color(theme::Color::Text));
        layout.draw(painter, at.text.topLeft());
        if (line.edited && model.isRevealed(line.id)) {
            QTextLayout recognised;
            layOut(recognised, recognisedWords(line), theme::Step::Small, at.text.width());
            painter->setPen(theme::color(theme::Color::Text3));
            const int above_px = layout.lineCount() * theme::lineHeight(theme::Step::Reading);
            recognised.draw(painter, at.text.topLeft() + QPoint(0, above_px));
        }
    }
    if (line.edited && index.row() != editingRow()) {
        constexpr int kIcon_px = 12;
        const QRect first = firstLine(at.text);
        const int x =
            option.direction == Qt::RightToLeft ? first.right() + 3 : first.left() - kIcon_px - 3;
        painter->drawPixmap(
            QPoint(x, first.center().y() - kIcon_px / 2 + 1),
            theme::iconPixmap(
                QStringLiteral("pencil"),
                theme::Color::Text3,
                kIcon_px,
                painter->device()->devicePixelRatioF()));
    }
    painter->restore();
}

void TranscriptDelegate::paintRule(
    QPainter& painter,
    const Columns& at,
    const TranscriptLine& line,
    bool current) const
{
    const auto color = line.kind == Kind::Gap ? theme::Color::Warn : theme::Color::Text3;
    if (current) theme::drawFocusRing(painter, QRectF(at.ground).adjusted(3, 3, -3, -3), 4);
    painter.setFont(theme::font(theme::Step::Caption));
    painter.setPen(theme::color(theme::Color::Text3));
    painter.drawText(at.time, Qt::AlignVCenter, clockWords(line.start_s));
    QRect rule = at.text.united(at.speaker.isValid() ? at.speaker : at.text);
    const QFontMetrics metrics(painter.font());
    QString words = metrics.elidedText(ruleWords(line), Qt::ElideRight, rule.width() - 96);
    const bool has_icon = line.kind != Kind::Silence;
    const int icon_px = has_icon ? 14 + 6 : 0;
    const int words_px = metrics.horizontalAdvance(words) + icon_px;
    const int middle = rule.center().y();
    const int from = rule.center().x() - words_px / 2;
    painter.setPen(theme::color(theme::Color::Line));
    painter.drawLine(rule.left(), middle, from - kColumnGap_px, middle);
    painter.drawLine(from + words_px + kColumnGap_px, middle, rule.right(), middle);
    if (has_icon) {
        const QString icon =
            line.kind == Kind::Gap ? QStringLiteral("triangle-alert") : QStringLiteral("bookmark");
        painter.drawPixmap(
            QPoint(from, middle - 7),
            theme::iconPixmap(icon, color, 14, painter.device()->devicePixelRatioF()));
    }
    painter.setPen(theme::color(color));
    painter.drawText(
        QRect(
            from + icon_px,
            at.text.top() - kRowPadding_px,
            words_px,
            rule.height() + 2 * kRowPadding_px),
        Qt::AlignVCenter,
        words);
}

TranscriptDelegate::Part TranscriptDelegate::partAt(
    const QStyleOptionViewItem& option,
    const QModelIndex& index,
    const QPoint& pos) const
{
    const auto at = columns(option.rect, option.widget, modelOf(index).hasSpeakers());
    if (at.time.adjusted(-kInset_px, 0, 0, 0).contains(pos)) return Part::Time;
    if (modelOf(index).line(index.row()).kind != Kind::Speech) return Part::None;
    if (at.speaker.contains(pos)) return Part::Speaker;
    return at.text.contains(pos) ? Part::Text : Part::None;
}

int TranscriptDelegate::letterAt(
    const QStyleOptionViewItem& option,
    const QModelIndex& index,
    const QPoint& pos) const
{
    const auto at = columns(option.rect, option.widget, modelOf(index).hasSpeakers());
    if (!at.text.contains(pos)) return -1;
    QTextLayout layout;
    layOut(layout, modelOf(index).line(index.row()).shown(), theme::Step::Reading, at.text.width());
    const QPoint inside = pos - at.text.topLeft();
    const int number = inside.y() / theme::lineHeight(theme::Step::Reading);
    if (number >= layout.lineCount()) return -1;
    const QTextLine line = layout.lineAt(number);
    if (inside.x() > line.naturalTextWidth()) return -1;
    return line.xToCursor(inside.x(), QTextLine::CursorOnCharacter);
}

bool TranscriptDelegate::helpEvent(
    QHelpEvent* event,
    QAbstractItemView* view,
    const QStyleOptionViewItem& option,
    const QModelIndex& index)
{
    if (event->type() == QEvent::ToolTip && index.isValid()) {
        const auto& line = modelOf(index).line(index.row());
        const int letter = line.edited ? -1 : letterAt(option, index, event->pos());
        for (const auto& word : line.words) {
            if (letter < word.begin || letter >= word.end || !word.uncertain()) continue;
            QToolTip::showText(
                event->globalPos(),
                tr("Uncertain: heard with %1 % confidence").arg(qRound(100 * word.confidence)),
                view);
            return true;
        }
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

QWidget* TranscriptDelegate::createEditor(
    QWidget* parent,
    const QStyleOptionViewItem&,
    const QModelIndex& index) const
{
    const auto& model = modelOf(index);
    const auto& line = model.line(index.row());
    if (line.kind != Kind::Speech) return nullptr;
    if (edits_ != Edits::Text) {
        auto* name = new QLineEdit(parent);
        name->setText(line.speaker);
        name->selectAll();
        name->setAccessibleName(
            edits_ == Edits::SpeakerHere ? tr("Speaker of this line")
                                         : tr("Name of %1 everywhere").arg(line.speaker));
        auto* known = new QCompleter(model.speakers(), name);
        known->setCaseSensitivity(Qt::CaseInsensitive);
        name->setCompleter(known);
        return name;
    }
    return openEditor(
        parent,
        index,
        line.shown(),
        tr("Text at %1, editing").arg(clockWords(line.start_s)));
}

void TranscriptDelegate::setModelData(
    QWidget* editor,
    QAbstractItemModel*,
    const QModelIndex& index) const
{
    const auto& line = modelOf(index).line(index.row());
    if (const auto* name = qobject_cast<const QLineEdit*>(editor)) {
        const QString entered = name->text().simplified();
        if (entered == line.speaker) return;
        // Without a name there is no "everywhere": unknown voices need not be one person.
        const bool everywhere = edits_ == Edits::SpeakerEverywhere && !line.speaker.isEmpty();
        Q_EMIT speakerEntered(line.id, entered, everywhere);
        return;
    }
    const QString entered = qobject_cast<const TextEditor*>(editor)->toPlainText().simplified();
    if (entered != line.shown()) Q_EMIT textEntered(line.id, entered);
}

void TranscriptDelegate::updateEditorGeometry(
    QWidget* editor,
    const QStyleOptionViewItem& option,
    const QModelIndex& index) const
{
    const auto at = columns(option.rect, option.widget, modelOf(index).hasSpeakers());
    if (qobject_cast<QLineEdit*>(editor) != nullptr) {
        const QRect first = firstLine(at.speaker.isValid() ? at.speaker : at.text);
        editor->setGeometry(QRect(first.left() - 4, first.top() - 3, kSpeaker_px + 8, 28));
        return;
    }
    place(editor, at.text, option.rect);
}

} // namespace ui::recording
