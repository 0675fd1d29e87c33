#include "ui/evidence/picture_view.h"

#include "ui/evidence/page_view.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>

namespace ui {
namespace {

constexpr double kMostZoom = 8;
constexpr double kStep = 1.25;
constexpr int kMove_px = 40;
constexpr QColor kGround(0x2A, 0x2F, 0x31);
constexpr QColor kOnGround(0xE9, 0xED, 0xED);
constexpr QColor kCaption(12, 16, 17, 209);
constexpr QColor kBoxShade(0x3E, 0x31, 0x00);

} // namespace

PictureView::PictureView(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    // As high as its shape says for this width; Fixed would hold it to the height of the first
    // hint.
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void PictureView::setPicture(const QImage& picture)
{
    const bool shape = picture.size() != picture_.size();
    picture_ = picture;
    failure_.clear();
    if (shape) updateGeometry();
    update();
}

void PictureView::clear(double ratio)
{
    picture_ = QImage();
    ratio_ = ratio;
    boxes_.clear();
    words_.clear();
    caption_.clear();
    failure_.clear();
    offset_ = {};
    zoom_ = 1;
    updateGeometry();
    update();
    Q_EMIT zoomChanged(zoom_);
}

void PictureView::setBoxes(std::vector<QRectF> boxes, const QString& words)
{
    boxes_ = std::move(boxes);
    words_ = words;
    update();
    announceName(this);
}

void PictureView::setCaption(const QString& caption)
{
    if (caption_ == caption) return;
    caption_ = caption;
    update();
}

void PictureView::setFailure(const QString& sentence)
{
    failure_ = sentence;
    update();
}

QSizeF PictureView::fitted() const
{
    const QSizeF size =
        picture_.isNull() ? QSizeF(ratio_ > 0 ? ratio_ : 16.0 / 9.0, 1) : QSizeF(picture_.size());
    QSizeF fitted = size * std::min(width() / size.width(), height() / size.height());
    // The view's own height is rounded from the picture's shape; the rest of a pixel would be seen
    // as a dark line along an edge.
    if (width() - fitted.width() < 1.5) fitted.setWidth(width());
    if (height() - fitted.height() < 1.5) fitted.setHeight(height());
    return fitted;
}

QRectF PictureView::pictureRect() const
{
    const QSizeF size = fitted() * zoom_;
    const QPointF middle = QRectF(rect()).center() + offset_;
    return {
        middle.x() - size.width() / 2,
        middle.y() - size.height() / 2,
        size.width(),
        size.height()};
}

QRect PictureView::boxInWidget(const QRectF& box) const
{
    const QRectF whole = pictureRect();
    return QRectF(
               whole.left() + box.left() * whole.width(),
               whole.top() + box.top() * whole.height(),
               box.width() * whole.width(),
               box.height() * whole.height())
        .toAlignedRect();
}

int PictureView::heightForWidth(int width) const
{
    double ratio = ratio_ > 0 ? ratio_ : 16.0 / 9.0;
    if (!picture_.isNull()) ratio = double(picture_.width()) / picture_.height();
    // A film in upright format must leave room for what stands below it.
    return qRound(std::min(width / ratio, width * 0.9));
}

QSize PictureView::sizeHint() const
{
    const int width = theme::kEvidence_px - 2 * theme::kPanePadding_px;
    return {width, heightForWidth(width)};
}

QString PictureView::accessibleWords() const
{
    const QString what = caption_.isEmpty() ? tr("Picture") : tr("Picture at %1").arg(caption_);
    return words_.isEmpty() ? what : tr("%1, cited: %2").arg(what, words_);
}

void PictureView::setZoom(double zoom, QPointF anchor)
{
    const double to = std::clamp(zoom, 1.0, kMostZoom);
    const QPointF from_middle = anchor - QRectF(rect()).center() - offset_;
    offset_ -= from_middle * (to / zoom_ - 1);
    zoom_ = to;
    move({});
    Q_EMIT zoomChanged(zoom_);
}

void PictureView::move(QPointF by)
{
    const QSizeF size = fitted() * zoom_;
    const double most_x = std::max(0.0, (size.width() - width()) / 2);
    const double most_y = std::max(0.0, (size.height() - height()) / 2);
    offset_ = QPointF(
        std::clamp(offset_.x() + by.x(), -most_x, most_x),
        std::clamp(offset_.y() + by.y(), -most_y, most_y));
    update();
}

void PictureView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    // Around a frame it is dark in both themes, as the frame's own edge would be.
    QPainterPath shape;
    shape.addRoundedRect(QRectF(rect()), theme::kControlRadius_px, theme::kControlRadius_px);
    painter.fillPath(shape, kGround);
    painter.setClipPath(shape);
    if (!picture_.isNull()) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform, zoom_ < 2);
        painter.drawImage(pictureRect(), picture_);
    } else if (!failure_.isEmpty()) {
        painter.setFont(theme::font(theme::Step::Small));
        painter.setPen(kOnGround);
        painter.drawText(
            rect().adjusted(16, 8, -16, -8),
            Qt::AlignCenter | Qt::TextWordWrap,
            failure_);
    }
    for (const QRectF& box : boxes_) {
        const QRect rect = boxInWidget(box);
        // On a photograph the yellow edge needs a dark one around it to be seen on any ground.
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(kBoxShade, 1));
        painter.drawRoundedRect(QRectF(rect).adjusted(-2.5, -2.5, 2.5, 2.5), 4, 4);
        painter.setPen(QPen(theme::color(theme::Color::CiteActive), 2));
        painter.drawRoundedRect(QRectF(rect).adjusted(-1, -1, 1, 1), 3, 3);
    }
    if (!caption_.isEmpty()) {
        painter.setFont(theme::font(theme::Step::Caption));
        const QFontMetrics metrics = painter.fontMetrics();
        const QString words = metrics.elidedText(caption_, Qt::ElideRight, width() - 28);
        const QRect ground(
            8,
            height() - 8 - metrics.height() - 2,
            metrics.horizontalAdvance(words) + 12,
            metrics.height() + 2);
        painter.setPen(Qt::NoPen);
        painter.setBrush(kCaption);
        painter.drawRoundedRect(ground, theme::kChipRadius_px, theme::kChipRadius_px);
        painter.setPen(kOnGround);
        painter.drawText(ground, Qt::AlignCenter, words);
    }
    painter.setClipping(false);
    if (ring_) theme::drawFocusRing(painter, QRectF(rect()).adjusted(3, 3, -3, -3), 3);
}

