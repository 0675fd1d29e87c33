#include "ui/library/hit_model.h"

#include "ui/palette/hit_words.h"
#include "ui/widgets/row_delegate.h"

#include <algorithm>
#include <numeric>

namespace ui {
namespace {

bool samePlace(const Hit& a, const Hit& b)
{
    return a.group == b.group && a.place.session == b.place.session &&
           a.place.source == b.place.source && a.place.page == b.place.page &&
           a.place.start_s == b.place.start_s && a.answer == b.answer;
}

} // namespace

HitModel::HitModel(QObject* parent) : QAbstractListModel(parent)
{
}

void HitModel::setResult(const SearchResult& result)
{
    result_ = result;
    rebuild();
}

void HitModel::setGroup(std::optional<HitGroup> group)
{
    group_ = group;
    rebuild();
}

void HitModel::setOrder(HitOrder order)
{
    order_ = order;
    rebuild();
}

void HitModel::rebuild()
{
    beginResetModel();
    rows_.clear();
    std::vector<int> shown;
    for (std::size_t i = 0; i < result_.hits.size(); ++i) {
        if (!group_ || result_.hits[i].group == *group_) shown.push_back(static_cast<int>(i));
    }
    const auto hit = [&](int i) -> const Hit& { return result_.hits[static_cast<std::size_t>(i)]; };
    if (order_ == HitOrder::Newest) {
        std::stable_sort(shown.begin(), shown.end(), [&](int a, int b) {
            return hit(a).when > hit(b).when;
        });
    } else {
        // Days by their best hit: hits come best first, so the order of their first appearance.
        std::vector<QDate> days;
        const auto rank = [&](const QDate& day) {
            return std::find(days.begin(), days.end(), day) - days.begin();
        };
        for (const int i : shown) {
            const QDate day = hit(i).when.date();
            if (rank(day) == static_cast<std::ptrdiff_t>(days.size())) days.push_back(day);
        }
        std::stable_sort(shown.begin(), shown.end(), [&](int a, int b) {
            return rank(hit(a).when.date()) < rank(hit(b).when.date());
        });
    }
    QDate day;
    bool first = true;
    const QDate today = QDate::currentDate();
    for (const int i : shown) {
        const QDate of_hit = hit(i).when.date();
        if (first || of_hit != day) rows_.push_back({dayWords(of_hit, today)});
        first = false;
        day = of_hit;
        rows_.push_back({{}, i});
    }
    endResetModel();
}

const Hit* HitModel::hit(int row) const
{
    if (row < 0 || row >= rowCount()) return nullptr;
    const int hit = rows_[static_cast<std::size_t>(row)].hit;
    return hit < 0 ? nullptr : &result_.hits[static_cast<std::size_t>(hit)];
}

int HitModel::find(const Hit& wanted) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const Hit* at = hit(row);
        if (at != nullptr && samePlace(*at, wanted)) return row;
    }
    return -1;
}

PlaceList HitModel::places(int row) const
{
    PlaceList list;
    const Hit* chosen = hit(row);
    if (chosen == nullptr) return list;
    if (chosen->group == HitGroup::Answered) {
        list.places = chosen->cited;
        return list;
    }
    if (chosen->place.source == 0) return list;
    for (int i = 0; i < rowCount(); ++i) {
        const Hit* at = hit(i);
        if (at == nullptr || at->place.source == 0) continue;
        if (i == row) list.current = static_cast<int>(list.places.size());
        list.places.push_back(at->place);
    }
    return list;
}

int HitModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant HitModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const Row& at = rows_[static_cast<std::size_t>(index.row())];
    const Hit* found = hit(index.row());
    if (found == nullptr) {
        if (role == row::Header) return true;
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole ? QVariant(at.head)
                                                                         : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
        return found->snippet;
    case Qt::AccessibleTextRole:
        return hitSentence(*found);
    case row::Marks:
        return QVariant::fromValue(found->found);
    case row::Icon:
        return hitIcon(*found);
    case ChipRole:
        return hitPlaceWords(*found);
    case SourceRole:
        return hitSourceWords(*found);
    case GroupRole:
        return groupWords(found->group);
    default:
        return {};
    }
}

Qt::ItemFlags HitModel::flags(const QModelIndex& index) const
{
    if (hit(index.row()) == nullptr) return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace ui
