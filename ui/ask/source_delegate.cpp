#include "ui/ask/source_delegate.h"

#include "ui/ask/ingest_model.h"
#include "ui/ask/source_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/progress.h"

#include <algorithm>
#include <QLineEdit>
#include <QListView>
#include <QPainter>

namespace ui {
namespace {

constexpr int kLeft_px = 14;
constexpr int kRight_px = 8;
constexpr int kAround_px = 10;
constexpr int kGap_px = 12;
constexpr int kIcon_px = 20;
constexpr int kStatusIcon_px = 14;
constexpr int kTimeLeft_px = 96;
constexpr int kButton_px = 28;
constexpr int kLeast_px = 58;
constexpr int kBar_px = 4;

const SourceItem* sourceOf(const QModelIndex& index)
{
    const auto* model = qobject_cast<const IngestModel*>(index.model());
    return model != nullptr && index.isValid() ? &model->at(index) : nullptr;
}

/// Where the words of the phase carry an icon: colour never speaks alone.
QString phaseIcon(const SourceItem& source)
{
    switch (source.state) {
    case SourceState::Ready:
        return source.failed_pages > 0 ? QStringLiteral("triangle-alert")
                                       : QStringLiteral("circle-check");
    case SourceState::Stopped:
        return QStringLiteral("circle-pause");
    case SourceState::Failed:
        return QStringLiteral("circle-alert");
    default:
        return {};
    }
}

theme::Color phaseColor(const SourceItem& source)
{
    switch (source.state) {
    case SourceState::Ready:
        return source.failed_pages > 0 ? theme::Color::Warn : theme::Color::Ok;
    case SourceState::Stopped:
        return theme::Color::Warn;
    case SourceState::Failed:
        return theme::Color::Record;
    default:
        return theme::Color::Text2;
    }
}

/// The words to the right have no room beside a button.
bool showsPhase(const SourceItem& source)
{
    return source.state != SourceState::NeedsPassword && source.state != SourceState::Failed;
}

int phaseWidth(const SourceItem& source)
{
    const QFontMetrics metrics(theme::font(theme::Step::Small));
    const int icon = phaseIcon(source).isEmpty() ? 0 : kStatusIcon_px + 4;
    return icon + metrics.horizontalAdvance(phaseWords(source)) + 1;
}

int buttonWidth(const QString& words)
{
    return QFontMetrics(theme::font(theme::Step::Body)).horizontalAdvance(words) + 28;
}

void drawText(
    QPainter& painter,
    const QRect& rect,
    const QString& text,
    theme::Step step,
    theme::Color color)
{
    painter.setFont(theme::font(step));
    painter.setPen(theme::color(color));
    const QString cut = painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, cut);
}

void drawIcon(QPainter& painter, const QRect& rect, const QString& name, theme::Color color)
{
    painter.drawPixmap(
        rect,
        theme::iconPixmap(name, color, rect.width(), painter.device()->devicePixelRatioF()));
}

} // namespace

SourceDelegate::SourceDelegate(QObject* parent) : QStyledItemDelegate(parent)
{
}

QString SourceDelegate::buttonWords(const SourceItem& source)
{
    if (source.state == SourceState::NeedsPassword) return tr("Enter password…");
    if (source.state == SourceState::Failed) return tr("Try again");
    if (source.state == SourceState::Stopped) return tr("Go on reading");
    if (isRecording(source)) return tr("Summary and transcript");
    return {};
}

QString SourceDelegate::actWords(const SourceItem& source)
{
    if (isBusy(source.state)) return tr("Cancel");
    return source.state == SourceState::Ready ? tr("More") : tr("Remove");
}

QString SourceDelegate::actIcon(const SourceItem& source)
{
    return source.state == SourceState::Ready ? QStringLiteral("ellipsis") : QStringLiteral("x");
}

