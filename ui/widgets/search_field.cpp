#include "ui/widgets/search_field.h"

#include "ui/theme/style.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

namespace ui {
namespace {

constexpr int kIcon_px = 16;
constexpr int kQuietIcon_px = 14;
constexpr int kPadding_px = 10;
constexpr int kGap_px = 8;
constexpr int kClear_px = 24;

} // namespace

SearchField::SearchField(const QString& placeholder, QWidget* parent)
    : QLineEdit(parent), clear_(new QToolButton(this))
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    clear_->setIcon(theme::icon(QStringLiteral("x")));
    clear_->setToolTip(tr("Clear"));
    clear_->setAccessibleName(tr("Clear"));
    clear_->setAutoRaise(true);
    clear_->setFocusPolicy(Qt::NoFocus);
    clear_->setCursor(Qt::ArrowCursor);
    theme::setRole(clear_, theme::Role::Flat);
    theme::setSmall(clear_);
    connect(clear_, &QToolButton::clicked, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, this, &SearchField::place);
    place();
}

void SearchField::setQuiet()
{
    quiet_ = true;
    setProperty(theme::kQuietProperty, true);
    theme::setSmall(this);
    theme::setStep(this, theme::Step::Small);
    place();
}

int SearchField::iconSize() const
{
    return quiet_ ? kQuietIcon_px : kIcon_px;
}

void SearchField::setCountText(const QString& text)
{
    if (text == count_text_) return;
    count_text_ = text;
    setAccessibleDescription(text);
    place();
    update();
}

void SearchField::place()
{
    const bool clearable = !text().isEmpty();
    clear_->setVisible(clearable);
    int behind = 0;
    if (clearable) behind += kClear_px - 4;
    if (!count_text_.isEmpty())
        behind +=
            QFontMetrics(theme::font(theme::Step::Small)).horizontalAdvance(count_text_) + kGap_px;
    const int before = iconSize() + kGap_px;
    // Text margins are logical; QLineEdit mirrors nothing by itself.
    if (layoutDirection() == Qt::LeftToRight)
        setTextMargins(before, 0, behind, 0);
    else
        setTextMargins(behind, 0, before, 0);
    const QRect button(width() - kClear_px - 4, (height() - kClear_px) / 2, kClear_px, kClear_px);
    clear_->setGeometry(QStyle::visualRect(layoutDirection(), rect(), button));
}

void SearchField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const int side = iconSize();
    const QRect icon(kPadding_px, (height() - side) / 2, side, side);
    painter.drawPixmap(
        QStyle::visualRect(layoutDirection(), rect(), icon),
        theme::iconPixmap(
            QStringLiteral("search"),
            theme::Color::Text2,
            side,
            devicePixelRatioF()));
    if (count_text_.isEmpty()) return;
    const int end = text().isEmpty() ? kPadding_px : kClear_px + 8;
    painter.setFont(theme::font(theme::Step::Small));
    painter.setPen(theme::color(theme::Color::Text3));
    painter.drawText(
        QStyle::visualRect(layoutDirection(), rect(), rect().adjusted(0, 0, -end, 0)),
        Qt::AlignTrailing | Qt::AlignVCenter | Qt::TextSingleLine,
        count_text_);
}

void SearchField::resizeEvent(QResizeEvent* event)
{
    QLineEdit::resizeEvent(event);
    place();
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (text().isEmpty()) break;
        clear();
        return;
    case Qt::Key_Down:
        Q_EMIT leftDownwards();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        QLineEdit::keyPressEvent(event); // returnPressed()
        Q_EMIT leftDownwards();
        return;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::changeEvent(QEvent* event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LayoutDirectionChange)
        place();
}

} // namespace ui
