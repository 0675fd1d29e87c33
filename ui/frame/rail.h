#pragma once

#include "ui/widgets/accessible.h"

#include <QButtonGroup>
#include <QWidget>

class QVBoxLayout;
class QToolButton;

namespace ui {

/// The column of views at the left: icon over word, one checked. 64 px wide.
class Rail : public QWidget, public Accessible {
    Q_OBJECT
public:
    explicit Rail(QWidget* parent = nullptr);

    /// Views that are always reached stand at the bottom.
    void addView(int id, const QString& text, const QString& icon, bool at_bottom = false);
    void setCurrent(int id);
    /// A small dot on the icon: something goes on in that view (`words` says what, for a tooltip
    /// and a screen reader). Empty: no dot.
    void setActivity(int id, const QString& words);

    QAccessible::Role accessibleRole() const override { return QAccessible::PageTabList; }
    QString accessibleWords() const override { return tr("Views"); }

Q_SIGNALS:
    void chosen(int id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* top_;
    QVBoxLayout* bottom_;
    QButtonGroup buttons_;
};

} // namespace ui
