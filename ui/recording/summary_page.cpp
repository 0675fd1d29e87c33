#include "ui/recording/summary_page.h"

#include "ui/recording/summary_model.h"
#include "ui/recording/summary_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/progress.h"

#include <QActionGroup>
#include <QBoxLayout>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>

namespace ui::recording {
namespace {

const QString kMinutes = QStringLiteral("minutes");

QString formWords(const QString& form)
{
    if (form == kMinutes) return SummaryPage::tr("Minutes");
    if (form == QStringLiteral("actions")) return SummaryPage::tr("To-dos");
    if (form == QStringLiteral("decisions")) return SummaryPage::tr("Decisions");
    if (form == QStringLiteral("brief")) return SummaryPage::tr("Brief");
    return QFileInfo(form).completeBaseName();
}

/// A chip that opens a menu shows it by its chevron.
class MenuChip : public Chip {
public:
    using Chip::Chip;

protected:
    void paintEvent(QPaintEvent* event) override
    {
        Chip::paintEvent(event);
        QPainter painter(this);
        const QRect end(
            width() - kChevron_px - theme::kGap_px,
            (height() - kChevron_px) / 2,
            kChevron_px,
            kChevron_px);
        painter.drawPixmap(
            QStyle::visualRect(layoutDirection(), rect(), end),
            theme::iconPixmap(
                QStringLiteral("chevron-down"),
                theme::Color::Text2,
                kChevron_px,
                devicePixelRatioF()));
    }

private:
    static constexpr int kChevron_px = 12;
};

} // namespace

SummaryPage::SummaryPage(QWidget* parent) : QWidget(parent), form_(kMinutes)
{
    createWidgets();
    connectSignals();
}

void SummaryPage::createWidgets()
{
    model_ = new SummaryModel(this);
    form_chip_ = new MenuChip(QStringLiteral("layout-list"), formWords(form_), this);
    form_chip_->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(form_chip_);
    auto* group = new QActionGroup(menu);
    group->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    for (const char* form : {"minutes", "actions", "decisions", "brief"}) {
        const QString name = QString::fromLatin1(form);
        auto* action = menu->addAction(formWords(name), this, [this, name] { chooseForm(name); });
        action->setCheckable(true);
        action->setChecked(name == form_);
        action->setData(name);
        group->addAction(action);
    }
    menu->addSeparator();
    menu->addAction(tr("Own template…"), this, &SummaryPage::chooseFile);
    form_chip_->setMenu(menu);
    again_ = new Chip(QStringLiteral("rotate-ccw"), tr("Make again"), this);
    made_how_ = new ElidedLabel(tr("Quoted from your sources"), this);
    made_how_->setStep(theme::Step::Caption);
    made_how_->setColor(theme::Color::Text3);
    made_how_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    progress_ = new ProgressRow(this);
    progress_->setPhase(tr("Picking sentences"));
    progress_->hide();
    view_ = new SummaryView(model_, this);
    empty_ = new EmptyState(this);
    nameForm();
    stack_ = new QStackedWidget(this);
    stack_->addWidget(view_);
    stack_->addWidget(empty_);

    auto* narrow = new QWidget(this);
    narrow->setMaximumWidth(theme::kCentreMost_px + 2 * theme::kCentrePadding_px);
    auto* above = new QHBoxLayout;
    above->setContentsMargins({});
    above->addWidget(narrow, 1);
    above->addStretch(0); // gets what the part may not have
    auto* tools = new QHBoxLayout;
    tools->setContentsMargins(theme::kCentrePadding_px, 14, theme::kCentrePadding_px, 12);
    tools->setSpacing(theme::kGap_px);
    tools->addWidget(form_chip_);
    tools->addWidget(again_);
    tools->addWidget(made_how_, 1);
    auto* running = new QHBoxLayout;
    running->setContentsMargins(theme::kCentrePadding_px, 0, theme::kCentrePadding_px, 0);
    progress_->setContentsMargins(0, 0, 0, theme::kGap_px);
    running->addWidget(progress_);
    auto* head = new QVBoxLayout(narrow);
    head->setContentsMargins({});
    head->setSpacing(0);
    head->addLayout(tools);
    head->addLayout(running);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(above);
    column->addWidget(stack_, 1);
    showState();
}

void SummaryPage::connectSignals()
{
    connect(again_, &QToolButton::clicked, this, [this] { ask(true); });
    connect(progress_, &ProgressRow::cancelled, this, [this] {
        stopped_ = true;
        Q_EMIT stopAsked();
    });
    connect(view_, &SummaryView::moveAsked, this, &SummaryPage::moveAsked);
    connect(view_, &SummaryView::placesChosen, this, &SummaryPage::placesChosen);
    connect(empty_->setButton(tr("Make the summary")), &QPushButton::clicked, this, [this] {
        ask(true);
    });
}

void SummaryPage::reset(const RecordingInfo& info)
{
    info_ = info;
    has_content_ = false;
    running_ = false;
    stopped_ = false;
    outdated_ = false;
    failure_.clear();
    model_->setContent({});
    showState();
}

void SummaryPage::update(const RecordingInfo& info)
{
    info_ = info;
    showState();
}

void SummaryPage::setContent(const SummaryContent& content)
{
    running_ = false;
    failure_.clear();
    has_content_ = true;
    outdated_ = content.outdated;
    model_->setContent(content);
    showState();
    if (outdated_ && isVisible()) activate();
}

void SummaryPage::setRunning(bool running)
{
    if (running && !running_) progress_->bar()->reset();
    running_ = running;
    if (running) {
        failure_.clear();
        progress_->bar()->setState(ProgressBar::State::Unknown);
    }
    showState();
}

void SummaryPage::setFailed(const QString& sentence)
{
    running_ = false;
    failure_ = sentence;
    showState();
}

bool SummaryPage::apply(const LineMove& move)
{
    if (!model_->apply(move)) return false;
    view_->showMoved(move);
    return true;
}

const SummaryContent& SummaryPage::content() const
{
    return model_->content();
}

QString SummaryPage::markdown() const
{
    return summaryMarkdown(model_->content(), info_.name);
}

void SummaryPage::activate()
{
    if (running_ || stopped_ || !failure_.isEmpty() || info_.source == 0) return;
    if (info_.state == ReadState::Reading || info_.state == ReadState::Failed) return;
    if (!has_content_)
        ask(false);
    else if (outdated_ && info_.writes)
        ask(true);
}

void SummaryPage::ask(bool anew)
{
    stopped_ = false;
    outdated_ = false;
    Q_EMIT summaryAsked(form_, anew);
}

void SummaryPage::nameForm()
{
    // A chip centres its words; the blanks leave the chevron its room.
    form_chip_->setText(formWords(form_) + QStringLiteral("     "));
    form_chip_->setAccessibleName(tr("Template: %1").arg(formWords(form_)));
}

void SummaryPage::chooseForm(const QString& form)
{
    form_ = form;
    nameForm();
    has_content_ = false;
    failure_.clear();
    model_->setContent({});
    for (auto* action : form_chip_->menu()->actions())
        action->setChecked(action->isCheckable() && action->data().toString() == form);
    showState();
    ask(false);
}

void SummaryPage::chooseFile()
{
    const QString file = QFileDialog::getOpenFileName(
        this,
        tr("Own template"),
        {},
        tr("Templates (*.md *.txt);;All files (*)"));
    if (!file.isEmpty()) chooseForm(file);
}

void SummaryPage::fillMenu(QMenu& menu) const
{
    view_->fillMenu(menu, view_->currentIndex().row());
}

void SummaryPage::clearShown()
{
    view_->clearShown();
}

void SummaryPage::focusList()
{
    if (!stack_->isHidden() && stack_->currentWidget() == view_)
        view_->setFocus();
    else
        form_chip_->setFocus();
}

void SummaryPage::showState()
{
    // Who stood on what begins it can cancel meanwhile, and stands there again afterwards.
    const QWidget* const focus = window()->focusWidget();
    const bool began = running_ && (focus == again_ || focus == empty_->button());
    const bool ended = !running_ && focus == progress_->cancelButton();
    showParts();
    if (began) progress_->cancelButton()->setFocus(Qt::OtherFocusReason);
    if (!ended) return;
    if (has_content_)
        again_->setFocus(Qt::OtherFocusReason);
    else
        empty_->button()->setFocus(Qt::OtherFocusReason);
}

void SummaryPage::showParts()
{
    progress_->setVisible(running_);
    again_->setVisible(has_content_ && !running_);
    made_how_->setText(
        model_->content().quoted ? tr("Quoted from your sources")
                                 : tr("Written from your sources"));
    made_how_->setVisible(has_content_);
    stack_->setVisible(has_content_ || !running_);
    if (has_content_) {
        stack_->setCurrentWidget(view_);
        return;
    }
    stack_->setCurrentWidget(empty_);
    auto* button = empty_->button();
    if (!failure_.isEmpty()) {
        empty_->set(QStringLiteral("circle-alert"), tr("No summary was made"), failure_, true);
        button->setText(tr("Try again"));
    } else if (info_.state == ReadState::Failed) {
        empty_->set(
            QStringLiteral("file-x"),
            tr("Nothing was heard"),
            tr("The recording could not be read, so there is nothing to pick from."));
    } else if (info_.state == ReadState::Reading) {
        empty_->set(
            QStringLiteral("list-checks"),
            tr("The summary follows when the recording was heard"),
            tr("Until then it can be made from what is there."));
        button->setText(tr("Make it now"));
    } else {
        empty_->set(
            QStringLiteral("list-checks"),
            tr("No summary yet"),
            tr("It is picked from what was said, line by line, each with its moment."));
        button->setText(tr("Make the summary"));
    }
    button->setVisible(info_.state != ReadState::Failed);
}

} // namespace ui::recording
