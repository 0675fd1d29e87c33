#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QPushButton;

namespace ui {

class IconSpot;
class TextLabel;

/// Nothing here, or it failed: icon, one sentence, detail, one button, centred, at most 460 px
/// wide.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);

    /// `failed`: the icon in red; the sentence says what failed.
    void
    set(const QString& icon,
        const QString& sentence,
        const QString& detail = {},
        bool failed = false);
    /// Empty: no button.
    QPushButton* setButton(const QString& text);
    QPushButton* button() const { return button_; }
    /// Sentence as in a card (body 600) instead of heading size.
    void setCompact(bool on);

private:
    IconSpot* icon_;
    TextLabel* sentence_;
    TextLabel* detail_;
    QPushButton* button_;
};

} // namespace ui
