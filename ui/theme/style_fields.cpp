#include "ui/theme/palette.h"
#include "ui/theme/style.h"

#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleOption>
#include <QTextEdit>

namespace ui::theme {
namespace {

constexpr int kChevron_px = 14;
constexpr int kTrack_px = 4;

void drawNamed(QPainter& painter, const QRect& room, const QString& name, Color ink)
{
    QRect square(0, 0, kChevron_px, kChevron_px);
    square.moveCenter(room.center());
    painter.drawPixmap(
        square,
        iconPixmap(name, ink, kChevron_px, painter.device()->devicePixelRatioF()));
}

} // namespace

void Style::drawField(const QStyleOption& option, QPainter& painter, const QWidget* widget) const
{
    const bool enabled = option.state.testFlag(State_Enabled);
    const bool quiet = widget && widget->property(kQuietProperty).toBool();
    Color edge = quiet ? Color::Line : Color::LineControl;
    if (widget && widget->property(kErrorProperty).toBool()) edge = Color::Record;
    if (!enabled) edge = Color::Line;
    drawBox(painter, option.rect, kControlRadius_px, color(Color::Surface), color(edge));
}

void Style::drawComboBox(
    const QStyleOptionComboBox& option,
    QPainter& painter,
    const QWidget* widget) const
{
    const bool enabled = option.state.testFlag(State_Enabled);
    if (option.editable) {
        drawField(option, painter, widget);
    } else if (option.frame) {
        Color ground = Color::Raised;
        Color edge = Color::Line;
        if (option.state.testFlag(State_Sunken) || option.state.testFlag(State_On)) {
            ground = Color::Sunken;
            edge = Color::LineControl;
        } else if (enabled && option.state.testFlag(State_MouseOver)) {
            ground = Color::Hover;
        }
        drawBox(painter, option.rect, kControlRadius_px, color(ground), color(edge));
    }
    const QRect arrow = proxy()
                            ->subControlRect(CC_ComboBox, &option, SC_ComboBoxArrow, widget)
                            .adjusted(0, 0, -4, 0);
    drawNamed(
        painter,
        arrow,
        QStringLiteral("chevron-down"),
        enabled ? Color::Text2 : Color::LineControl);
}

void Style::drawSpinBox(const QStyleOptionSpinBox& option, QPainter& painter, const QWidget* widget)
    const
{
    if (option.frame) drawField(option, painter, widget);
    const auto half =
        [&](SubControl sub, const QString& name, QAbstractSpinBox::StepEnabledFlag can) {
            const QRect room = proxy()->subControlRect(CC_SpinBox, &option, sub, widget);
            const bool enabled =
                option.state.testFlag(State_Enabled) && option.stepEnabled.testFlag(can);
            if (enabled && option.activeSubControls == sub)
                drawBox(
                    painter,
                    room.adjusted(0, 1, -2, -1),
                    kChipRadius_px,
                    color(option.state.testFlag(State_Sunken) ? Color::Sunken : Color::Hover));
            drawNamed(painter, room, name, enabled ? Color::Text2 : Color::LineControl);
        };
    half(SC_SpinBoxUp, QStringLiteral("chevron-up"), QAbstractSpinBox::StepUpEnabled);
    half(SC_SpinBoxDown, QStringLiteral("chevron-down"), QAbstractSpinBox::StepDownEnabled);
}

QRect Style::scrollBarRect(const QStyleOptionSlider& option, SubControl sub) const
{
    const bool level = option.orientation == Qt::Horizontal;
    const int length = level ? option.rect.width() : option.rect.height();
    const int range = option.maximum - option.minimum;
    int handle = length;
    if (range > 0) {
        const double share = static_cast<double>(option.pageStep) / (range + option.pageStep);
        handle = std::clamp(
            static_cast<int>(length * share),
            std::min(length, proxy()->pixelMetric(PM_ScrollBarSliderMin, &option, nullptr)),
            length);
    }
    const int start = sliderPositionFromValue(
        option.minimum,
        option.maximum,
        option.sliderPosition,
        length - handle,
        option.upsideDown);
    const auto stretch = [&](int from, int size) {
        const QRect& all = option.rect;
        const QRect found = level ? QRect(all.left() + from, all.top(), size, all.height())
                                  : QRect(all.left(), all.top() + from, all.width(), size);
        return level ? visualRect(option.direction, all, found) : found;
    };
    switch (sub) {
    case SC_ScrollBarSlider:
        return stretch(start, handle);
    case SC_ScrollBarGroove:
        return option.rect;
    case SC_ScrollBarSubPage:
        return stretch(0, start);
    case SC_ScrollBarAddPage:
        return stretch(start + handle, length - start - handle);
    default:
        return {}; // no buttons at the ends
    }
}

void Style::drawScrollBar(const QStyleOptionSlider& option, QPainter& painter) const
{
    if (option.maximum <= option.minimum) return;
    const QRectF handle = scrollBarRect(option, SC_ScrollBarSlider);
    const bool held = option.activeSubControls.testFlag(SC_ScrollBarSlider) &&
                      option.state.testFlag(State_Sunken);
    const bool over = option.state.testFlag(State_MouseOver);
    const QRectF bar = handle.adjusted(1, 1, -1, -1);
    const Color ink = held ? Color::Text2 : over ? Color::Text3 : Color::LineControl;
    drawBox(painter, bar, std::min(bar.width(), bar.height()) / 2, color(ink));
}

void Style::drawSlider(const QStyleOptionSlider& option, QPainter& painter) const
{
    const bool level = option.orientation == Qt::Horizontal;
    const QRectF handle = proxy()->subControlRect(CC_Slider, &option, SC_SliderHandle, nullptr);
    const QPointF middle = handle.center();
    QRectF track = option.rect;
    QRectF done = track;
    if (level) {
        track = {track.left() + 2, middle.y() - kTrack_px / 2.0, track.width() - 4, kTrack_px};
        done = track;
        // Mirrored sliders count from the right.
        if (option.upsideDown)
            done.setLeft(middle.x());
        else
            done.setRight(middle.x());
    } else {
        track = {middle.x() - kTrack_px / 2.0, track.top() + 2, kTrack_px, track.height() - 4};
        done = track;
        if (option.upsideDown)
            done.setTop(middle.y());
        else
            done.setBottom(middle.y());
    }
    const bool enabled = option.state.testFlag(State_Enabled);
    const QColor ink = color(enabled ? Color::Accent : Color::LineControl);
    drawBox(painter, track, kTrack_px / 2.0, color(Color::MeterTrack));
    drawBox(painter, done, kTrack_px / 2.0, ink);
    QRectF knob(0, 0, 14, 14);
    knob.moveCenter(middle);
    drawBox(painter, knob, 7, ink);
    drawBox(painter, knob.adjusted(2, 2, -2, -2), 5, color(Color::Surface));
}

} // namespace ui::theme
