#include "ui/ask/chip_row.h"

#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/text_label.h"

#include <algorithm>
#include <QEvent>
#include <QStyle>

namespace ui {
namespace {

/// A question as a chip: pressed, never on; cut where it is too long for a row.
class SuggestionChip : public Chip {
public:
    SuggestionChip(const QString& text, QWidget* parent) : Chip(text, parent)
    {
        setCheckable(false);
        setToolTip(text);
        setAccessibleName(text);
    }
};

} // namespace

ChipRow::ChipRow(const QString& introduction, Qt::Alignment alignment, QWidget* parent)
    : QWidget(parent),
      introduction_(new TextLabel(introduction, theme::Step::Small, theme::Color::Text3, this)),
      alignment_(alignment)
{
    introduction_->setVisible(!introduction.isEmpty());
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChipRow::setIntroduction(const QString& text)
{
    introduction_->setText(text);
    introduction_->setVisible(!text.isEmpty());
    place(width(), true);
}

void ChipRow::setChips(const QStringList& texts)
{
    if (texts == texts_) return;
    texts_ = texts;
    qDeleteAll(chips_);
    chips_.clear();
    for (int i = 0; i < texts.size(); ++i) {
        auto* chip = new SuggestionChip(texts.at(i), this);
        connect(chip, &QAbstractButton::clicked, this, [this, i] {
            Q_EMIT chosen(i, texts_.at(i));
        });
        chip->show();
        chips_ << chip;
    }
    updateGeometry();
    place(width(), true);
}

QList<QWidget*> ChipRow::parts() const
{
    QList<QWidget*> parts = chips_;
    if (!introduction_->text().isEmpty()) parts.prepend(introduction_);
    return parts;
}

int ChipRow::place(int width, bool really) const
{
    const QList<QWidget*> all = parts();
    int y = 0;
    for (qsizetype first = 0; first < all.size();) {
        int x = 0;
        int row_height = 0;
        qsizetype last = first;
        for (; last < all.size(); ++last) {
            const QSize size = all.at(last)->sizeHint().boundedTo(QSize(width, 1000));
            if (last > first && x + theme::kGap_px + size.width() > width) break;
            x += (last > first ? theme::kGap_px : 0) + size.width();
            row_height = std::max(row_height, size.height());
        }
        if (really) {
            int at = alignment_.testFlag(Qt::AlignHCenter) ? (width - x) / 2 : 0;
            for (qsizetype i = first; i < last; ++i) {
                const QSize size = all.at(i)->sizeHint().boundedTo(QSize(width, 1000));
                all.at(i)->setGeometry(QStyle::visualRect(
                                           layoutDirection(),
                                           QRect(0, 0, width, 1),
                                           QRect(at, 0, size.width(), size.height()))
                                           .translated(0, y + (row_height - size.height()) / 2));
                at += size.width() + theme::kGap_px;
            }
        }
        y += row_height + theme::kGap_px;
        first = last;
    }
    return std::max(0, y - theme::kGap_px);
}

int ChipRow::heightForWidth(int width) const
{
    return place(width, false);
}

QSize ChipRow::sizeHint() const
{
    int width = 0;
    for (const QWidget* part : parts()) width += part->sizeHint().width() + theme::kGap_px;
    return {width, heightForWidth(std::max(width, 1))};
}

QSize ChipRow::minimumSizeHint() const
{
    return {120, heightForWidth(std::max(width(), 240))};
}

void ChipRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place(width(), true);
}

void ChipRow::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) place(width(), true);
}

} // namespace ui
