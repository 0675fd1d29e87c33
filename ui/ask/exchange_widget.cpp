#include "ui/ask/exchange_widget.h"

#include "ui/ask/answer_box.h"
#include "ui/ask/answer_copy.h"
#include "ui/ask/cited_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/tag.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int kParagraphGap_px = 10;

QPushButton* flatButton(const QString& icon, const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(theme::icon(icon), text, parent);
    theme::setRole(button, theme::Role::Flat);
    return button;
}

} // namespace

ExchangeWidget::ExchangeWidget(QWidget* parent) : QWidget(parent)
{
    createWidgets();
    connectSignals();
}

void ExchangeWidget::createWidgets()
{
    bubble_ = new QuestionBubble(this);
    auto* answer = new QWidget(this);
    possible_ = new Tag(tr("Possible"), TagKind::Warn, answer);
    text_ = new CitedText(tr("Answer"), answer);
    outcome_ = new AnswerBox(answer);
    covered_ = new AnswerBox(answer);
    mode_ = new TextLabel({}, theme::Step::Small, theme::Color::Text3, answer);
    mode_->setWordWrap(true);
    auto* column = new QVBoxLayout(answer);
    column->setContentsMargins({});
    column->setSpacing(kParagraphGap_px);
    column->addWidget(possible_, 0, Qt::AlignLeft);
    column->addWidget(text_);
    column->addWidget(outcome_);
    column->addWidget(covered_);
    column->addWidget(mode_);

    tools_ = new QWidget(this);
    copy_ = flatButton(QStringLiteral("copy"), tr("Copy as Markdown"), tools_);
    retry_ = flatButton(QStringLiteral("rotate-ccw"), tr("Retry"), tools_);
    export_ = flatButton(QStringLiteral("share"), tr("Export…"), tools_);
    more_ = new QToolButton(tools_);
    more_->setIcon(theme::icon(QStringLiteral("ellipsis")));
    more_->setToolTip(tr("More for this answer"));
    more_->setAccessibleName(tr("More for this answer"));
    theme::setRole(more_, theme::Role::Flat);
    timing_ = new ElidedLabel({}, tools_);
    timing_->setStep(theme::Step::Caption);
    timing_->setColor(theme::Color::Text3);
    timing_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* row = new QHBoxLayout(tools_);
    row->setContentsMargins({});
    row->setSpacing(4);
    for (QWidget* button : std::initializer_list<QWidget*>{copy_, retry_, export_, more_})
        row->addWidget(button);
    row->addWidget(timing_, 1);

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(theme::kGroupGap_px);
    // Question, answer and its tools in one column, also where the window is wide. Each in a row,
    // so that the height is asked for the width it really gets.
    for (QWidget* part : std::initializer_list<QWidget*>{bubble_, answer, tools_}) {
        part->setMaximumWidth(theme::kReadingColumn_px);
        auto* left = new QHBoxLayout;
        left->addWidget(part, 1);
        left->addStretch(0); // gets what the part may not have
        all->addLayout(left);
    }
}

void ExchangeWidget::connectSignals()
{
    connect(text_, &CitedText::placeActivated, this, &ExchangeWidget::placeActivated);
    connect(outcome_, &AnswerBox::placeActivated, this, [this](int index) {
        Q_EMIT placeActivated(static_cast<int>(exchange_.places.size()) + index);
    });
    connect(copy_, &QPushButton::clicked, this, &ExchangeWidget::copyMarkdownWanted);
    connect(retry_, &QPushButton::clicked, this, &ExchangeWidget::retryWanted);
    connect(export_, &QPushButton::clicked, this, &ExchangeWidget::exportWanted);
    connect(more_, &QToolButton::clicked, this, &ExchangeWidget::showMenu);
}

void ExchangeWidget::showMenu()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy text"), this, &ExchangeWidget::copyTextWanted);
    QAction* edit = menu->addAction(
        theme::icon(QStringLiteral("pencil")),
        tr("Edit question"),
        this,
        &ExchangeWidget::editWanted);
    edit->setEnabled(last_);
    menu->popup(more_->mapToGlobal(QPoint(0, more_->height())));
}

