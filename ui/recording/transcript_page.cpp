#include "ui/recording/transcript_page.h"

#include "ui/recording/transcript_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/hairline.h"
#include "ui/widgets/search_field.h"

#include <QBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QUndoStack>

namespace ui::recording {

TranscriptPage::TranscriptPage(QUndoStack* undo, QWidget* parent)
    : QWidget(parent), undo_stack_(undo)
{
    createWidgets();
    connectSignals();
}

void TranscriptPage::createWidgets()
{
    model_ = new TranscriptModel(this);
    search_ = new SearchField(tr("Find in transcript"), this);
    search_->setQuiet();
    const auto stepper = [this](const QString& icon, const QString& words) {
        auto* button = new QToolButton(this);
        button->setIcon(theme::icon(icon));
        button->setToolTip(words);
        button->setAccessibleName(words);
        button->setFixedSize(28, 28);
        theme::setRole(button, theme::Role::Flat);
        button->hide();
        return button;
    };
    previous_ = stepper(QStringLiteral("chevron-up"), tr("Previous place"));
    next_ = stepper(QStringLiteral("chevron-down"), tr("Next place"));
    follow_ = new Chip(QStringLiteral("locate"), tr("Follow"), this);
    follow_->setCheckable(true);
    follow_->setChecked(true);
    follow_->setToolTip(tr("Keeps the line that is heard in view"));
    undo_ = new Chip(QStringLiteral("undo-2"), tr("Undo"), this);
    undo_->setEnabled(false);
    view_ = new TranscriptView(model_, this);
    hint_ = new ElidedLabel(
        tr("Click a word to hear it, double-click to edit it. Dotted words are uncertain."),
        this);
    hint_->setStep(theme::Step::Caption);
    hint_->setColor(theme::Color::Text3);
    empty_ = new EmptyState(this);
    stack_ = new QStackedWidget(this);
    stack_->addWidget(view_);
    stack_->addWidget(empty_);

    auto* bar = new QWidget(this);
    bar->setMaximumWidth(theme::kCentreMost_px + 2 * theme::kCentrePadding_px);
    auto* tools = new QHBoxLayout(bar);
    tools->setContentsMargins(theme::kCentrePadding_px, 10, theme::kCentrePadding_px, 8);
    tools->setSpacing(theme::kGap_px);
    tools->addWidget(search_, 1);
    tools->addWidget(previous_);
    tools->addWidget(next_);
    tools->addWidget(follow_);
    tools->addWidget(undo_);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(theme::kCentrePadding_px, 6, theme::kCentrePadding_px, 6);
    foot->addWidget(hint_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* top = new QHBoxLayout;
    top->addWidget(bar, 1);
    top->addStretch(0);
    column->addLayout(top);
    column->addWidget(stack_, 1);
    column->addWidget(new Hairline(Qt::Horizontal, this));
    column->addLayout(foot);
}

void TranscriptPage::connectSignals()
{
    connect(search_, &QLineEdit::textChanged, this, &TranscriptPage::search);
    connect(search_, &QLineEdit::returnPressed, this, [this] { step(1); });
    connect(previous_, &QToolButton::clicked, this, [this] { step(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { step(1); });
    auto* back = new QShortcut(QKeySequence(Qt::SHIFT | Qt::Key_Return), search_);
    back->setContext(Qt::WidgetShortcut);
    connect(back, &QShortcut::activated, this, [this] { step(-1); });
    connect(follow_, &QToolButton::toggled, view_, &TranscriptView::setFollowing);
    connect(view_, &TranscriptView::followingChanged, follow_, &QToolButton::setChecked);
    connect(undo_, &QToolButton::clicked, undo_stack_, &QUndoStack::undo);
    connect(undo_stack_, &QUndoStack::canUndoChanged, undo_, &QWidget::setEnabled);
    connect(undo_stack_, &QUndoStack::undoTextChanged, this, [this](const QString& what) {
        undo_->setToolTip(what.isEmpty() ? QString() : tr("Undo: %1").arg(what));
    });
    connect(view_, &TranscriptView::momentChosen, this, [this](int row, double time_s) {
        Place place;
        place.session = info_.session;
        place.source = info_.source;
        place.kind = info_.kind;
        place.name = info_.name;
        place.start_s = time_s;
        place.end_s = std::max(time_s, model_->line(row).end_s);
        place.quote = model_->line(row).shown();
        Q_EMIT momentChosen(place);
    });
    connect(view_, &TranscriptView::revertAsked, this, &TranscriptPage::revertAsked);
    connect(view_, &TranscriptView::noteAsked, this, &TranscriptPage::noteAsked);
    connect(view_->lines(), &TranscriptDelegate::textEntered, this, &TranscriptPage::textEntered);
    connect(
        view_->lines(),
        &TranscriptDelegate::speakerEntered,
        this,
        &TranscriptPage::speakerEntered);
}

void TranscriptPage::reset(const RecordingInfo& info)
{
    info_ = info;
    complete_ = false;
    wanted_s_ = -1;
    found_at_ = -1;
    view_->lines()->setLongest(info.duration_s);
    model_->clear();
    search_->clear();
    view_->setFollowing(true);
    showState();
}

void TranscriptPage::update(const RecordingInfo& info)
{
    info_ = info;
    view_->lines()->setLongest(info.duration_s);
    showState();
}

void TranscriptPage::append(std::vector<TranscriptLine> lines, bool last)
{
    model_->append(std::move(lines));
    complete_ = complete_ || last;
    if (!search_->text().isEmpty()) showCount();
    const bool there = model_->size() > 0 && model_->line(model_->size() - 1).start_s >= wanted_s_;
    if (wanted_s_ >= 0 && (there || complete_)) showTime(wanted_s_);
    showState();
}

void TranscriptPage::showTime(double time_s)
{
    const bool there = model_->size() > 0 && model_->line(model_->size() - 1).start_s >= time_s;
    wanted_s_ = there || complete_ ? -1 : time_s;
    if (wanted_s_ >= 0) return;
    const int row = model_->rowAt(time_s);
    if (row < 0) return;
    view_->setCurrentIndex(model_->index(row));
    view_->showRow(row);
}

void TranscriptPage::setPosition(double time_s)
{
    view_->setPlaying(time_s);
}

void TranscriptPage::search()
{
    found_at_ = -1;
    const auto& found = model_->find(search_->text().trimmed());
    previous_->setVisible(!found.empty());
    next_->setVisible(!found.empty());
    if (found.empty()) {
        view_->showFound({-1, 0, 0});
    } else {
        // From where one is, not from the beginning.
        const int row = std::max(0, view_->indexAt({40, 10}).row());
        const auto at = std::find_if(found.begin(), found.end(), [row](const Found& place) {
            return place.row >= row;
        });
        found_at_ = at == found.end() ? 0 : static_cast<int>(at - found.begin());
        view_->showFound(found[static_cast<std::size_t>(found_at_)]);
    }
    showCount();
}

void TranscriptPage::step(int by)
{
    const auto& found = model_->found();
    if (found.empty()) return;
    const int count = static_cast<int>(found.size());
    found_at_ = (found_at_ + by + count) % count;
    view_->showFound(found[static_cast<std::size_t>(found_at_)]);
    showCount();
}

void TranscriptPage::showCount()
{
    const int count = static_cast<int>(model_->found().size());
    if (search_->text().trimmed().isEmpty())
        search_->setCountText({});
    else if (count == 0)
        search_->setCountText(tr("not found"));
    else
        search_->setCountText(tr("%1 of %2").arg(found_at_ + 1).arg(count));
}

void TranscriptPage::focusSearch()
{
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
}

void TranscriptPage::focusList()
{
    if (!view_->currentIndex().isValid() && model_->size() > 0)
        view_->setCurrentIndex(model_->index(0));
    view_->setFocus();
}

bool TranscriptPage::escape()
{
    if (search_->text().isEmpty()) return false;
    search_->clear();
    focusList();
    return true;
}

void TranscriptPage::fillMenu(QMenu& menu) const
{
    view_->fillMenu(menu, view_->currentIndex().row());
}

void TranscriptPage::showState()
{
    const bool nothing = model_->size() == 0 && (complete_ || info_.state == ReadState::Failed);
    stack_->setCurrentWidget(nothing ? static_cast<QWidget*>(empty_) : view_);
    hint_->setVisible(!nothing);
    search_->setEnabled(!nothing);
    if (!nothing) return;
    if (info_.state == ReadState::Failed) {
        empty_->set(
            QStringLiteral("file-x"),
            tr("The recording could not be read"),
            info_.problem,
            true);
    } else if (info_.state == ReadState::Reading) {
        empty_->set(QStringLiteral("audio-lines"), tr("Nothing was heard so far"));
    } else {
        empty_->set(QStringLiteral("audio-lines"), tr("No speech was heard in this recording"));
    }
}

} // namespace ui::recording
