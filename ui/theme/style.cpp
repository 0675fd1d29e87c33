#include "ui/theme/style.h"

#include <QAbstractScrollArea>
#include <QComboBox>
#include <QListWidget>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStyleOption>
#include <QTableView>
#include <QTextEdit>

namespace ui::theme {
namespace {

constexpr int kCheck_px = 16;
constexpr int kSwitchWidth_px = 32;
constexpr int kSwitchHeight_px = 18;
constexpr int kScrollBar_px = 8;
// Three pixels keep the square viewport inside the rounded frame.
constexpr int kTextFrame_px = 3;
constexpr int kFieldPadding_px = 8; // QLineEdit adds 2 by itself

bool isTextEdit(const QWidget* widget)
{
    return qobject_cast<const QTextEdit*>(widget) || qobject_cast<const QPlainTextEdit*>(widget);
}

bool isSwitch(const QWidget* widget)
{
    return widget && widget->property(kSwitchProperty).toBool();
}

} // namespace

Style::Style() : QProxyStyle(QStringLiteral("Fusion"))
{
}

void Style::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    // What lies under it shows where the handle is not.
    if (qobject_cast<QScrollBar*>(widget)) widget->setAttribute(Qt::WA_OpaquePaintEvent, false);
    if (widget->inherits("QAbstractButton") || widget->inherits("QComboBox") ||
        widget->inherits("QSlider"))
        widget->setAttribute(Qt::WA_Hover);
}

void Style::drawPrimitive(
    PrimitiveElement element,
    const QStyleOption* option,
    QPainter* painter,
    const QWidget* widget) const
{
    switch (element) {
    case PE_Widget:
        if (widget && widget->property(kGroundProperty).isValid())
            painter->fillRect(
                option->rect,
                color(static_cast<Color>(widget->property(kGroundProperty).toInt())));
        return;
    case PE_PanelLineEdit:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            frame && frame->lineWidth > 0)
            drawField(*option, *painter, widget);
        return;
    case PE_FrameLineEdit:
        return;
    case PE_Frame:
        if (isTextEdit(widget))
            drawField(*option, *painter, widget);
        else
            drawBox(*painter, option->rect, 0, {}, color(Color::Line));
        return;
    case PE_FrameMenu:
        drawBox(*painter, option->rect, 0, {}, color(Color::Line));
        return;
    case PE_PanelMenu:
        painter->fillRect(option->rect, color(Color::Raised));
        drawBox(*painter, option->rect, 0, {}, color(Color::Line));
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, color(Color::Raised));
        drawBox(*painter, option->rect, 0, {}, color(Color::LineControl));
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheck(*option, *painter, widget);
        return;
    case PE_IndicatorRadioButton:
        drawRadio(*option, *painter);
        return;
    case PE_PanelItemViewItem:
        if (const auto* row = qstyleoption_cast<const QStyleOptionViewItem*>(option))
            drawRowPanel(*row, *painter);
        return;
    case PE_PanelItemViewRow:
        return;
    case PE_IndicatorBranch:
        drawBranch(*option, *painter);
        return;
    case PE_FrameFocusRect:
        // Controls are ringed by FocusRing; what asks from inside a view is a row.
        if (focusIsByKeyboard() && qstyleoption_cast<const QStyleOptionFocusRect*>(option) &&
            widget && widget->inherits("QAbstractItemView"))
            drawFocusRing(
                *painter,
                QRectF(option->rect).adjusted(3, 3, -3, -3),
                kControlRadius_px - 3);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(
    ControlElement element,
    const QStyleOption* option,
    QPainter* painter,
    const QWidget* widget) const
{
    switch (element) {
    case CE_PushButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            drawPushButton(*button, *painter, widget);
        return;
    case CE_Splitter: {
        const bool upright = option->state & State_Horizontal;
        QRect line = option->rect;
        if (upright) {
            line.setLeft(line.center().x());
            line.setWidth(1);
        } else {
            line.setTop(line.center().y());
            line.setHeight(1);
        }
        painter->fillRect(line, color(Color::Line));
        return;
    }
    case CE_HeaderSection:
        drawHeaderSection(*option, *painter);
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, color(Color::Surface));
        return;
    case CE_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            drawMenuItem(*item, *painter);
        return;
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            drawMenuBarItem(*item, *painter);
        return;
    case CE_MenuBarEmptyArea:
    case CE_ToolBar:
        painter->fillRect(option->rect, color(Color::Window));
        return;
    case CE_MenuEmptyArea:
        painter->fillRect(option->rect, color(Color::Raised));
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawComplexControl(
    ComplexControl control,
    const QStyleOptionComplex* option,
    QPainter* painter,
    const QWidget* widget) const
{
    switch (control) {
    case CC_ToolButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option))
            drawToolButton(*button, *painter, widget);
        return;
    case CC_ComboBox:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option))
            drawComboBox(*combo, *painter, widget);
        return;
    case CC_SpinBox:
        if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option))
            drawSpinBox(*spin, *painter, widget);
        return;
    case CC_ScrollBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            drawScrollBar(*bar, *painter);
        return;
    case CC_Slider:
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option))
            drawSlider(*slider, *painter);
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

