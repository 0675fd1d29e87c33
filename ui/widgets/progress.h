#pragma once

#include "ui/widgets/accessible.h"

#include <QElapsedTimer>
#include <QWidget>

class QPainter;
class QPushButton;

namespace ui {

class ElidedLabel;

/// 4 px. Never runs backwards until reset(); unknown length slides 1.2 s a pass (with reduced
/// motion: a still striped bar). Announces steps of 25 %.
class ProgressBar : public QWidget, public Accessible {
    Q_OBJECT
public:
    enum class State { Known, Unknown, Paused, Failed };

    explicit ProgressBar(QWidget* parent = nullptr);

    /// 0..1; smaller than what is shown: ignored. Makes an unknown bar known.
    void setFraction(double fraction);
    double fraction() const { return fraction_; }
    void setState(State state);
    State state() const { return state_; }
    /// A new piece of work: back to nothing.
    void reset();

    /// For delegates. `fraction` below 0: unknown, drawn still.
    static void paint(QPainter& painter, const QRectF& rect, double fraction, State state);

    QSize sizeHint() const override { return {120, 4}; }
    QSize minimumSizeHint() const override { return {24, 4}; }
    QAccessible::Role accessibleRole() const override { return QAccessible::ProgressBar; }
    QString accessibleWords() const override;
    QString accessibleValueText() const override;
    std::optional<Range> accessibleRange() const override;

Q_SIGNALS:
    /// Another quarter is done and was told to assistive technology.
    void announced(int percent);

protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void updateSliding();

    State state_ = State::Known;
    double fraction_ = 0;
    int announced_quarters_ = 0;
    int timer_id_ = 0;
    QElapsedTimer sliding_since_;
};

/// The bar, below it the phase left, time left and Cancel right. The bar's name is the phase:
/// "Writing summary, part 3 of 5, 40 seconds left".
class ProgressRow : public QWidget {
    Q_OBJECT
public:
    explicit ProgressRow(QWidget* parent = nullptr);

    void setPhase(const QString& phase);
    void setTimeLeft(const QString& words);
    void setCancellable(bool on);
    ProgressBar* bar() const { return bar_; }
    QPushButton* cancelButton() const { return cancel_; }

Q_SIGNALS:
    void cancelled();

private:
    void updateName();

    ProgressBar* bar_;
    ElidedLabel* phase_;
    ElidedLabel* left_;
    QPushButton* cancel_;
};

} // namespace ui
