#pragma once

#include "ui/widgets/accessible.h"

#include <QImage>
#include <QRectF>
#include <QWidget>
#include <vector>

namespace ui {

/// The frame that a video shows now: fitted, zoomed by Ctrl+wheel, + and -, moved by dragging or
/// arrows; boxes on it. (Pictures that are files are pages: their words can be found and copied.)
class PictureView : public QWidget, public Accessible {
    Q_OBJECT
public:
    explicit PictureView(QWidget* parent = nullptr);

    /// Keeps zoom and boxes: the frames of a video come through here.
    void setPicture(const QImage& picture);
    /// Fitted again, without boxes; grey until the next picture. `ratio` width to height, 0
    /// unknown.
    void clear(double ratio = 0);
    void setBoxes(std::vector<QRectF> boxes, const QString& words);
    /// "06:41.2": over the lower left corner; empty: none.
    void setCaption(const QString& caption);
    void setFailure(const QString& sentence);

    bool hasPicture() const { return !picture_.isNull(); }
    double zoom() const { return zoom_; } // 1: fitted
    void setZoom(double zoom, QPointF anchor);
    QRectF pictureRect() const; // where the whole picture lies, in the widget
    QRect boxInWidget(const QRectF& box) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, 68}; }

    QAccessible::Role accessibleRole() const override { return QAccessible::Graphic; }
    QString accessibleWords() const override;

Q_SIGNALS:
    void zoomChanged(double zoom);
    /// A click that moved nothing: play or pause.
    void clicked();
    void escapePressed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void move(QPointF by);
    QSizeF fitted() const;

    QImage picture_;
    double ratio_ = 0;
    std::vector<QRectF> boxes_;
    QString words_;
    QString caption_;
    QString failure_;
    double zoom_ = 1;
    QPointF offset_; // of the middle of the picture from the middle of the widget
    QPoint pressed_;
    bool moved_ = false;
    bool ring_ = false;
};

} // namespace ui
