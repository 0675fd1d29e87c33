#pragma once

#include "ui/widgets/accessible.h"

#include <QStringList>
#include <QWidget>

class QButtonGroup;

namespace ui {

/// One of a few: "Summary | Transcript | Notes", 28 px high. One stop for Tab, arrows choose.
/// Accessible: a page tab list of tabs; its own name is set by the owner.
class SegmentedControl : public QWidget, public Accessible {
    Q_OBJECT
public:
    explicit SegmentedControl(const QStringList& segments = {}, QWidget* parent = nullptr);

    void setSegments(const QStringList& segments);
    int count() const;
    int current() const;
    /// Does not emit.
    void setCurrent(int index);
    void setSegmentEnabled(int index, bool enabled);
    QString text(int index) const;
    QAccessible::Role accessibleRole() const override { return QAccessible::PageTabList; }
    QString accessibleWords() const override { return tr("Choice"); }

Q_SIGNALS:
    /// By the user only.
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void step(int by);

    QButtonGroup* group_;
    friend class Segment;
};

} // namespace ui
