#include "ui/widgets/chip.h"

#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QEvent>
#include <QPainter>
#include <QStyleOptionToolButton>

namespace ui {
namespace {

constexpr int kHeight_px = 24;
constexpr int kPadding_px = 9; // the edge's pixel included
constexpr int kIcon_px = 14;
constexpr int kGap_px = 5;

} // namespace

Chip::Chip(const QString& text, QWidget* parent) : Chip(QString(), text, parent)
{
    setCheckable(true);
}

Chip::Chip(const QString& icon, const QString& text, QWidget* parent)
    : QToolButton(parent), icon_name_(icon)
{
    setText(text);
    setFont(theme::font(theme::Step::Small));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    theme::setFocusRadius(this, theme::kChipRadius_px);
}

void Chip::setCount(int count)
{
    if (count == count_) return;
    count_ = count;
    announceName(this);
    updateGeometry();
    update();
}

QString Chip::words() const
{
    return count_ < 0 ? text() : tr("%1 %2", "chip and its count").arg(text()).arg(count_);
}

QAccessible::Role Chip::accessibleRole() const
{
    if (!isCheckable()) return menu() != nullptr ? QAccessible::ButtonMenu : QAccessible::Button;
    return group() != nullptr && group()->exclusive() ? QAccessible::RadioButton
                                                      : QAccessible::CheckBox;
}

QString Chip::accessibleWords() const
{
    return count_ < 0 ? text() : tr("%1, %n results", nullptr, count_).arg(text());
}

QSize Chip::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    int width = metrics.horizontalAdvance(words()) + 2 * kPadding_px;
    if (!icon_name_.isEmpty()) width += kIcon_px + kGap_px;
    return {width, std::max(kHeight_px, metrics.height() + 4)};
}

void Chip::paintEvent(QPaintEvent*)
{
    using theme::Color;
    QPainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    const bool on = isChecked();
    const bool over = option.state.testFlag(QStyle::State_MouseOver) && isEnabled();
    QColor ground = theme::color(on ? Color::AccentTint : Color::Raised);
    QColor edge = on ? QColor() : theme::color(Color::Line);
    if (isDown()) {
        ground = theme::color(Color::Sunken);
        edge = theme::color(Color::LineControl);
    } else if (over) {
        if (on)
            edge = theme::color(Color::Accent);
        else
            ground = theme::color(Color::Hover);
    }
    theme::drawBox(painter, rect(), theme::kChipRadius_px, ground, edge);
    QRect inside = rect().adjusted(kPadding_px, 0, -kPadding_px, 0);
    if (!icon_name_.isEmpty()) {
        const QRect icon(inside.left(), (height() - kIcon_px) / 2, kIcon_px, kIcon_px);
        painter.drawPixmap(
            QStyle::visualRect(layoutDirection(), rect(), icon),
            theme::iconPixmap(
                icon_name_,
                on ? Color::Accent : Color::Text2,
                kIcon_px,
                devicePixelRatioF()));
        inside.setLeft(icon.right() + 1 + kGap_px);
    }
    painter.setPen(
        !isEnabled() ? theme::disabledText(theme::color(Color::Raised))
                     : theme::color(on ? Color::Accent : Color::Text));
    painter.drawText(
        QStyle::visualRect(layoutDirection(), rect(), inside),
        Qt::AlignCenter | Qt::TextSingleLine,
        words());
}

void Chip::changeEvent(QEvent* event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        setFont(theme::font(theme::Step::Small));
        updateGeometry();
    }
}

} // namespace ui
