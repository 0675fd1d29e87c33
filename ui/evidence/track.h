#pragma once

#include "ui/widgets/accessible.h"

#include <QWidget>
#include <vector>

namespace ui {

/// Where a recording is: a slider over its time with yellow ticks at citations and red gaps. Arrows
/// move 5 s, with Shift 1 s; while the pointer drags, only the handle follows.
class Track : public QWidget, public Accessible {
    Q_OBJECT
public:
    explicit Track(QWidget* parent = nullptr);

    struct Span {
        double start_s = 0;
        double end_s = 0;
    };
    void setDuration(double seconds);
    void setPosition(double seconds);
    double position() const { return position_s_; }
    double duration() const { return duration_s_; }
    void setCitations(std::vector<double> times_s);
    void setGaps(std::vector<Span> gaps);

    int xOf(double seconds) const;
    double secondsAt(int x) const;

    QSize sizeHint() const override { return {200, height_px_}; }
    QSize minimumSizeHint() const override { return {80, height_px_}; }
    QAccessible::Role accessibleRole() const override { return QAccessible::Slider; }
    QString accessibleWords() const override;
    QString accessibleValueText() const override;
    std::optional<Range> accessibleRange() const override;
    void setAccessibleValue(double value) override;

    static constexpr int kHeight_px = 20;
    static constexpr int kCloseHeight_px = 16;
    static constexpr int kMiddle_px = 13; // the design gives it more air above than below
    /// With less air above: under a waveform, which has some of its own.
    void setClose(bool close);

Q_SIGNALS:
    void seekWanted(double seconds);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void seek(double seconds);

    int middleLine() const { return height_px_ - (kHeight_px - kMiddle_px); }

    int height_px_ = kHeight_px;
    double duration_s_ = 0;
    double position_s_ = 0;
    std::vector<double> citations_;
    std::vector<Span> gaps_;
    bool dragging_ = false;
    bool ring_ = false;
    int announced_s_ = -1;
};

/// "6 minutes 41", "1 hour 2 minutes 5", "41 seconds": a time as it is spoken.
QString spokenTime(double seconds);

} // namespace ui
