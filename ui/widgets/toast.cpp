#include "ui/widgets/toast.h"

#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icon_spot.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPropertyAnimation>
#include <QPushButton>
#include <QStyle>

namespace ui {
namespace {

// Room around the frame for its shadow.
constexpr int kShadow_px = 28;
constexpr int kAway_px = 16; // from the edges of the centre
constexpr int kIcon_px = 16;

} // namespace

Toast::Toast(const QString& icon, const QString& sentence, bool can_undo, QWidget* parent)
    : QFrame(parent), sentence_(sentence), timer_(this)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kShadow_px + 15, kShadow_px + 6, kShadow_px + 9, kShadow_px + 6);
    row->setSpacing(12);
    auto* picture = new IconSpot(kIcon_px, this);
    row->addWidget(picture);
    picture->set(icon);
    auto* words = new ElidedLabel(sentence, this);
    row->addWidget(words);
    row->addSpacing(can_undo ? 0 : 6);
    if (can_undo) {
        auto* button = new QPushButton(tr("Undo"), this);
        theme::setSmall(button);
        theme::setKeyHint(button, tr("Ctrl Z"));
        button->installEventFilter(this);
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, &Toast::undo);
    }
    setMinimumHeight(2 * kShadow_px + 36);
    timer_.setSingleShot(true);
    timer_.setInterval(kShown_ms);
    connect(&timer_, &QTimer::timeout, this, &Toast::expired);
    timer_.start();
}

void Toast::paintEvent(QPaintEvent*)
{
    using theme::Color;
    QPainter painter(this);
    const QRect frame = rect().adjusted(kShadow_px, kShadow_px, -kShadow_px, -kShadow_px);
    theme::drawShadow(painter, frame);
    theme::drawBox(
        painter,
        frame,
        theme::kCardRadius_px,
        theme::color(Color::Raised),
        theme::color(theme::mode() == theme::Mode::Dark ? Color::LineControl : Color::Line));
}

void Toast::enterEvent(QEnterEvent* event)
{
    QFrame::enterEvent(event);
    hovered_ = true;
    updateTimer();
}

void Toast::leaveEvent(QEvent* event)
{
    QFrame::leaveEvent(event);
    hovered_ = false;
    updateTimer();
}

bool Toast::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        QMetaObject::invokeMethod(
            this,
            [this] { updateTimer(); },
            Qt::QueuedConnection);
    return QFrame::eventFilter(watched, event);
}

void Toast::updateTimer()
{
    const QWidget* focus = QApplication::focusWidget();
    const bool stays = hovered_ || (focus && isAncestorOf(focus));
    if (stays)
        timer_.stop();
    else if (!timer_.isActive())
        timer_.start();
}

ToastHost::ToastHost(QWidget* centre) : QObject(centre), centre_(centre)
{
    centre_->installEventFilter(this);
}

void ToastHost::show(const QString& sentence, bool can_undo, const QString& icon)
{
    dismiss();
    can_undo_ = can_undo;
    // On the window: a stack of views tells a screen reader of its pages only.
    auto* toast = new Toast(icon, sentence, can_undo, centre_->window());
    toast_ = toast;
    connect(toast, &Toast::expired, this, &ToastHost::dismiss);
    connect(toast, &Toast::undo, this, [this] { undo(); });
    place(true);
    toast->show();
    toast->raise();
    announceAlert(toast);
}

void ToastHost::dismiss()
{
    if (!toast_) return;
    remove();
    Q_EMIT settled();
}

bool ToastHost::undo()
{
    if (!toast_ || !can_undo_) return false;
    remove();
    Q_EMIT undone();
    return true;
}

void ToastHost::remove()
{
    toast_->hide();
    toast_->deleteLater();
    toast_.clear();
}

void ToastHost::place(bool slide)
{
    Toast* toast = toast_;
    if (!toast) return;
    const QSize wanted = toast->sizeHint();
    const int width = std::min(wanted.width(), centre_->width() + 2 * (kShadow_px - kAway_px));
    const int x = kAway_px - kShadow_px;
    const QRect found(
        x,
        centre_->height() - wanted.height() + kShadow_px - kAway_px,
        width,
        wanted.height());
    const QRect at = QStyle::visualRect(centre_->layoutDirection(), centre_->rect(), found)
                         .translated(centre_->mapTo(centre_->window(), QPoint(0, 0)));
    toast->setGeometry(at);
    if (!slide || theme::motion_ms() == 0) return;
    auto* motion = new QPropertyAnimation(toast, "pos", toast);
    motion->setDuration(theme::motion_ms());
    motion->setEasingCurve(QEasingCurve::OutCubic);
    motion->setStartValue(at.topLeft() + QPoint(0, 24));
    motion->setEndValue(at.topLeft());
    motion->start(QAbstractAnimation::DeleteWhenStopped);
}

bool ToastHost::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move) place(false);
    return QObject::eventFilter(watched, event);
}

} // namespace ui
