#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QBoxLayout;
class QHBoxLayout;

namespace ui {

class ElidedLabel;

/// The first 48 px of every column: a title that gives way, an optional second line, room for small
/// widgets before and behind, a hairline below, so that hairlines meet across the window.
class HeaderBar : public QWidget {
    Q_OBJECT
public:
    explicit HeaderBar(const QString& title = {}, QWidget* parent = nullptr);

    QString title() const;
    void setTitle(const QString& title);
    /// Empty: none.
    void setSubtitle(const QString& subtitle);
    /// In the line of the title instead of below it, where there is room for that.
    void setSubtitleBeside();
    QString subtitle() const;
    /// In the list and evidence columns: buttons stand nearer to the right edge, and two lines are
    /// smaller.
    void setInPane();
    /// From the left, before the title (a citation number, a back button).
    void addLeading(QWidget* widget);
    /// From left to right, behind the title; never shrinks.
    void addTrailing(QWidget* widget);
    /// In place of the title (a segmented control, a search field), with all its room.
    void setCentre(QWidget* widget);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void updateSteps();

    QHBoxLayout* row_;
    QHBoxLayout* leading_;
    QHBoxLayout* trailing_;
    QWidget* titles_;
    QBoxLayout* lines_;
    ElidedLabel* title_;
    ElidedLabel* subtitle_;
    QWidget* centre_ = nullptr;
    bool in_pane_ = false;
};

} // namespace ui
