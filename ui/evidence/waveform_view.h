#pragma once

#include "ui/evidence/types.h"
#include "ui/widgets/accessible.h"

#include <QPixmap>
#include <QWidget>

namespace ui {

/// A stretch of sound as bars, the cited span yellow-brown on yellow, the play head as a line. The
/// bars are painted once into a pixmap; moving the head copies it. A click seeks.
class WaveformView : public QWidget, public Accessible {
    Q_OBJECT
public:
    explicit WaveformView(QWidget* parent = nullptr);

    /// Which stretch is shown; forgets the peaks of another one.
    void setRange(double start_s, double end_s);
    void setPeaks(const SoundPeaks& peaks);
    void setCited(std::optional<double> start_s, std::optional<double> end_s);
    void setGaps(std::vector<storage::Gap> gaps);
    void setPosition(double seconds);
    double start() const { return start_s_; }
    double end() const { return end_s_; }
    bool hasPeaks() const { return !peaks_.low.empty(); }
    int xOf(double seconds) const;
    /// How many peaks this width can show.
    int columns() const;

    QSize sizeHint() const override { return {200, kHeight_px}; }
    QSize minimumSizeHint() const override { return {80, kHeight_px}; }
    QAccessible::Role accessibleRole() const override { return QAccessible::Graphic; }
    QString accessibleWords() const override;

    static constexpr int kHeight_px = 52;

Q_SIGNALS:
    void seekWanted(double seconds);
    /// The peaks of [start, end] are missing, or were made for another width.
    void peaksWanted(double start_s, double end_s, int columns);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void render();

    double start_s_ = 0;
    double end_s_ = 0;
    double position_s_ = -1;
    std::optional<double> cited_start_s_;
    std::optional<double> cited_end_s_;
    std::vector<storage::Gap> gaps_;
    SoundPeaks peaks_;
    QPixmap bars_;
};

} // namespace ui