void ExchangeWidget::setExchange(const Exchange& exchange)
{
    exchange_ = exchange;
    bubble_->setQuestion(exchange.question);
    showText();
    showOutcome();
    const bool over = exchange.state == AnswerState::Done ||
                      exchange.state == AnswerState::Stopped ||
                      exchange.state == AnswerState::Failed;
    const bool answered = exchange.state == AnswerState::Done;
    tools_->setVisible(over);
    copy_->setVisible(answered || (over && !exchange.text.isEmpty()));
    export_->setVisible(answered);
    timing_->setText(exchange.timing);
    Q_EMIT grown();
}

void ExchangeWidget::showText()
{
    const bool running =
        exchange_.state == AnswerState::Waiting || exchange_.state == AnswerState::Streaming;
    const bool not_found =
        exchange_.state == AnswerState::Done && exchange_.outcome == AnswerOutcome::NotFound;
    text_->setCaret(false);
    // What was not found is said in the box; twice would be once too often.
    const bool in_box = not_found && exchange_.places.empty();
    text_->setVisible(running || (!exchange_.text.isEmpty() && !in_box));
    text_->setCited(in_box ? QString{} : exchange_.text, exchange_.places, !exchange_.quoted);
    text_->setCaret(running);
    possible_->setVisible(
        exchange_.state == AnswerState::Done && exchange_.outcome == AnswerOutcome::Possible);
}

void ExchangeWidget::showOutcome()
{
    using Kind = AnswerBox::Kind;
    outcome_->hide();
    if (exchange_.state == AnswerState::Failed) {
        outcome_->set(Kind::Failed, tr("No answer:"), exchange_.problem, {});
        outcome_->show();
    } else if (
        exchange_.state == AnswerState::Done && exchange_.outcome == AnswerOutcome::NotFound) {
        const QString found = tr("Not found");
        QString rest = exchange_.text.section(u'\n', 0, 0).trimmed();
        if (rest.startsWith(found)) rest = rest.mid(found.size()).trimmed();
        outcome_->set(Kind::NotFound, found, rest, exchange_.nearest);
        outcome_->show();
    } else if (
        exchange_.state == AnswerState::Done && exchange_.outcome == AnswerOutcome::Possible) {
        outcome_->set(
            Kind::NotFound,
            tr("Possible:"),
            tr("the match is weak. Look at the places before you rely on it."),
            exchange_.nearest);
        outcome_->show();
    }
    covered_->setVisible(!exchange_.not_covered.isEmpty());
    if (!exchange_.not_covered.isEmpty())
        covered_->set(Kind::Note, tr("Not covered:"), exchange_.not_covered.join(u' '), {});
    QString mode;
    const bool written = exchange_.state == AnswerState::Stopped && !exchange_.places.empty();
    if (exchange_.state == AnswerState::Stopped && !written) {
        mode = tr("Stopped.");
    } else if (exchange_.state == AnswerState::Done || written) { // the notes say that it stopped
        if (exchange_.outcome != AnswerOutcome::NotFound) mode = modeWords(exchange_) + u'.';
        for (const QString& note : exchange_.notes) mode += u' ' + note;
    } else if (exchange_.state == AnswerState::Waiting) {
        if (exchange_.read_percent < 0)
            mode = tr("Looking through your sources");
        else if (exchange_.read_percent < 100)
            mode = tr("The model reads what was found: %1 %").arg(exchange_.read_percent);
        else
            mode = tr("The model thinks");
    }
    mode_->setText(mode.trimmed());
    mode_->setVisible(!mode.trimmed().isEmpty());
}

void ExchangeWidget::setLast(bool last)
{
    last_ = last;
}

std::vector<Place> ExchangeWidget::allPlaces() const
{
    std::vector<Place> all = exchange_.places;
    all.insert(all.end(), exchange_.nearest.begin(), exchange_.nearest.end());
    return all;
}

void ExchangeWidget::setActivePlace(int index)
{
    const auto cited = static_cast<int>(exchange_.places.size());
    text_->setActivePlace(index < cited ? index : -1);
    outcome_->placesText()->setActivePlace(index >= cited ? index - cited : -1);
}

std::vector<QWidget*> ExchangeWidget::tabStops() const
{
    return {text_, outcome_->placesText(), covered_->placesText(), copy_, retry_, export_, more_};
}

int ExchangeWidget::heightFor(int width) const
{
    return layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width)
                                         : layout()->totalSizeHint().height();
}

} // namespace ui