SourceDelegate::Plan SourceDelegate::plan(const QRect& row, const SourceItem& source)
{
    Plan plan;
    const int body = theme::lineHeight(theme::Step::Body);
    const int small = theme::lineHeight(theme::Step::Small);
    const QRect inner = row.adjusted(kLeft_px, kAround_px, -kRight_px, -kAround_px);
    plan.act = QRect(
        inner.right() + 1 - kButton_px,
        row.center().y() - kButton_px / 2,
        kButton_px,
        kButton_px);
    plan.icon = QRect(inner.left(), row.center().y() - kIcon_px / 2, kIcon_px, kIcon_px);
    const int start = plan.icon.right() + 1 + kGap_px;
    int end = plan.act.left() - kGap_px;
    if (const QString words = buttonWords(source); !words.isEmpty()) {
        const int width = buttonWidth(words);
        plan.button = QRect(end - width, plan.act.top(), width, kButton_px);
        end -= width + kGap_px;
    } else {
        plan.left = QRect(end - kTimeLeft_px, row.center().y() - small / 2, kTimeLeft_px, small);
        end -= kTimeLeft_px + kGap_px;
    }
    const QString detail = detailWords(source);
    const bool bar = isBusy(source.state);
    int height = body + (bar ? 6 + kBar_px : 0);
    const QFontMetrics small_metrics(theme::font(theme::Step::Small));
    int detail_height = 0;
    if (!detail.isEmpty()) {
        const QRect room = small_metrics.boundingRect(
            QRect(0, 0, std::max(1, end - start), 4000),
            Qt::TextWordWrap,
            detail);
        detail_height =
            std::max(
                1,
                (room.height() + small_metrics.lineSpacing() / 2) / small_metrics.lineSpacing()) *
            small;
        height += detail_height;
    }
    int top = row.top() + (row.height() - height) / 2;
    int name_end = end;
    if (showsPhase(source)) {
        const int width = std::min(phaseWidth(source), (end - start) * 3 / 5);
        plan.phase = QRect(end - width, top + (body - small) / 2, width, small);
        name_end = plan.phase.left() - kGap_px;
    }
    const QFontMetrics name_metrics(theme::font(theme::Step::Body));
    const QFontMetrics facts_metrics(theme::font(theme::Step::Caption));
    const int facts = facts_metrics.horizontalAdvance(factsWords(source)) + 1;
    const int name = name_metrics.horizontalAdvance(source.name) + 1;
    const int room = std::max(0, name_end - start);
    const int name_width = std::min(name, std::max(room - facts - 8, std::min(room, 120)));
    plan.name = QRect(start, top, name_width, body);
    const int facts_start = start + name_width + 8;
    if (facts_start < name_end)
        plan.facts = QRect(facts_start, top + 1, std::min(facts, name_end - facts_start), body);
    top += body;
    if (bar) {
        plan.bar = QRect(start, top + 6, end - start, kBar_px);
        top += 6 + kBar_px;
    }
    if (detail_height > 0) plan.detail = QRect(start, top, end - start, detail_height);
    return plan;
}

