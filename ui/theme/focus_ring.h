#pragma once

#include <QPointer>
#include <QWidget>

namespace ui::theme {

/// Draws the ring around the control that has the focus: 1 px outside it, where its own paint event
/// cannot reach. A child of the control's window, above everything, cut where a scroll area cuts
/// the control. Text fields show it always, others after the keyboard was used. One for the
/// application.
class FocusRing : public QObject {
    Q_OBJECT
public:
    explicit FocusRing(QObject* parent);
    bool byKeyboard() const { return by_keyboard_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Overlay;

    void follow(QWidget* control);
    void update();

    QPointer<QWidget> control_;
    QPointer<Overlay> overlay_;
    bool by_keyboard_ = false;
};

} // namespace ui::theme