void PictureView::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) return event->ignore();
    const int turned = event->angleDelta().y();
    if (turned != 0) setZoom(zoom_ * (turned > 0 ? kStep : 1 / kStep), event->position());
    event->accept();
}

void PictureView::mousePressEvent(QMouseEvent* event)
{
    pressed_ = event->position().toPoint();
    moved_ = false;
}

void PictureView::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (!moved_ && (at - pressed_).manhattanLength() < 4) return;
    moved_ = true;
    move(at - pressed_);
    pressed_ = at;
}

void PictureView::mouseReleaseEvent(QMouseEvent* event)
{
    if (!moved_ && event->button() == Qt::LeftButton) Q_EMIT clicked();
}

void PictureView::mouseDoubleClickEvent(QMouseEvent* event)
{
    setZoom(zoom_ > 1 ? 1 : 2.5, event->position());
}

void PictureView::keyPressEvent(QKeyEvent* event)
{
    const QPointF middle = QRectF(rect()).center();
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return setZoom(zoom_ * kStep, middle);
    case Qt::Key_Minus:
        return setZoom(zoom_ / kStep, middle);
    case Qt::Key_0:
        return setZoom(1, middle);
    case Qt::Key_Escape:
        Q_EMIT escapePressed();
        return event->ignore();
    default:
        break;
    }
    if (zoom_ == 1) return event->ignore();
    switch (event->key()) {
    case Qt::Key_Left:
        return move({kMove_px, 0});
    case Qt::Key_Right:
        return move({-kMove_px, 0});
    case Qt::Key_Up:
        return move({0, kMove_px});
    case Qt::Key_Down:
        return move({0, -kMove_px});
    default:
        event->ignore();
    }
}

void PictureView::resizeEvent(QResizeEvent*)
{
    move({});
}

void PictureView::focusInEvent(QFocusEvent* event)
{
    ring_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
            event->reason() == Qt::ShortcutFocusReason;
    update();
}

void PictureView::focusOutEvent(QFocusEvent*)
{
    ring_ = false;
    update();
}

void PictureView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) update();
}

} // namespace ui
