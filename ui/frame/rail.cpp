#include "ui/frame/rail.h"

#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int kButtonWidth_px = 56;
constexpr int kButtonHeight_px = 50;
constexpr int kIcon_px = 20;
constexpr qreal kClose_percent = 94;

/// One view: painted, since no style puts a word this near under its icon.
class RailButton : public QAbstractButton, public Accessible {
public:
    RailButton(const QString& text, const QString& icon, QWidget* parent)
        : QAbstractButton(parent), icon_(icon)
    {
        setText(text);
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setFixedSize(kButtonWidth_px, kButtonHeight_px);
        setAttribute(Qt::WA_Hover);
    }

    QAccessible::Role accessibleRole() const override { return QAccessible::PageTab; }
    QString accessibleWords() const override { return text(); }
    void setActivity(const QString& words)
    {
        active_ = !words.isEmpty();
        setToolTip(words);
        setAccessibleDescription(words);
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF ground = rect();
        if (isChecked())
            theme::drawBox(
                painter,
                ground,
                theme::kCardRadius_px,
                theme::color(theme::Color::AccentTint));
        else if (underMouse())
            theme::drawBox(
                painter,
                ground,
                theme::kCardRadius_px,
                theme::color(theme::Color::Hover));
        const auto colour = isChecked() ? theme::Color::Accent : theme::Color::Text2;
        const QPixmap picture = theme::iconPixmap(icon_, colour, kIcon_px, devicePixelRatioF());
        QFont font = theme::font(theme::Step::Caption, isChecked());
        // A word of another language that is a little too long is set closer before it is cut.
        if (QFontMetrics(font).horizontalAdvance(text()) > width() - 4)
            font.setLetterSpacing(QFont::PercentageSpacing, kClose_percent);
        painter.setFont(font);
        const int word = painter.fontMetrics().height();
        const int top = (height() - kIcon_px - 2 - word) / 2;
        painter.drawPixmap((width() - kIcon_px) / 2, top, picture);
        if (active_) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme::color(theme::Color::Accent));
            painter.drawEllipse(QPointF(width() / 2.0 + 11, top + 2), 4, 4);
        }
        painter.setPen(theme::color(colour));
        painter.drawText(
            QRect(0, top + kIcon_px + 2, width(), word),
            Qt::AlignCenter,
            painter.fontMetrics().elidedText(text(), Qt::ElideRight, width() - 2));
        if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
            theme::drawFocusRing(painter, ground.adjusted(3, 3, -3, -3), theme::kControlRadius_px);
    }

private:
    QString icon_;
    bool active_ = false;
};

} // namespace

Rail::Rail(QWidget* parent) : QWidget(parent)
{
    setFixedWidth(theme::kRail_px);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 8, 4, 8);
    column->setSpacing(4);
    top_ = new QVBoxLayout;
    top_->setSpacing(4);
    bottom_ = new QVBoxLayout;
    bottom_->setSpacing(4);
    column->addLayout(top_);
    column->addStretch(1);
    column->addLayout(bottom_);
    connect(&buttons_, &QButtonGroup::idClicked, this, &Rail::chosen);
    connect(&buttons_, &QButtonGroup::buttonToggled, this, &announceChosen);
}

void Rail::addView(int id, const QString& text, const QString& icon, bool at_bottom)
{
    auto* button = new RailButton(text, icon, this);
    buttons_.addButton(button, id);
    (at_bottom ? bottom_ : top_)->addWidget(button, 0, Qt::AlignHCenter);
}

void Rail::setCurrent(int id)
{
    if (auto* button = buttons_.button(id)) button->setChecked(true);
}

void Rail::setActivity(int id, const QString& words)
{
    if (auto* button = static_cast<RailButton*>(buttons_.button(id))) button->setActivity(words);
}

void Rail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::color(theme::Color::Window));
    painter.fillRect(width() - 1, 0, 1, height(), theme::color(theme::Color::Line));
}

} // namespace ui
