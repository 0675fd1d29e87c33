#include "ui/widgets/overlay.h"

#include "ui/theme/theme.h"
#include "ui/widgets/tab_circle.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int kAway_px = 24; // least distance of the panel from the window's edges

} // namespace

OverlayPanel::OverlayPanel(QWidget* window)
    : QWidget(window), window_(window), panel_(new QFrame(this)), layout_(new QVBoxLayout(panel_))
{
    layout_->setContentsMargins(1, 1, 1, 1);
    layout_->setSpacing(0);
    panel_->setFocusPolicy(Qt::NoFocus);
    setFocusPolicy(Qt::NoFocus);
    window_->installEventFilter(this);
    panel_->installEventFilter(this);
    hide();
}

void OverlayPanel::setContent(QWidget* content)
{
    delete content_;
    content_ = content;
    if (content) layout_->addWidget(content);
    place();
}

void OverlayPanel::setPanelWidth(int width_px)
{
    width_px_ = width_px;
    place();
}

void OverlayPanel::setTopDistance(int distance_px)
{
    top_px_ = distance_px;
    place();
}

void OverlayPanel::open()
{
    QWidget* focus = QApplication::focusWidget();
    if (!isVisible()) opener_ = focus;
    place();
    show();
    raise();
    if (!focus || !panel_->isAncestorOf(focus))
        if (QWidget* first = endOfTabs(panel_, false)) first->setFocus(Qt::PopupFocusReason);
    Q_EMIT opened();
}

void OverlayPanel::close()
{
    if (!isVisible()) return;
    // Before hiding: Qt would give the focus to whatever comes next.
    if (opener_ && opener_->isVisible()) opener_->setFocus(Qt::PopupFocusReason);
    hide();
    Q_EMIT closed();
}

QString OverlayPanel::accessibleWords() const
{
    return content_ != nullptr ? content_->accessibleName() : QString();
}

QRect OverlayPanel::panelRect() const
{
    return panel_->geometry();
}

void OverlayPanel::place()
{
    setGeometry(window_->rect());
    const int width = std::min(width_px_, window_->width() - 2 * kAway_px);
    const int room = window_->height() - 2 * kAway_px;
    int height =
        panel_->hasHeightForWidth() ? panel_->heightForWidth(width) : panel_->sizeHint().height();
    height = std::min(height, room);
    int top = top_px_ > 0 ? top_px_ : (window_->height() - height) / 2;
    top = std::max(kAway_px, std::min(top, window_->height() - kAway_px - height));
    panel_->setGeometry((window_->width() - width) / 2, top, width, height);
    update();
}

void OverlayPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::veil());
    theme::drawShadow(painter, panel_->geometry());
    theme::drawBox(
        painter,
        panel_->geometry(),
        theme::kCardRadius_px,
        theme::color(theme::Color::Raised),
        theme::color(
            theme::mode() == theme::Mode::Dark ? theme::Color::LineControl : theme::Color::Line));
}

void OverlayPanel::mousePressEvent(QMouseEvent* event)
{
    if (!panel_->geometry().contains(event->position().toPoint())) close();
    event->accept();
}

void OverlayPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
    // Nothing below the veil hears a key.
    event->accept();
}

bool OverlayPanel::focusNextPrevChild(bool next)
{
    if (!goRound(panel_, next)) return QWidget::focusNextPrevChild(next);
    return true; // also where nothing can have it: nothing below the veil can
}

bool OverlayPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == window_ && event->type() == QEvent::Resize && isVisible()) place();
    if (watched == panel_ && event->type() == QEvent::LayoutRequest && isVisible()) place();
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
