#pragma once

#include "ui/widgets/elided_label.h"

namespace ui {

/// Head of a group: 11 px 600 in text-3. Role heading for assistive technology.
class SectionLabel : public ElidedLabel {
    Q_OBJECT
public:
    explicit SectionLabel(const QString& text = {}, QWidget* parent = nullptr);
    QAccessible::Role accessibleRole() const override { return QAccessible::Heading; }
};

} // namespace ui
