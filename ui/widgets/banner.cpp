#include "ui/widgets/banner.h"

#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace ui {
namespace {

constexpr int kLeft_px = 16;
constexpr int kRight_px = 12;
constexpr int kGap_px = 12;
constexpr int kButtonGap_px = 8;
constexpr int kIcon_px = 16;
constexpr int kPadding_px = 8;
constexpr int kLeast_px = 44;
constexpr int kLeastInset_px = 32;
constexpr int kMostLines = 2;

struct Look {
    theme::Color ground;
    theme::Color ink;
    const char* icon;
};

Look lookOf(BannerKind kind)
{
    using theme::Color;
    switch (kind) {
    case BannerKind::Alarm:
        return {Color::RecordTint, Color::Record, "circle-alert"};
    case BannerKind::Warning:
        return {Color::WarnTint, Color::Warn, "triangle-alert"};
    case BannerKind::Note:
        break;
    }
    return {Color::AccentTint, Color::Accent, "info"};
}

} // namespace

/// Where everything goes in a width.
struct Banner::Plan {
    int height = 0;
    int text_width = 0;
    int text_height = 0;
    bool below = false;
    int buttons_width = 0;
    int buttons_height = 0;
};

Banner::Banner(QWidget* parent)
    : QFrame(parent), text_(new TextLabel(QString(), theme::Step::Body, theme::Color::Text, this))
{
    text_->setTextFormat(Qt::RichText);
    text_->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    hide();
}

void Banner::set(BannerKind kind, const QString& strong, const QString& rest)
{
    const QString before = sentence();
    kind_ = kind;
    strong_ = strong;
    rest_ = rest;
    icon_.clear();
    for (QPushButton* button : buttons_) button->deleteLater();
    for (QPushButton* button : buttons_) button->hide();
    buttons_.clear();
    QString words =
        strong_.isEmpty()
            ? QString()
            : QStringLiteral("<b style='font-weight:600'>%1</b>").arg(strong_.toHtmlEscaped());
    if (!rest_.isEmpty())
        words += (words.isEmpty() ? QString() : QStringLiteral(" ")) + rest_.toHtmlEscaped();
    text_->setText(words);
    changed();
    if (isVisible() && sentence() != before) announceAlert(this);
}

void Banner::setIcon(const QString& icon)
{
    icon_ = icon;
    update();
}

QString Banner::sentence() const
{
    return strong_.isEmpty() || rest_.isEmpty() ? strong_ + rest_ : strong_ + u' ' + rest_;
}

QPushButton* Banner::addButton(const QString& text)
{
    auto* button = new QPushButton(text, this);
    theme::setSmall(button);
    buttons_.push_back(button);
    button->setVisible(true);
    if (close_) setTabOrder(button, close_);
    changed();
    return button;
}

void Banner::setClosable(bool on)
{
    if (on == (close_ != nullptr)) return;
    if (!on) {
        delete close_;
        close_ = nullptr;
    } else {
        auto* button = new QToolButton(this);
        button->setIcon(theme::icon(QStringLiteral("x")));
        button->setToolTip(tr("Close"));
        button->setAccessibleName(tr("Close"));
        theme::setRole(button, theme::Role::Flat);
        connect(button, &QToolButton::clicked, this, &Banner::closed);
        button->show();
        close_ = button;
    }
    changed();
}

void Banner::setInset(bool on)
{
    inset_ = on;
    changed();
}

void Banner::changed()
{
    updateGeometry();
    place();
    update();
}