void SourceDelegate::paint(
    QPainter* painter,
    const QStyleOptionViewItem& option,
    const QModelIndex& index) const
{
    const SourceItem* source = sourceOf(index);
    if (source == nullptr) return;
    const Plan at = plan(option.rect, *source);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool needs =
        source->state == SourceState::NeedsPassword || source->state == SourceState::Failed;
    drawIcon(
        *painter,
        at.icon,
        sourceIcon(*source),
        needs ? theme::Color::Record : theme::Color::Text2);
    drawText(*painter, at.name, source->name, theme::Step::Body, theme::Color::Text);
    drawText(*painter, at.facts, factsWords(*source), theme::Step::Caption, theme::Color::Text3);
    if (!at.phase.isEmpty()) {
        QRect words = at.phase;
        if (const QString icon = phaseIcon(*source); !icon.isEmpty()) {
            const QRect spot(
                words.left(),
                words.center().y() - kStatusIcon_px / 2,
                kStatusIcon_px,
                kStatusIcon_px);
            drawIcon(*painter, spot, icon, phaseColor(*source));
            words.setLeft(spot.right() + 5);
        }
        drawText(*painter, words, phaseWords(*source), theme::Step::Small, phaseColor(*source));
    }
    if (!at.bar.isEmpty()) {
        const double done = fractionDone(*source);
        const auto state = done < 0 ? ProgressBar::State::Unknown : ProgressBar::State::Known;
        ProgressBar::paint(*painter, at.bar, done, state);
    }
    if (isBusy(source->state) && source->left_s) {
        painter->setFont(theme::font(theme::Step::Small));
        painter->setPen(theme::color(theme::Color::Text3));
        painter->drawText(
            at.left,
            Qt::AlignRight | Qt::AlignVCenter,
            timeLeftWords(*source->left_s));
    }
    if (!at.detail.isEmpty()) {
        painter->setFont(theme::font(theme::Step::Small));
        painter->setPen(theme::color(theme::Color::Text2));
        painter->drawText(at.detail, Qt::TextWordWrap, detailWords(*source));
    }
    const auto* view = qobject_cast<const QListView*>(option.widget);
    const bool current = view != nullptr && view->currentIndex() == index;
    if (!current) { // else the real ones stand there
        drawIcon(*painter, at.act.adjusted(6, 6, -6, -6), actIcon(*source), theme::Color::Text2);
        if (!at.button.isEmpty()) {
            theme::drawBox(
                *painter,
                at.button,
                theme::kControlRadius_px,
                theme::color(theme::Color::Raised),
                theme::color(theme::Color::Line));
            painter->setFont(theme::font(theme::Step::Body));
            painter->setPen(theme::color(theme::Color::Text));
            painter->drawText(at.button, Qt::AlignCenter, buttonWords(*source));
        }
    }
    painter->setRenderHint(QPainter::Antialiasing, false);
    if (index.row() + 1 < index.model()->rowCount()) {
        painter->fillRect(
            QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
            theme::color(theme::Color::Line));
    }
    painter->setRenderHint(QPainter::Antialiasing);
    if (current && view->hasFocus() && (option.state & QStyle::State_KeyboardFocusChange))
        theme::drawFocusRing(
            *painter,
            option.rect.adjusted(4, 4, -4, -4),
            theme::kControlRadius_px);
    painter->restore();
}

QSize SourceDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const SourceItem* source = sourceOf(index);
    const auto* view = qobject_cast<const QListView*>(option.widget);
    const int width = view != nullptr ? view->viewport()->width() : option.rect.width();
    if (source == nullptr) return {width, kLeast_px};
    const Plan at = plan(QRect(0, 0, std::max(width, 200), kLeast_px), *source);
    const int content = theme::lineHeight(theme::Step::Body) +
                        (at.bar.isEmpty() ? 0 : 6 + kBar_px) +
                        at.detail.height() * !at.detail.isEmpty();
    return {width, std::max(kLeast_px, content + 2 * kAround_px)};
}

QWidget* SourceDelegate::createEditor(
    QWidget* parent,
    const QStyleOptionViewItem&,
    const QModelIndex& index) const
{
    const SourceItem* source = sourceOf(index);
    if (source == nullptr || source->state != SourceState::NeedsPassword) return nullptr;
    auto* field = new QLineEdit(parent);
    field->setEchoMode(QLineEdit::Password);
    field->setPlaceholderText(tr("Password, then Enter"));
    field->setAccessibleName(tr("Password of %1").arg(source->name));
    return field;
}

void SourceDelegate::setModelData(
    QWidget* editor,
    QAbstractItemModel* model,
    const QModelIndex& index) const
{
    model->setData(index, qobject_cast<QLineEdit*>(editor)->text(), IngestModel::PasswordRole);
}

void SourceDelegate::updateEditorGeometry(
    QWidget* editor,
    const QStyleOptionViewItem& option,
    const QModelIndex& index) const
{
    const SourceItem* source = sourceOf(index);
    if (source == nullptr) return;
    const Plan at = plan(option.rect, *source);
    constexpr int kField_px = 32;
    const int width = std::max(200, at.button.width());
    editor->setGeometry(
        at.button.right() + 1 - width,
        option.rect.center().y() - kField_px / 2,
        width,
        kField_px);
}

} // namespace ui
