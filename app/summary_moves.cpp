#include "app/summary_moves.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <tuple>

namespace app {
namespace {

using json = nlohmann::ordered_json;

/// Where a line stands; -1 for what it has not.
struct Place {
    storage::SourceId source = -1;
    int page = -1;
    double start_s = -1;
};

Place place_of(const json& item)
{
    Place place;
    const auto citations = item.find("citations");
    if (citations == item.end() || !citations->is_array() || citations->empty()) return place;
    const json& first = citations->front();
    if (!first.is_object()) return place;
    if (const auto at = first.find("source"); at != first.end() && at->is_number_integer())
        place.source = at->get<storage::SourceId>();
    if (const auto at = first.find("page"); at != first.end() && at->is_number_integer())
        place.page = at->get<int>();
    if (const auto at = first.find("start_s"); at != first.end() && at->is_number())
        place.start_s = at->get<double>();
    return place;
}

bool is_moved(const json& item, const storage::ItemMove& move)
{
    constexpr double kSameMoment_s = 0.01;
    if (!item.is_object()) return false;
    const auto text = item.find("text");
    if (text == item.end() || *text != move.quote) return false;
    const Place place = place_of(item);
    return place.source == move.source && place.page == (move.page > 0 ? move.page : -1) &&
           std::abs(place.start_s - move.start_s.value_or(-1)) < kSameMoment_s;
}

bool before(const json& a, const json& b)
{
    const Place first = place_of(a);
    const Place second = place_of(b);
    return std::tie(first.source, first.page, first.start_s) <
           std::tie(second.source, second.page, second.start_s);
}

/// The items of the list of this name; null where the summary has none.
json* list_named(json& sections, const std::string& name)
{
    for (json& section : sections) {
        if (!section.is_object()) continue;
        const auto list = section.find("list");
        if (list == section.end() || *list != name) continue;
        const auto items = section.find("items");
        return items != section.end() && items->is_array() ? &*items : nullptr;
    }
    return nullptr;
}

void move_line(json& sections, const storage::ItemMove& move)
{
    json* from = list_named(sections, move.from);
    json* to = list_named(sections, move.to);
    if (from == nullptr || to == nullptr || from == to) return;
    const auto moved = [&](const json& item) { return is_moved(item, move); };
    const auto at = std::find_if(from->begin(), from->end(), moved);
    if (at == from->end()) return;
    json line = *at;
    from->erase(at);
    // A sentence may have stood in both.
    if (std::any_of(to->begin(), to->end(), moved)) return;
    const auto behind = std::upper_bound(to->begin(), to->end(), line, before);
    to->insert(behind, std::move(line));
}

} // namespace

std::string with_moves(const std::string& summary_json, std::span<const storage::ItemMove> moves)
{
    if (moves.empty()) return summary_json;
    json summary = json::parse(summary_json, nullptr, false);
    if (!summary.is_object()) return summary_json;
    const auto sections = summary.find("sections");
    if (sections == summary.end() || !sections->is_array()) return summary_json;
    for (const auto& move : moves) move_line(*sections, move);
    return summary.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace app
