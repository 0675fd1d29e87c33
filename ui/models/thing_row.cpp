#include "ui/models/thing_row.h"

#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/hairline.h"
#include "ui/widgets/icon_spot.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/tag.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPointer>
#include <QPushButton>

namespace ui {
namespace {

constexpr int kIcon_px = 20;
constexpr int kPadding_px = 14;
constexpr int kFlat_px = 11; // from the edge of a flat button to its words

} // namespace

ThingRow::ThingRow(const QString& icon, QWidget* parent) : QWidget(parent)
{
    title_label_ = new ElidedLabel; // beside a tag a label that wraps takes half the room
    title_label_->setStep(theme::Step::Body, true);
    tag_ = new Tag;
    tag_->hide();
    facts_ = new TextLabel({}, theme::Step::Small, theme::Color::Text3);
    state_ = new TextLabel({}, theme::Step::Small, theme::Color::Text2);

    auto* name = new QHBoxLayout;
    name->setSpacing(theme::kGap_px);
    name->addWidget(title_label_, 0);
    name->addWidget(tag_, 0, Qt::AlignVCenter);
    name->addStretch(1);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addLayout(name);
    texts->addWidget(facts_);
    texts->addSpacing(4);
    texts->addWidget(state_);

    buttons_ = new QHBoxLayout;
    buttons_->setSpacing(theme::kGap_px);
    auto* top = new QHBoxLayout;
    top->setSpacing(12);
    auto* spot = new QVBoxLayout; // a pixel lower than the line beside it
    spot->setContentsMargins(0, 1, 0, 0);
    spot->addWidget(new IconSpot(icon, theme::Color::Text2, kIcon_px), 0, Qt::AlignTop);
    top->addLayout(spot);
    top->addLayout(texts, 1);
    auto* end = new QVBoxLayout;
    end->addLayout(buttons_);
    end->addStretch(1);
    top->addLayout(end);

    bar_ = new ProgressBar;
    amount_ = new TextLabel({}, theme::Step::Small);
    amount_->setWordWrap(false);
    rest_ = new ElidedLabel;
    rest_->setStep(theme::Step::Small);
    rest_->setColor(theme::Color::Text3);
    progress_ = new QWidget;
    auto* figures = new QHBoxLayout;
    figures->setSpacing(theme::kGap_px);
    figures->addWidget(amount_);
    figures->addWidget(rest_, 1);
    auto* progress = new QVBoxLayout(progress_);
    progress->setContentsMargins(kIcon_px + 12, 12, 0, 0);
    progress->setSpacing(6);
    progress->addWidget(bar_);
    progress->addLayout(figures);
    progress_->hide();

    below_ = new QVBoxLayout(this);
    below_->setContentsMargins(
        theme::kPanePadding_px,
        kPadding_px,
        theme::kPanePadding_px,
        kPadding_px);
    below_->setSpacing(0);
    below_->addLayout(top);
    below_->addWidget(progress_);
}

void ThingRow::setTitle(const QString& title)
{
    title_ = title;
    title_label_->setText(title);
}

void ThingRow::setTag(const QString& text)
{
    tag_->set(text, TagKind::Plain);
    tag_->setVisible(!text.isEmpty());
}

void ThingRow::setFacts(const QString& facts)
{
    facts_->setText(facts);
    facts_->setVisible(!facts.isEmpty());
}

void ThingRow::setState(const QString& sentence, theme::Color color)
{
    state_->setText(sentence);
    state_->setColor(color);
    state_->setVisible(!sentence.isEmpty());
}

QPushButton* ThingRow::addButton(const QString& text, const QString& icon, const QString& name)
{
    auto* button = new QPushButton(text);
    if (!icon.isEmpty())
        button->setIcon(theme::icon(icon));
    else
        theme::setRole(button, theme::Role::Flat);
    button->setAccessibleName(name);
    button->hide();
    buttons_->addWidget(button);
    return button;
}

QPushButton* ThingRow::addButtonBelow(const QString& text)
{
    if (buttons_below_ == nullptr) {
        buttons_below_ = new QHBoxLayout;
        // The words of a flat button begin where the facts do.
        buttons_below_->setContentsMargins(kIcon_px + 12 - kFlat_px, 6, 0, 0);
        buttons_below_->setSpacing(theme::kGap_px);
        buttons_below_->addStretch(1);
        below_->insertLayout(1, buttons_below_);
    }
    auto* button = new QPushButton(text);
    theme::setRole(button, theme::Role::Flat);
    button->hide();
    buttons_below_->insertWidget(buttons_below_->count() - 1, button);
    return button;
}

void ThingRow::addControl(QWidget* control)
{
    buttons_->addWidget(control, 0, Qt::AlignVCenter);
}

void ThingRow::setProgress(double share, const QString& amount, const QString& rest, bool paused)
{
    progress_->setVisible(share >= 0);
    if (share < 0) {
        bar_->reset();
        return;
    }
    // Goes on from less where a part had to be thrown away.
    if (share + 0.001 < bar_->fraction()) bar_->reset();
    bar_->setFraction(share);
    bar_->setState(paused ? ProgressBar::State::Paused : ProgressBar::State::Known);
    bar_->setAccessibleName(tr("%1, %2, %3").arg(title_, amount, rest));
    amount_->setText(amount);
    rest_->setText(rest);
}

void ThingRow::askInline(
    const QString& sentence,
    const QString& yes,
    theme::Role yes_role,
    const QString& no,
    QWidget* opener,
    std::function<void()> work)
{
    dropQuestion();
    opener_ = opener;
    question_ = new QWidget;
    auto* text = new TextLabel(sentence, theme::Step::Small);
    auto* does = new QPushButton(yes);
    theme::setRole(does, yes_role);
    auto* keeps = new QPushButton(no);
    for (auto* button : {does, keeps}) button->setAccessibleDescription(sentence);
    auto* row = new QHBoxLayout(question_);
    row->setContentsMargins(kIcon_px + 12, 12, 0, 0);
    row->setSpacing(theme::kGap_px);
    row->addWidget(text, 1);
    row->addWidget(does);
    row->addWidget(keeps);
    connect(keeps, &QPushButton::clicked, this, &ThingRow::dropQuestion);
    connect(does, &QPushButton::clicked, this, [this, work = std::move(work)] {
        dropQuestion();
        work();
    });
    below_->addWidget(question_);
    question_->show();
    keeps->setFocus(Qt::OtherFocusReason);
}

void ThingRow::dropQuestion()
{
    if (question_ == nullptr) return;
    question_->hide();
    question_->deleteLater();
    question_ = nullptr;
    if (opener_ != nullptr) opener_->setFocus(Qt::OtherFocusReason);
    opener_ = nullptr;
}

Card* ThingRow::card(const QList<QWidget*>& rows, QWidget* parent)
{
    auto* card = new Card(parent);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins({});
    column->setSpacing(0);
    bool first = true;
    for (QWidget* row : rows) {
        if (!first) column->addWidget(new Hairline);
        first = false;
        column->addWidget(row);
    }
    return card;
}

} // namespace ui
