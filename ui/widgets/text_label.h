#pragma once

#include "ui/theme/theme.h"

#include <QLabel>

namespace ui {

/// Text that wraps, in a step and a colour of the theme; follows both when they change.
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

protected:
    void changeEvent(QEvent* event) override;

private:
    void updateLook();

    theme::Step step_;
    theme::Color color_;
    bool strong_ = false;
    bool updating_ = false;
};

} // namespace ui
