#pragma once

#include "ui/models/types.h"
#include "ui/widgets/accessible.h"

#include <QColor>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace ui {

class ElidedLabel;
class ProgressBar;
class TextLabel;

/// A bar of 12 px in parts: what others use, what Percept uses, what is left.
class UsageBar : public QWidget, public Accessible {
    Q_OBJECT
public:
    explicit UsageBar(QWidget* parent = nullptr);
    /// Shares of the whole, 0..1; `words` is the accessible name.
    void set(double others, double own, const QString& words);
    QSize sizeHint() const override { return {120, 12}; }
    QSize minimumSizeHint() const override { return {40, 12}; }
    QAccessible::Role accessibleRole() const override { return QAccessible::Chart; }
    QString accessibleWords() const override { return words_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double others_ = 0;
    double own_ = 0;
    QString words_;
};

/// "This computer": memory, disk, speed; a column of its own on `pane`.
class MachinePanel : public QWidget {
    Q_OBJECT
public:
    static constexpr int kWidth_px = 327;

    explicit MachinePanel(QWidget* parent = nullptr);
    void setMachine(const MachineUse& machine);
    void setSpeed(const SpeedState& speed);

Q_SIGNALS:
    void speedTestCancelled();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ElidedLabel* graphics_;
    ElidedLabel* processor_;
    ElidedLabel* memory_words_;
    UsageBar* memory_;
    TextLabel* memory_own_;
    ElidedLabel* disk_words_;
    UsageBar* disk_;
    TextLabel* disk_own_;
    QVBoxLayout* speed_rows_;
    std::vector<QPair<QString, QString>> shown_speed_;
    TextLabel* measured_;
    QWidget* running_;
    ProgressBar* bar_;
    TextLabel* step_;
    QPushButton* cancel_;
};

} // namespace ui
