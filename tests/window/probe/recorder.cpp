#include "tests/window/probe/recorder.h"

#include <algorithm>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QHash>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>
#include <QScreen>

namespace probe {
namespace {

constexpr int kIconMost_px = 40;

/// The colour of an icon: all of its opaque pixels have it, edges are more or less transparent.
QColor ink_of(const QImage& picture)
{
    const QImage image = picture.convertToFormat(QImage::Format_ARGB32);
    QHash<QRgb, int> counted;
    int opaque = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QRgb pixel = image.pixel(x, y);
            if (qAlpha(pixel) < 250) continue;
            ++counted[pixel];
            ++opaque;
        }
    QRgb best = 0;
    int most = 0;
    for (auto it = counted.begin(); it != counted.end(); ++it)
        if (it.value() > most) {
            most = it.value();
            best = it.key();
        }
    return most * 2 > opaque ? QColor::fromRgb(best) : QColor();
}

} // namespace

class RecordingEngine : public QPaintEngine {
public:
    explicit RecordingEngine(Recorder& to) : QPaintEngine(AllFeatures), to_(to) {}

    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState&) override {}
    Type type() const override { return User; }

    void drawTextItem(const QPointF& at, const QTextItem& item) override
    {
        const QString text = item.text();
        if (text.trimmed().isEmpty()) return;
        const QRectF ink = QFontMetricsF(item.font()).tightBoundingRect(text).translated(at);
        to_.texts.push_back(
            {text,
             painter()->deviceTransform().mapRect(ink),
             clip(),
             item.font(),
             faded(painter()->pen().color())});
    }
    void drawPixmap(const QRectF& rect, const QPixmap& pixmap, const QRectF& part) override
    {
        add_mark(rect, [&] { return pixmap.copy(part.toAlignedRect()).toImage(); });
    }
    void
    drawImage(const QRectF& rect, const QImage& image, const QRectF& part, Qt::ImageConversionFlags)
        override
    {
        add_mark(rect, [&] { return image.copy(part.toAlignedRect()); });
    }
    void drawRects(const QRectF* rects, int count) override
    {
        for (int i = 0; i < count; ++i) add_shape(rects[i]);
    }
    void drawRects(const QRect* rects, int count) override
    {
        for (int i = 0; i < count; ++i) add_shape(rects[i]);
    }
    void drawPath(const QPainterPath& path) override { add_shape(path.boundingRect()); }
    void drawPolygon(const QPointF*, int, PolygonDrawMode) override {}
    void drawEllipse(const QRectF&) override {}

private:
    QRectF clip() const
    {
        QRectF room = systemClip().isEmpty() ? QRectF(0, 0, to_.width(), to_.height())
                                             : QRectF(systemClip().boundingRect());
        if (painter()->hasClipping())
            room &= painter()->deviceTransform().mapRect(painter()->clipBoundingRect());
        return room;
    }
    void add_shape(const QRectF& rect)
    {
        const QRectF place = painter()->deviceTransform().mapRect(rect);
        const QBrush brush = painter()->brush();
        if (brush.style() == Qt::SolidPattern && brush.color().alpha() > 0)
            to_.fills.push_back({place & clip(), faded(brush.color())});
        const QPen pen = painter()->pen();
        if (pen.style() != Qt::NoPen && pen.color().alpha() > 0)
            to_.strokes.push_back({place, std::max(1.0, pen.widthF()), faded(pen.color())});
    }
    QColor faded(QColor color) const
    {
        color.setAlphaF(color.alphaF() * static_cast<float>(painter()->opacity()));
        return color;
    }
    template <typename Picture>
    void add_mark(const QRectF& rect, Picture picture)
    {
        if (rect.width() > kIconMost_px || rect.height() > kIconMost_px) return;
        to_.marks.push_back({painter()->deviceTransform().mapRect(rect), ink_of(picture())});
    }

    Recorder& to_;
};

Recorder::Recorder(const QSize& size)
    : size_(size), engine_(std::make_unique<RecordingEngine>(*this))
{
}

Recorder::~Recorder() = default;

QPaintEngine* Recorder::paintEngine() const
{
    return engine_.get();
}

int Recorder::metric(PaintDeviceMetric which) const
{
    const QScreen* screen = QGuiApplication::primaryScreen();
    switch (which) {
    case PdmWidth:
        return size_.width();
    case PdmHeight:
        return size_.height();
    case PdmDepth:
        return 32;
    case PdmNumColors:
        return 1 << 24;
    case PdmDpiX:
    case PdmDpiY:
        return qRound(screen->logicalDotsPerInch());
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
        return qRound(screen->physicalDotsPerInch());
    case PdmDevicePixelRatio:
        return 1; // everything is kept in device-independent pixels
    default:
        return QPaintDevice::metric(which);
    }
}

} // namespace probe
