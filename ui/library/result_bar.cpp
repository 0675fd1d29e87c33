#include "ui/library/result_bar.h"

#include "ui/palette/hit_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"

#include <QActionGroup>
#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <QToolButton>

namespace ui {
namespace {

/// Words and an arrow down, flat: opens a menu.
class MenuButton : public QToolButton {
public:
    explicit MenuButton(QWidget* parent) : QToolButton(parent)
    {
        setPopupMode(QToolButton::InstantPopup);
        setFocusPolicy(Qt::StrongFocus);
        setFont(theme::font(theme::Step::Small));
    }
    QSize sizeHint() const override
    {
        return {fontMetrics().horizontalAdvance(text()) + 8 + 6 + 12 + 8, 24};
    }

protected:
    void changeEvent(QEvent* event) override
    {
        QToolButton::changeEvent(event);
        if (event->type() == QEvent::PaletteChange) update();
    }
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        QStyleOptionToolButton option;
        initStyleOption(&option);
        if (option.state & (QStyle::State_MouseOver | QStyle::State_Sunken))
            theme::drawBox(
                painter,
                QRectF(rect()),
                theme::kChipRadius_px,
                theme::color(theme::Color::Hover));
        painter.setPen(theme::color(theme::Color::Text));
        const QRect room = rect().adjusted(8, 0, -8, 0);
        painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft, text());
        const auto arrow = theme::iconPixmap(
            QStringLiteral("chevron-down"),
            theme::Color::Text2,
            12,
            devicePixelRatioF());
        painter.drawPixmap(room.right() - 11, (height() - 12) / 2, arrow);
    }
};

} // namespace

ResultBar::ResultBar(QWidget* parent)
    : QWidget(parent), chips_(new QButtonGroup(this)), order_(new MenuButton(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(theme::kCentrePadding_px, 10, theme::kCentrePadding_px, 4);
    row->setSpacing(theme::kGap_px);
    const auto add = [&](const QString& words, int id) {
        auto* chip = new Chip(words, this);
        chips_->addButton(chip, id);
        row->addWidget(chip);
    };
    add(tr("All"), 0);
    for (std::size_t i = 0; i < kHitGroups; ++i)
        add(groupChipWords(static_cast<HitGroup>(i)), static_cast<int>(i) + 1);
    chips_->button(0)->setChecked(true);
    row->addStretch(1);
    row->addWidget(order_);

    auto* menu = new QMenu(order_);
    auto* orders = new QActionGroup(menu);
    const auto add_order = [&](const QString& words, HitOrder order) {
        QAction* action = menu->addAction(words);
        action->setCheckable(true);
        action->setChecked(order == HitOrder::BestMatch);
        orders->addAction(action);
        connect(action, &QAction::triggered, this, [this, order] {
            setOrder(order);
            Q_EMIT orderChosen(order);
        });
    };
    add_order(tr("Best match"), HitOrder::BestMatch);
    add_order(tr("Newest"), HitOrder::Newest);
    order_->setMenu(menu);
    setOrder(HitOrder::BestMatch);
    connect(chips_, &QButtonGroup::idClicked, this, &ResultBar::groupChosen);
}

void ResultBar::setOrder(HitOrder order)
{
    order_->setText(order == HitOrder::BestMatch ? tr("Best match") : tr("Newest"));
    order_->setAccessibleName(tr("Order: %1").arg(order_->text()));
    order_->updateGeometry();
}

void ResultBar::setResult(const SearchResult& result)
{
    static_cast<Chip*>(chips_->button(0))->setCount(result.total());
    for (std::size_t i = 0; i < kHitGroups; ++i) {
        auto* chip = static_cast<Chip*>(chips_->button(static_cast<int>(i) + 1));
        const auto group = static_cast<HitGroup>(i);
        chip->setCount(result.count(group));
        // The four of every library stay in their places; the others come with their first hit.
        const bool rare = group == HitGroup::Note || group == HitGroup::Session;
        chip->setVisible(!rare || result.count(group) > 0 || chip->isChecked());
    }
}

std::optional<HitGroup> ResultBar::group() const
{
    const int id = chips_->checkedId();
    if (id <= 0) return std::nullopt;
    return static_cast<HitGroup>(id - 1);
}

void ResultBar::setGroup(std::optional<HitGroup> group)
{
    chips_->button(group ? static_cast<int>(*group) + 1 : 0)->setChecked(true);
}

} // namespace ui
