#include "ui/theme/theme.h"
#include "ui/widgets/overlay.h"
#include "ui/widgets/tab_circle.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int kShadow_px = 28;
constexpr int kGap_px = 4;  // between opener and popup
constexpr int kAway_px = 8; // from the window's edges

} // namespace

Popup::Popup(QWidget* window) : QFrame(window), window_(window), layout_(new QVBoxLayout(this))
{
    const int margin = kShadow_px + 1;
    layout_->setContentsMargins(margin, margin, margin, margin);
    setFocusPolicy(Qt::StrongFocus);
    theme::setFocusFrame(this, nullptr);
    window_->installEventFilter(this);
    hide();
}

void Popup::setContent(QWidget* content)
{
    delete content_;
    content_ = content;
    if (content) layout_->addWidget(content);
    if (isVisible()) place();
}

void Popup::openAt(QWidget* opener)
{
    opener_ = opener;
    place();
    show();
    raise();
    setFocus(Qt::PopupFocusReason);
    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (isVisible() && now && now != this && !isAncestorOf(now)) close();
    });
}

void Popup::close()
{
    if (!isVisible()) return;
    qApp->removeEventFilter(this);
    disconnect(qApp, &QApplication::focusChanged, this, nullptr);
    const QWidget* focus = QApplication::focusWidget();
    const bool ours = focus == this || isAncestorOf(focus);
    if (ours && opener_ && opener_->isVisible()) opener_->setFocus(Qt::PopupFocusReason);
    hide();
    Q_EMIT closed();
}

QString Popup::accessibleWords() const
{
    const QString own = content_ != nullptr ? content_->accessibleName() : QString();
    return own.isEmpty() && opener_ ? opener_->accessibleName() : own;
}

void Popup::place()
{
    if (!opener_) return;
    const QRect opener(opener_->mapTo(window_, QPoint(0, 0)), opener_->size());
    const QSize size = sizeHint() - QSize(2 * kShadow_px, 2 * kShadow_px);
    int y = opener.bottom() + 1 + kGap_px;
    if (y + size.height() > window_->height() - kAway_px)
        y = opener.top() - kGap_px - size.height();
    y = std::max(y, kAway_px);
    int x =
        layoutDirection() == Qt::RightToLeft ? opener.right() + 1 - size.width() : opener.left();
    x = std::max(kAway_px, std::min(x, window_->width() - kAway_px - size.width()));
    setGeometry(
        QRect(QPoint(x, y), size).adjusted(-kShadow_px, -kShadow_px, kShadow_px, kShadow_px));
}

void Popup::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRect frame = rect().adjusted(kShadow_px, kShadow_px, -kShadow_px, -kShadow_px);
    theme::drawShadow(painter, frame);
    theme::drawBox(
        painter,
        frame,
        theme::kCardRadius_px,
        theme::color(theme::Color::Raised),
        theme::color(
            theme::mode() == theme::Mode::Dark ? theme::Color::LineControl : theme::Color::Line));
}

void Popup::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    QFrame::keyPressEvent(event);
}

bool Popup::focusNextPrevChild(bool next)
{
    // What only tells something is left by Tab, and closes.
    if (endOfTabs(this, false) == nullptr) return QFrame::focusNextPrevChild(next);
    return goRound(this, next) || QFrame::focusNextPrevChild(next);
}

bool Popup::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == window_ && event->type() == QEvent::Resize && isVisible()) place();
    if (isVisible() && event->type() == QEvent::MouseButtonPress && watched->isWidgetType()) {
        const QPoint at =
            mapFromGlobal(static_cast<QMouseEvent*>(event)->globalPosition().toPoint());
        const QRect frame = rect().adjusted(kShadow_px, kShadow_px, -kShadow_px, -kShadow_px);
        // The shadow belongs to the popup's widget, not to the popup.
        if (!frame.contains(at)) {
            const bool opener = opener_ && watched == opener_;
            close();
            // A press on the opener only closes: it would open again at once.
            return opener;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace ui
