#pragma once

#include <memory>
#include <QColor>
#include <QFont>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QRectF>
#include <QString>
#include <vector>

namespace probe {

/// A run of text as a widget drew it, in the widget's coordinates.
struct DrawnText {
    QString text;
    QRectF ink;  // what the glyphs cover
    QRectF clip; // what of the widget may be drawn on
    QFont font;
    QColor pen; // with the painter's opacity
};
/// A plain area: a rectangle, rounded or not, filled with one colour.
struct DrawnFill {
    QRectF rect;
    QColor color;
};
/// An edge, a ring, an underline.
struct DrawnStroke {
    QRectF rect; // of its middle line
    double width_px = 0;
    QColor color;
};
/// A small picture: an icon.
struct DrawnMark {
    QRectF rect;
    QColor ink; // its most frequent opaque colour; invalid where it has more than a few
};

class RecordingEngine;

/// Draws nothing and keeps what was asked for. Widgets render onto it as onto a picture.
class Recorder : public QPaintDevice {
public:
    explicit Recorder(const QSize& size);
    ~Recorder() override;

    std::vector<DrawnText> texts;
    std::vector<DrawnFill> fills;
    std::vector<DrawnStroke> strokes;
    std::vector<DrawnMark> marks;

    QPaintEngine* paintEngine() const override;

protected:
    int metric(PaintDeviceMetric which) const override;

private:
    QSize size_;
    std::unique_ptr<RecordingEngine> engine_;
};

} // namespace probe
