#pragma once

#include "ui/widgets/accessible.h"

#include <QFrame>
#include <QPointer>

class QVBoxLayout;

namespace ui {

/// A veil over the whole window with a panel on it, both children of the window (no popup window:
/// safe on Wayland). Esc and a click on the veil close it; Tab stays inside; the focus returns to
/// where it was. The owner keeps it and opens it again.
class OverlayPanel : public QWidget, public Accessible {
    Q_OBJECT
public:
    explicit OverlayPanel(QWidget* window);

    /// Replaces the content, which the panel then owns.
    void setContent(QWidget* content);
    QWidget* content() const { return content_; }
    /// Panel width, and distance of its top from that of the window; 0: centred.
    void setPanelWidth(int width_px);
    void setTopDistance(int distance_px);
    void open();
    void close();
    bool isOpen() const { return isVisible(); }
    QRect panelRect() const;
    /// A dialog with the name of its content.
    QAccessible::Role accessibleRole() const override { return QAccessible::Dialog; }
    QString accessibleWords() const override;

Q_SIGNALS:
    void opened();
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QWidget* window_;
    QFrame* panel_;
    QVBoxLayout* layout_;
    QWidget* content_ = nullptr;
    QPointer<QWidget> opener_;
    int width_px_ = 640;
    int top_px_ = 96;
};

/// A small floating panel beside its opener, without a veil: history of a source, options. Closes
/// with Esc, with a click elsewhere, and when the focus leaves it; the focus returns to the opener.
/// Tab stays inside where there is something to press.
class Popup : public QFrame, public Accessible {
    Q_OBJECT
public:
    explicit Popup(QWidget* window);

    void setContent(QWidget* content);
    /// Below `opener` where there is room, else above; shifted to stay inside the window.
    void openAt(QWidget* opener);
    void close();
    /// A dialog with the name of its content, else of its opener.
    QAccessible::Role accessibleRole() const override { return QAccessible::Dialog; }
    QString accessibleWords() const override;

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QWidget* window_;
    QVBoxLayout* layout_;
    QWidget* content_ = nullptr;
    QPointer<QWidget> opener_;
};

} // namespace ui
