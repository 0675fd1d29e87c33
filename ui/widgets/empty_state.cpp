#include "ui/widgets/empty_state.h"

#include "ui/widgets/icon_spot.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace ui {
namespace {

constexpr int kWidest_px = 460;
constexpr int kIcon_px = 24;

} // namespace

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent), icon_(new IconSpot(kIcon_px, this)),
      sentence_(new TextLabel(QString(), theme::Step::Heading)),
      detail_(new TextLabel(QString(), theme::Step::Body, theme::Color::Text2)),
      button_(new QPushButton(this))
{
    sentence_->setAlignment(Qt::AlignCenter);
    detail_->setAlignment(Qt::AlignCenter);
    detail_->hide();
    button_->hide();
    auto* inner = new QWidget(this);
    inner->setMaximumWidth(kWidest_px);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(3, 3, 3, 3);
    column->setSpacing(4);
    column->addWidget(icon_, 0, Qt::AlignHCenter);
    column->addSpacing(4);
    column->addWidget(sentence_);
    column->addWidget(detail_);
    column->addSpacing(8);
    column->addWidget(button_, 0, Qt::AlignHCenter);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(inner, 1000);
    row->addStretch(1);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(16, 12, 16, 12);
    outer->addStretch(1);
    outer->addLayout(row);
    outer->addStretch(1);
}

void EmptyState::set(
    const QString& icon,
    const QString& sentence,
    const QString& detail,
    bool failed)
{
    sentence_->setText(sentence);
    detail_->setText(detail);
    detail_->setVisible(!detail.isEmpty());
    setAccessibleName(sentence);
    setAccessibleDescription(detail);
    icon_->set(icon, failed ? theme::Color::Record : theme::Color::Text3);
}

QPushButton* EmptyState::setButton(const QString& text)
{
    button_->setText(text);
    button_->setVisible(!text.isEmpty());
    return button_;
}

void EmptyState::setCompact(bool on)
{
    sentence_->setStep(on ? theme::Step::Body : theme::Step::Heading, on);
    detail_->setStep(on ? theme::Step::Small : theme::Step::Body);
}

} // namespace ui
