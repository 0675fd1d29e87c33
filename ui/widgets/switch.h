#pragma once

#include <QCheckBox>

namespace ui {

/// On or off at once, without an Apply: a check box drawn as a switch by the style, 32 x 18.
/// Accessible: a check box by its text; without text, set an accessible name.
class Switch : public QCheckBox {
    Q_OBJECT
public:
    explicit Switch(const QString& text = {}, QWidget* parent = nullptr);
};

} // namespace ui
