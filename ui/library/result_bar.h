#pragma once

#include "ui/library/hit_model.h"

#include <QWidget>

class QButtonGroup;
class QToolButton;

namespace ui {

/// Above the hits: chips of how a place got here, with their numbers, and the order.
class ResultBar : public QWidget {
    Q_OBJECT
public:
    explicit ResultBar(QWidget* parent = nullptr);

    void setResult(const SearchResult& result);
    std::optional<HitGroup> group() const;
    /// None: All. Does not emit.
    void setGroup(std::optional<HitGroup> group);

Q_SIGNALS:
    void groupChosen();
    void orderChosen(ui::HitOrder order);

private:
    void setOrder(HitOrder order);

    QButtonGroup* chips_; // 0: all, else 1 + group
    QToolButton* order_;
};

} // namespace ui
