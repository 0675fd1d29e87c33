#pragma once

#include "ui/widgets/accessible.h"

#include <QFrame>
#include <QPointer>
#include <QTimer>

namespace ui {

/// Done, with Undo: a floating line that goes by itself after 6 s, but stays while the pointer is
/// over it or a control in it has the focus. Accessible: an alert with its sentence.
class Toast : public QFrame, public Accessible {
    Q_OBJECT
public:
    static constexpr int kShown_ms = 6000;

    Toast(const QString& icon, const QString& sentence, bool can_undo, QWidget* parent);

    QString sentence() const { return sentence_; }
    QAccessible::Role accessibleRole() const override { return QAccessible::AlertMessage; }
    QString accessibleWords() const override { return sentence_; }

Q_SIGNALS:
    void undo();
    void expired();

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void updateTimer();

    QString sentence_;
    QTimer timer_;
    bool hovered_ = false;
};

/// Shows one toast at a time at the bottom left of `centre`. A new one replaces the old, whose deed
/// is then final.
class ToastHost : public QObject {
    Q_OBJECT
public:
    explicit ToastHost(QWidget* centre);

    void show(const QString& sentence, bool can_undo, const QString& icon = {});
    /// Makes the deed final and hides it.
    void dismiss();
    /// Ctrl+Z: presses Undo; false where nothing can be undone.
    bool undo();
    Toast* current() const { return toast_; }

Q_SIGNALS:
    void undone();
    /// It went without Undo.
    void settled();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place(bool slide);
    void remove();

    QWidget* centre_;
    QPointer<Toast> toast_;
    bool can_undo_ = false;
};

} // namespace ui
