#pragma once

#include "ui/palette/types.h"

#include <optional>
#include <QAbstractListModel>
#include <vector>

namespace ui {

enum class HitOrder { BestMatch, Newest };

/// What a search found, under its days. Best match: the day of the best hit comes first, and in a
/// day the better hit.
class HitModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { ChipRole = Qt::UserRole + 1, SourceRole, GroupRole };

    explicit HitModel(QObject* parent = nullptr);

    void setResult(const SearchResult& result);
    /// None: all groups.
    void setGroup(std::optional<HitGroup> group);
    std::optional<HitGroup> group() const { return group_; }
    void setOrder(HitOrder order);
    HitOrder order() const { return order_; }

    const SearchResult& result() const { return result_; }
    /// Null for a head.
    const Hit* hit(int row) const;
    /// Of the same place, -1: not there.
    int find(const Hit& hit) const;
    /// Every shown place in the order of the rows, and which of them `row` is. An answer brings
    /// what it cites instead.
    PlaceList places(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row {
        QString head;
        int hit = -1;
    };
    void rebuild();

    SearchResult result_;
    std::optional<HitGroup> group_;
    HitOrder order_ = HitOrder::BestMatch;
    std::vector<Row> rows_;
};

} // namespace ui
