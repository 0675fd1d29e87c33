#include "ui/ask/sources_panel.h"

#include "ui/ask/sign.h"
#include "ui/ask/source_list.h"
#include "ui/ask/source_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/drop_frame.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int kDrop_px = 56;
constexpr int kRowGap_px = 12;

} // namespace

SourcesPanel::SourcesPanel(IngestModel* model, QWidget* parent) : QWidget(parent), model_(model)
{
    createWidgets(model);
    connect(cancel_all_, &QPushButton::clicked, this, &SourcesPanel::cancelAllWanted);
    connect(model, &IngestModel::stateChanged, this, &SourcesPanel::updateHead);
    updateHead();
}

void SourcesPanel::createWidgets(IngestModel* model)
{
    title_ = new ElidedLabel({}, this);
    title_->setStep(theme::Step::Title);
    summary_ = new ElidedLabel({}, this);
    summary_->setStep(theme::Step::Small);
    summary_->setColor(theme::Color::Text3);
    summary_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    cancel_all_ = new QPushButton(theme::icon(QStringLiteral("x")), tr("Cancel all"), this);
    card_ = new Card(this);
    list_ = new SourceList(model, card_);
    auto* inside = new QVBoxLayout(card_);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->addWidget(list_);
    drop_ = new DropFrame(this);
    drop_->setFixedHeight(kDrop_px);
    auto* line = new QHBoxLayout(drop_);
    line->setContentsMargins(16, 0, 16, 0);
    line->setSpacing(kRowGap_px);
    line->addWidget(new Sign(QStringLiteral("file-up"), 20, theme::Color::Text2, drop_));
    auto* words = new TextLabel(
        tr("Drop more files here, or press"),
        theme::Step::Body,
        theme::Color::Text2,
        drop_);
    words->setWordWrap(false);
    line->addWidget(words);
    line->addWidget(new KeyCap(tr("Ctrl O"), drop_));
    line->addStretch(1);
    hint_ = new TextLabel({}, theme::Step::Small, theme::Color::Text3, this);
    hint_->setWordWrap(true);

    auto* head = new QHBoxLayout;
    head->setSpacing(theme::kGap_px);
    head->addWidget(title_);
    head->addWidget(summary_, 1);
    head->addWidget(cancel_all_);
    auto* all = new QHBoxLayout(this);
    all->setContentsMargins(
        theme::kCentrePadding_px,
        theme::kPanePadding_px,
        theme::kCentrePadding_px,
        0);
    auto* narrow = new QWidget(this);
    narrow->setMaximumWidth(theme::kCentreMost_px);
    all->addWidget(narrow, 1);
    all->addStretch(0);
    auto* column = new QVBoxLayout(narrow);
    column->setContentsMargins({});
    column->setSpacing(kRowGap_px);
    column->addLayout(head);
    column->addWidget(card_, 1000);
    column->addWidget(drop_);
    column->addWidget(hint_);
    column->addStretch(1);
    setTabOrder(cancel_all_, list_);
}

void SourcesPanel::updateHead()
{
    const auto& sources = model_->sources();
    title_->setText(countWords(static_cast<int>(sources.size())));
    summary_->setText(summaryWords(sources, indexing_));
    cancel_all_->setVisible(model_->busy());
    if (model_->busy()) {
        hint_->setText(
            tr("You can ask now. Answers use what is ready and say what was still being read."));
    } else {
        hint_->setText(
            model_->answerable() > 0
                ? tr("You can ask now.")
                : tr("Nothing could be read yet, so there is nothing to answer from."));
    }
    updateHeight();
}

void SourcesPanel::updateHeight()
{
    card_->setVisible(model_->rowCount() > 0);
    card_->setMaximumHeight(list_->contentHeight() + 2);
    card_->setMinimumHeight(std::min(list_->contentHeight() + 2, 60));
}

void SourcesPanel::setDragging(bool on)
{
    drop_->setDragging(on);
}

void SourcesPanel::setIndexing(const QString& words)
{
    if (words == indexing_) return;
    indexing_ = words;
    updateHead();
}

void SourcesPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    updateHeight();
}

void SourcesPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) updateHeight();
}

} // namespace ui
