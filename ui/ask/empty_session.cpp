#include "ui/ask/empty_session.h"

#include "ui/ask/chip_row.h"
#include "ui/ask/sign.h"
#include "ui/theme/theme.h"
#include "ui/widgets/drop_frame.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int kColumn_px = 720;
constexpr int kText_px = 460;
constexpr int kLow_px = 420; // of the centre; below, the frame gives up some of its air

} // namespace

EmptySession::EmptySession(QWidget* parent) : QWidget(parent)
{
    createWidgets();
    connect(choose_, &QPushButton::clicked, this, &EmptySession::filesWanted);
    connect(chips_, &ChipRow::chosen, this, [this](int index, const QString& text) {
        if (index < suggestions_.size())
            Q_EMIT suggestionChosen(text);
        else
            Q_EMIT sampleWanted();
    });
    updateChips();
}

void EmptySession::createWidgets()
{
    drop_ = new DropFrame(this);
    drop_->setAccessibleName(tr("Drop files or choose files"));
    heading_ = new TextLabel(
        tr("Drop documents, recordings or videos here"),
        theme::Step::Heading,
        theme::Color::Text,
        drop_);
    heading_->setAlignment(Qt::AlignCenter);
    heading_->setWordWrap(true);
    detail_ = new TextLabel(
        tr("PDF, Word, PowerPoint, images, audio, video or a whole folder. Percept reads pages as "
           "pictures, so scans work too."),
        theme::Step::Body,
        theme::Color::Text2,
        drop_);
    detail_->setAlignment(Qt::AlignCenter);
    detail_->setWordWrap(true);
    detail_->setFixedWidth(kText_px);
    choose_ =
        new QPushButton(theme::icon(QStringLiteral("folder-open")), tr("Choose files…"), drop_);
    theme::setKeyHint(choose_, tr("Ctrl O"));
    auto* inside = new QVBoxLayout(drop_);
    inside->setSpacing(12);
    inside->addWidget(
        new Sign(QStringLiteral("file-up"), 32, theme::Color::Text3, drop_),
        0,
        Qt::AlignHCenter);
    inside->addSpacing(3);
    inside->addWidget(heading_);
    inside->addWidget(detail_, 0, Qt::AlignHCenter);
    inside->addSpacing(4);
    inside->addWidget(choose_, 0, Qt::AlignHCenter);
    chips_ = new ChipRow(tr("Or ask without files:"), Qt::AlignHCenter, this);

    auto* middle = new QWidget(this);
    middle->setMaximumWidth(kColumn_px);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins({});
    column->setSpacing(theme::kGroupGap_px);
    column->addWidget(drop_);
    column->addWidget(chips_);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(theme::kCentrePadding_px, 0, theme::kCentrePadding_px, 0);
    row->addStretch(1);
    row->addWidget(middle, 1000);
    row->addStretch(1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->addStretch(1);
    all->addLayout(row);
    all->addStretch(1);
}

void EmptySession::setDragging(bool on)
{
    drop_->setDragging(on);
}

void EmptySession::setSuggestions(const QStringList& questions)
{
    suggestions_ = questions;
    updateChips();
}

void EmptySession::setSample(bool offered)
{
    sample_ = offered;
    updateChips();
}

void EmptySession::updateChips()
{
    QStringList chips = suggestions_;
    if (sample_) chips << tr("Try the sample session");
    chips_->setIntroduction(
        suggestions_.isEmpty() ? tr("Or begin without files:") : tr("Or ask without files:"));
    chips_->setChips(chips);
    chips_->setVisible(!chips.isEmpty());
}

void EmptySession::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool low = height() < kLow_px;
    drop_->layout()->setContentsMargins(32, low ? 24 : 49, 32, low ? 20 : 41);
    // A label that is aligned gets the height of its hint, whatever its words need.
    detail_->setMinimumHeight(detail_->heightForWidth(kText_px));
}

} // namespace ui