QSize Style::sizeFromContents(
    ContentsType type,
    const QStyleOption* option,
    const QSize& size,
    const QWidget* widget) const
{
    switch (type) {
    case CT_PushButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            return pushButtonSize(*button, widget);
        break;
    case CT_ToolButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option))
            return toolButtonSize(*button, widget);
        break;
    case CT_LineEdit:
        return {
            size.width() + 2 * (kFieldPadding_px + 1),
            std::max(sizeClass(widget) < 0 ? 28 : 32, option->fontMetrics.height() + 10)};
    case CT_SpinBox:
        // 36 around the field, and the 4 that a line edit keeps inside.
        return {size.width() + 40, std::max(32, option->fontMetrics.height() + 10)};
    case CT_ComboBox:
        return {
            size.width() + 10 + 26 + 4, // the label keeps 2 px on each side
            std::max(sizeClass(widget) < 0 ? 24 : 28, option->fontMetrics.height() + 8)};
    case CT_CheckBox:
    case CT_RadioButton: {
        QSize made = QProxyStyle::sizeFromContents(type, option, size, widget);
        // 28 px to hit, also where the box is smaller.
        made.setHeight(std::max(made.height(), 28));
        return made;
    }
    case CT_ItemViewItem: {
        QSize made = QProxyStyle::sizeFromContents(type, option, size, widget);
        made.setHeight(std::max(made.height(), 32));
        return made;
    }
    case CT_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            return menuItemSize(*item);
        break;
    case CT_MenuBarItem:
        return {size.width() + 16, std::max(24, size.height() + 6)};
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget)
    const
{
    switch (element) {
    case SE_LineEditContents: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (!frame || frame->lineWidth == 0) return option->rect;
        return option->rect.adjusted(kFieldPadding_px + 1, 1, -kFieldPadding_px - 1, -1);
    }
    case SE_PushButtonFocusRect:
        return option->rect;
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect Style::subControlRect(
    ComplexControl control,
    const QStyleOptionComplex* option,
    SubControl sub,
    const QWidget* widget) const
{
    const QRect& rect = option->rect;
    const auto mirrored = [&](const QRect& found) {
        return visualRect(option->direction, rect, found);
    };
    switch (control) {
    case CC_ScrollBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            return scrollBarRect(*bar, sub);
        break;
    case CC_ComboBox:
        if (sub == SC_ComboBoxEditField) return mirrored(rect.adjusted(10, 1, -26, -1));
        if (sub == SC_ComboBoxArrow)
            return mirrored({rect.right() - 25, rect.top(), 26, rect.height()});
        break;
    case CC_SpinBox: {
        const QRect buttons(rect.right() - 25, rect.top() + 1, 25, rect.height() - 2);
        const int half = buttons.height() / 2;
        if (sub == SC_SpinBoxUp) return mirrored(buttons.adjusted(0, 0, 0, -half));
        if (sub == SC_SpinBoxDown) return mirrored(buttons.adjusted(0, half, 0, 0));
        if (sub == SC_SpinBoxEditField) return mirrored(rect.adjusted(9, 1, -27, -1));
        if (sub == SC_SpinBoxFrame) return rect;
        break;
    }
    default:
        break;
    }
    return QProxyStyle::subControlRect(control, option, sub, widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_IndicatorWidth:
        return isSwitch(widget) ? kSwitchWidth_px : kCheck_px;
    case PM_IndicatorHeight:
        return isSwitch(widget) ? kSwitchHeight_px : kCheck_px;
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return kCheck_px;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 8;
    case PM_ScrollBarExtent:
        return kScrollBar_px;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    case PM_DefaultFrameWidth:
        return isTextEdit(widget) ? kTextFrame_px : 1;
    case PM_ComboBoxFrameWidth:
    case PM_SplitterWidth:
        return 1;
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_ListViewIconSize:
    case PM_ToolBarIconSize:
        return 16;
    case PM_ButtonMargin:
    case PM_ButtonDefaultIndicator:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_FocusFrameVMargin:
    case PM_MenuHMargin:
    case PM_MenuBarPanelWidth:
        return 0;
    case PM_FocusFrameHMargin:
        // Of rows that Qt draws: what stands in them keeps away from the frame.
        return qobject_cast<const QTableView*>(widget) || qobject_cast<const QListWidget*>(widget)
                   ? kFieldPadding_px - 1
                   : 0;
    case PM_HeaderMargin:
        return kFieldPadding_px;
    case PM_MenuVMargin:
        return 4;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuBarHMargin:
        return 4;
    case PM_MenuBarVMargin:
        return 2;
    case PM_MenuBarItemSpacing:
        return 0;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return kGap_px;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return kPanePadding_px;
    case PM_SliderThickness:
    case PM_SliderControlThickness:
    case PM_SliderLength:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(
    StyleHint hint,
    const QStyleOption* option,
    const QWidget* widget,
    QStyleHintReturn* answer) const
{
    switch (hint) {
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ItemView_ShowDecorationSelected:
        return hint == SH_ItemView_ShowDecorationSelected;
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 1;
    case SH_ComboBox_Popup:
        return 0;
    case SH_Menu_MouseTracking:
    case SH_MenuBar_MouseTracking:
        return 1;
    case SH_Slider_AbsoluteSetButtons:
        return Qt::LeftButton;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    default:
        return QProxyStyle::styleHint(hint, option, widget, answer);
    }
}

} // namespace ui::theme
