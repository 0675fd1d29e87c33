#include "ui/theme/focus_ring.h"

#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenuBar>
#include <QPainter>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSplitterHandle>
#include <QTextEdit>

namespace ui::theme {
namespace {

constexpr int kReach_px = 3;

FocusRing* the_ring = nullptr;

/// The widget around which the ring is drawn; null: none (it draws its own, or needs none).
QWidget* framed(QWidget* control)
{
    if (!control || control->isWindow()) return nullptr;
    const QVariant said = control->property(kFocusFrameProperty);
    if (said.isValid()) {
        auto* frame = said.value<QWidget*>();
        return frame && !frame->isWindow() ? frame : nullptr;
    }
    // Rows and viewers draw theirs inside.
    if (qobject_cast<QAbstractItemView*>(control) || qobject_cast<QMenuBar*>(control))
        return nullptr;
    if (auto* text = qobject_cast<QTextEdit*>(control))
        return text->isReadOnly() ? nullptr : control;
    if (qobject_cast<QAbstractScrollArea*>(control) && !qobject_cast<QPlainTextEdit*>(control))
        return nullptr;
    if (auto* field = qobject_cast<QLineEdit*>(control)) {
        QWidget* parent = field->parentWidget();
        if (qobject_cast<QAbstractSpinBox*>(parent) || qobject_cast<QComboBox*>(parent))
            return parent;
        if (!field->hasFrame()) return nullptr;
    }
    return control;
}

bool isTextField(const QWidget* control)
{
    if (const auto* field = qobject_cast<const QLineEdit*>(control)) return !field->isReadOnly();
    return qobject_cast<const QPlainTextEdit*>(control) ||
           qobject_cast<const QTextEdit*>(control) ||
           qobject_cast<const QAbstractSpinBox*>(control);
}

qreal radiusOf(const QWidget* widget)
{
    const QVariant said = widget->property(kFocusRadiusProperty);
    if (said.isValid()) return said.toReal();
    if (qobject_cast<const QCheckBox*>(widget) || qobject_cast<const QRadioButton*>(widget))
        return kChipRadius_px;
    return kControlRadius_px;
}

} // namespace

class FocusRing::Overlay : public QWidget {
public:
    explicit Overlay(QWidget* window) : QWidget(window)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
        setObjectName(QStringLiteral("focus_ring"));
    }
    void surround(const QRect& control, const QRect& visible, qreal radius)
    {
        control_ = control;
        radius_ = radius;
        setGeometry(control.adjusted(-kReach_px, -kReach_px, kReach_px, kReach_px));
        // Only the ring's own pixels: what types inside must not repaint it.
        const int corner = static_cast<int>(radius_);
        const QRect inside = rect().adjusted(
            kReach_px + corner / 2,
            kReach_px + corner / 2,
            -kReach_px - corner / 2,
            -kReach_px - corner / 2);
        QRegion shape(rect());
        if (inside.isValid()) shape -= inside;
        setMask(shape & visible.translated(-pos()));
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        drawFocusRing(painter, control_.translated(-pos()), radius_);
    }

private:
    QRect control_;
    qreal radius_ = 0;
};

bool focusIsByKeyboard()
{
    return the_ring && the_ring->byKeyboard();
}

FocusRing::FocusRing(QObject* parent) : QObject(parent)
{
    the_ring = this;
    connect(this, &QObject::destroyed, [] { the_ring = nullptr; });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        follow(now);
    });
    qApp->installEventFilter(this);
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::FocusIn: {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
            reason == Qt::ShortcutFocusReason)
            by_keyboard_ = true;
        else if (reason == Qt::MouseFocusReason)
            by_keyboard_ = false;
        if (watched == control_) update();
        break;
    }
    case QEvent::KeyPress:
        // Typing into a field says nothing about how one moves; moving keys do.
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Home:
        case Qt::Key_End:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
        case Qt::Key_F6:
            if (!by_keyboard_) {
                by_keyboard_ = true;
                update();
                if (control_) control_->update();
            }
            break;
        default:
            break;
        }
        break;
    case QEvent::MouseButtonPress:
        if (by_keyboard_) {
            by_keyboard_ = false;
            update();
        }
        break;
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::ParentChange:
    case QEvent::ZOrderChange:
    case QEvent::EnabledChange:
    case QEvent::ReadOnlyChange:
        if (control_ && watched != overlay_ && watched->isWidgetType()) {
            auto* widget = static_cast<QWidget*>(watched);
            if (widget == control_ || widget->isAncestorOf(control_)) update();
        }
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void FocusRing::follow(QWidget* control)
{
    control_ = control;
    update();
}

void FocusRing::update()
{
    QWidget* around = framed(control_);
    if (!around || !around->isVisible() || !around->isEnabled() ||
        (!by_keyboard_ && !isTextField(control_))) {
        if (overlay_) overlay_->hide();
        return;
    }
    QWidget* window = around->window();
    Overlay* overlay = overlay_;
    if (overlay && overlay->parentWidget() != window) {
        delete overlay;
        overlay = nullptr;
    }
    if (!overlay) {
        overlay = new Overlay(window);
        overlay_ = overlay;
    }
    const QRect control(around->mapTo(window, QPoint(0, 0)), around->size());
    QRect visible = window->rect();
    for (QWidget* above = around->parentWidget(); above && above != window;
         above = above->parentWidget()) {
        auto* area = qobject_cast<QAbstractScrollArea*>(above->parentWidget());
        if (area && area->viewport() == above)
            visible &= QRect(above->mapTo(window, QPoint(0, 0)), above->size());
    }
    overlay->surround(control, visible, radiusOf(around));
    overlay->show();
    overlay->raise();
}

} // namespace ui::theme
