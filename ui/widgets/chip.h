#pragma once

#include "ui/widgets/accessible.h"

#include <QToolButton>

namespace ui {

/// 24 px high. A filter chip is checkable and may carry a count ("Said 7", named "Said, 7
/// results"); put several into a QButtonGroup. A button chip has an icon ("5 sources") and is
/// pressed.
class Chip : public QToolButton, public Accessible {
    Q_OBJECT
public:
    /// Checkable filter.
    explicit Chip(const QString& text, QWidget* parent = nullptr);
    /// Button with an icon.
    Chip(const QString& icon, const QString& text, QWidget* parent = nullptr);

    void setCount(int count); // negative: none
    int count() const { return count_; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    QAccessible::Role accessibleRole() const override;
    QString accessibleWords() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QString words() const;

    QString icon_name_;
    int count_ = -1;
};

} // namespace ui
