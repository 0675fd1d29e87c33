#pragma once

#include "ui/theme/theme.h"

#include <QProxyStyle>

class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionMenuItem;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionToolButton;
class QStyleOptionViewItem;

namespace ui::theme {

// Properties that the functions of theme.h set and the style reads.
inline constexpr const char* kKeyHintProperty = "percept_key";
inline constexpr const char* kErrorProperty = "percept_error";
inline constexpr const char* kQuietProperty = "percept_quiet";
inline constexpr const char* kGroundProperty = "percept_ground";
/// Of a QCheckBox: drawn as a switch.
inline constexpr const char* kSwitchProperty = "percept_switch";
/// Of a control: the QWidget* to ring instead of it; null: it draws its own ring.
inline constexpr const char* kFocusFrameProperty = "percept_focus_frame";
inline constexpr const char* kFocusRadiusProperty = "percept_focus_radius";
/// -1 small, 0 normal, 1 large.
int sizeClass(const QWidget* widget);

/// Our look over Fusion, drawn from the tokens. What is not overridden here takes its colours from
/// the palette. Focus rings of controls are FocusRing's; rows draw theirs inside.
class Style : public QProxyStyle {
    Q_OBJECT
public:
    Style();

    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    void drawPrimitive(
        PrimitiveElement element,
        const QStyleOption* option,
        QPainter* painter,
        const QWidget* widget) const override;
    void drawControl(
        ControlElement element,
        const QStyleOption* option,
        QPainter* painter,
        const QWidget* widget) const override;
    void drawComplexControl(
        ComplexControl control,
        const QStyleOptionComplex* option,
        QPainter* painter,
        const QWidget* widget) const override;
    QSize sizeFromContents(
        ContentsType type,
        const QStyleOption* option,
        const QSize& size,
        const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget)
        const override;
    QRect subControlRect(
        ComplexControl control,
        const QStyleOptionComplex* option,
        SubControl sub,
        const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget)
        const override;
    int styleHint(
        StyleHint hint,
        const QStyleOption* option,
        const QWidget* widget,
        QStyleHintReturn* answer) const override;

private:
    // style_buttons.cpp
    void drawPushButton(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget)
        const;
    void drawToolButton(
        const QStyleOptionToolButton& option,
        QPainter& painter,
        const QWidget* widget) const;
    QSize pushButtonSize(const QStyleOptionButton& option, const QWidget* widget) const;
    QSize toolButtonSize(const QStyleOptionToolButton& option, const QWidget* widget) const;
    void drawCheck(const QStyleOption& option, QPainter& painter, const QWidget* widget) const;
    void drawRadio(const QStyleOption& option, QPainter& painter) const;

    // style_fields.cpp
    void drawField(const QStyleOption& option, QPainter& painter, const QWidget* widget) const;
    void drawComboBox(const QStyleOptionComboBox& option, QPainter& painter, const QWidget* widget)
        const;
    void
    drawSpinBox(const QStyleOptionSpinBox& option, QPainter& painter, const QWidget* widget) const;
    void drawScrollBar(const QStyleOptionSlider& option, QPainter& painter) const;
    void drawSlider(const QStyleOptionSlider& option, QPainter& painter) const;
    QRect scrollBarRect(const QStyleOptionSlider& option, SubControl sub) const;

    // style_items.cpp
    void drawRowPanel(const QStyleOptionViewItem& option, QPainter& painter) const;
    void drawHeaderSection(const QStyleOption& option, QPainter& painter) const;
    void drawBranch(const QStyleOption& option, QPainter& painter) const;

    // style_menus.cpp
    void drawMenuItem(const QStyleOptionMenuItem& option, QPainter& painter) const;
    void drawMenuBarItem(const QStyleOptionMenuItem& option, QPainter& painter) const;
    QSize menuItemSize(const QStyleOptionMenuItem& option) const;
};

/// True where the focus came by keyboard, so that it has to be seen.
bool focusIsByKeyboard();

} // namespace ui::theme
