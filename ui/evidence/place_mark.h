#pragma once

#include "ui/types.h"
#include "ui/widgets/accessible.h"

#include <QWidget>

namespace ui {

/// Number of the citation that is shown (its place, for a search hit), yellow as its chip in the
/// answer.
class PlaceMark : public QWidget, public Accessible {
    Q_OBJECT
public:
    explicit PlaceMark(QWidget* parent = nullptr);
    void setPlace(const Place& place);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    QAccessible::Role accessibleRole() const override { return QAccessible::StaticText; }
    QString accessibleWords() const override { return spoken_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QString words_;
    QString spoken_;
    bool located_ = true;
};

} // namespace ui
