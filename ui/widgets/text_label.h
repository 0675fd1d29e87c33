#pragma once

#include "ui/theme/theme.h"

#include <QLabel>

namespace ui {

class TextLines;

/// Text that wraps, in a step and a colour of the theme; follows both when they change. Its lines
/// are as far apart as the step says, which QLabel has no word for; so plain text is painted here.
/// Text with marks, or that can be selected, stays QLabel's.
class TextLabel : public QLabel {
    Q_OBJECT
public:
    explicit TextLabel(
        const QString& text = {},
        theme::Step step = theme::Step::Body,
        theme::Color color = theme::Color::Text,
        QWidget* parent = nullptr);

    void setStep(theme::Step step, bool strong = false);
    void setColor(theme::Color color);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void updateLook();
    bool paintsItself() const;
    TextLines linesFor(int width) const;

    theme::Step step_;
    theme::Color color_;
    bool strong_ = false;
    bool updating_ = false;
};

} // namespace ui