Banner::Plan Banner::plan(int width) const
{
    Plan made;
    for (const QPushButton* button : buttons_) {
        const QSize size = button->sizeHint();
        made.buttons_width += size.width() + (made.buttons_width > 0 ? kButtonGap_px : 0);
        made.buttons_height = std::max(made.buttons_height, size.height());
    }
    const int close = close_ ? close_->sizeHint().width() + kButtonGap_px : 0;
    const int room = width - kLeft_px - kIcon_px - kGap_px - kRight_px - close;
    const int beside = room - (buttons_.empty() ? 0 : made.buttons_width + kGap_px);
    const int two_lines = kMostLines * QFontMetrics(text_->font()).lineSpacing() + 2;
    made.text_width = std::max(beside, 1);
    made.text_height = text_->heightForWidth(made.text_width);
    made.below = !buttons_.empty() && (beside < 80 || made.text_height > two_lines);
    if (made.below) {
        made.text_width = std::max(room, 1);
        made.text_height = text_->heightForWidth(made.text_width);
    }
    int content = made.text_height;
    if (made.below)
        content += kPadding_px + made.buttons_height;
    else
        content = std::max(content, made.buttons_height);
    const int edge = inset_ ? 0 : 1;
    const int padding = inset_ && !made.below && content <= 24 ? 4 : kPadding_px;
    made.height = std::max(inset_ ? kLeastInset_px : kLeast_px, content + 2 * padding) + edge;
    return made;
}

void Banner::place()
{
    const Plan made = plan(width());
    below_ = made.below;
    const int inner = made.height - (inset_ ? 0 : 1);
    const auto mirrored = [this](const QRect& found) {
        return QStyle::visualRect(layoutDirection(), rect(), found);
    };
    const int x = kLeft_px + kIcon_px + kGap_px;
    const int text_y = made.below ? kPadding_px : (inner - made.text_height) / 2;
    text_->setGeometry(mirrored({x, text_y, made.text_width, made.text_height}));
    int end = width() - kRight_px;
    if (close_) {
        const QSize size = close_->sizeHint();
        end -= size.width();
        const int y = made.below ? kPadding_px - 4 : (inner - size.height()) / 2;
        close_->setGeometry(mirrored({end, y, size.width(), size.height()}));
        end -= kButtonGap_px;
    }
    int at = made.below ? x : end - made.buttons_width;
    for (QPushButton* button : buttons_) {
        const QSize size = button->sizeHint();
        const int y =
            made.below ? inner - kPadding_px - size.height() : (inner - size.height()) / 2;
        button->setGeometry(mirrored({at, y, size.width(), size.height()}));
        at += size.width() + kButtonGap_px;
    }
}

int Banner::heightForWidth(int width) const
{
    return plan(width).height;
}

QSize Banner::sizeHint() const
{
    const int wide = width() > 100 ? width() : 480;
    return {wide, plan(wide).height};
}

QSize Banner::minimumSizeHint() const
{
    return {200, plan(std::max(width(), 200)).height};
}

void Banner::paintEvent(QPaintEvent*)
{
    const Look look = lookOf(kind_);
    QPainter painter(this);
    if (inset_) {
        theme::drawBox(painter, rect(), theme::kControlRadius_px, theme::color(look.ground));
    } else {
        painter.fillRect(rect(), theme::color(look.ground));
        painter.fillRect(0, height() - 1, width(), 1, theme::color(theme::Color::Line));
    }
    const int line = QFontMetrics(text_->font()).height();
    const int y = text_->height() > line * 3 / 2
                      ? text_->y() + (line - kIcon_px) / 2
                      : text_->geometry().center().y() + 1 - kIcon_px / 2;
    painter.drawPixmap(
        QStyle::visualRect(layoutDirection(), rect(), {kLeft_px, y, kIcon_px, kIcon_px}),
        theme::iconPixmap(
            icon_.isEmpty() ? QString::fromLatin1(look.icon) : icon_,
            look.ink,
            kIcon_px,
            devicePixelRatioF()));
}

void Banner::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    place();
    // Layouts that know no height for a width ask for the size again.
    if (plan(width()).height != height()) updateGeometry();
}

void Banner::showEvent(QShowEvent* event)
{
    QFrame::showEvent(event);
    place();
    announceAlert(this);
}

void Banner::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange && text_) changed();
}

bool Banner::event(QEvent* event)
{
    // A button that changed its words needs another place.
    if (event->type() == QEvent::LayoutRequest) changed();
    return QFrame::event(event);
}

} // namespace ui
