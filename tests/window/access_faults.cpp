#include "tests/window/access_faults.h"

#include <algorithm>
#include <map>
#include <set>

namespace window_test {
namespace {

using Roles = std::set<std::string>;

const Roles kPressed{
    "push button",
    "toggle button",
    "check box",
    "radio button",
    "link",
    "menu item",
    "page tab",
    "combo box",
    "list item"};
const Roles kControls{
    "push button",
    "toggle button",
    "check box",
    "radio button",
    "link",
    "menu item",
    "page tab",
    "combo box",
    "list item",
    "text",
    "entry",
    "spin button",
    "slider",
    "separator",
    "password text"};
/// Not pressed themselves, but nobody knows what they are without a name.
const Roles kNamed{
    "list",
    "table",
    "tree",
    "page tab list",
    "popup menu",
    "dialog",
    "progress bar",
    "image",
    "chart",
    "document frame",
    "status bar",
    "alert",
    "notification"};
/// A frame around others: nothing that could have the keyboard.
const Roles kFrames{
    "filler",
    "frame",
    "layered pane",
    "scroll pane",
    "split pane",
    "unknown",
    "invalid",
    ""};

/// A node with those that it lies in, the program first.
struct Place {
    const Node* node;
    std::vector<const Node*> above;

    bool in(const std::string& role) const
    {
        return std::any_of(above.begin(), above.end(), [&](const Node* each) {
            return each->role == role;
        });
    }
    const Node* parent() const { return above.empty() ? nullptr : above.back(); }
    std::string path() const
    {
        std::string out;
        for (const Node* each : above)
            if (!each->name.empty()) out += each->name + " > ";
        return out + "[" + node->role + "] “" + node->name + "”";
    }
};

void collect(const Node& node, std::vector<const Node*>& above, std::vector<Place>& places)
{
    const bool shown = node.showing || above.empty(); // the program itself is shown nowhere
    if (shown) places.push_back({&node, above});
    above.push_back(&node);
    for (const Node& child : node.children) collect(child, above, places);
    above.pop_back();
}

std::vector<Place> all_of(const Node& program)
{
    std::vector<Place> places;
    std::vector<const Node*> above;
    collect(program, above, places);
    return places;
}

bool pressable(const Node& node)
{
    const auto& names = node.actions;
    return std::any_of(names.begin(), names.end(), [](const std::string& name) {
        return name == "Press" || name == "Toggle" || name == "ShowMenu";
    });
}

/// What is wrong with one node, whatever else is shown.
std::vector<std::string> faults_of(const Place& place)
{
    const Node& node = *place.node;
    std::vector<std::string> faults;
    const auto fault = [&](bool wrong, const std::string& what) {
        if (wrong) faults.push_back(what);
    };
    // A head of a list is a row that cannot be chosen.
    const bool row = node.role == "list item";
    const bool can_act = node.enabled && (!row || node.selectable);
    fault(node.role == "unknown" || node.role == "invalid" || node.role.empty(), "has no role");
    const bool line = node.role == "separator" && place.in("popup menu");
    fault(
        !line && node.name.empty() && (kControls.contains(node.role) || kNamed.contains(node.role)),
        "has no name");
    fault(node.focusable && kFrames.contains(node.role), "can have the focus and is no control");
    fault(node.focusable && node.name.empty(), "can have the focus and has no name");
    fault(node.focused && !node.focusable, "has the focus and cannot have it");
    fault(kPressed.contains(node.role) && can_act && !pressable(node), "cannot be pressed");
    fault(node.expanded && !node.expandable, "is unfolded and cannot be");
    fault(node.role == "page tab" && !node.selectable, "cannot be selected");
    if (node.role == "combo box") {
        fault(node.text.empty(), "does not say what is chosen");
        fault(node.name == node.text, "is named by what is chosen");
        fault(!node.expandable, "cannot be opened");
    }
    if (node.role == "slider" || node.role == "spin button") {
        fault(!node.has_value, "has no value");
        fault(node.value < node.minimum || node.value > node.maximum, "has a value out of range");
    }
    if (node.role == "page tab list") {
        const auto selected =
            std::count_if(node.children.begin(), node.children.end(), [](const Node& child) {
                return child.role == "page tab" && child.selected;
            });
        fault(selected != 1, std::to_string(selected) + " of its tabs are selected");
    }
    return faults;
}

/// One node has the keyboard. What opened a menu keeps the focus of its window meanwhile.
std::vector<std::string> focus_faults(const std::vector<Place>& places)
{
    const bool menu = std::any_of(places.begin(), places.end(), [](const Place& place) {
        return place.node->role == "popup menu";
    });
    std::vector<std::string> focused;
    for (const Place& place : places) {
        const bool in_menu =
            place.node->role == "popup menu" || place.in("popup menu") || place.in("menu bar");
        if (place.node->focused && (!menu || in_menu)) focused.push_back(place.path());
    }
    if (focused.size() == 1) return {};
    if (focused.empty()) return {"nothing has the focus"};
    for (std::string& path : focused)
        path += " has the focus, as " + std::to_string(focused.size() - 1) + " more have";
    return focused;
}

/// Two of one kind that are called the same: which is which cannot be heard.
std::vector<std::string> same_names(const std::vector<Place>& places)
{
    static const Roles kTold{
        "push button",
        "toggle button",
        "check box",
        "combo box",
        "text",
        "spin button",
        "slider"};
    std::map<std::pair<std::string, std::string>, int> times;
    std::vector<std::string> faults;
    for (const Place& place : places) {
        if (!kTold.contains(place.node->role) || place.node->name.empty()) continue;
        // One name in each row and each answer is told apart by where it lies.
        if (place.in("list item") || place.in("spin button")) continue;
        if (++times[{place.node->role, place.node->name}] == 2)
            faults.push_back(place.path() + " is called as another one is");
    }
    return faults;
}

bool is_stop(const Place& place, bool dialog)
{
    const Node& node = *place.node;
    if (!node.focusable || !node.enabled || node.width <= 0 || node.height <= 0) return false;
    // Reached by arrows from the one of their group that has the keyboard.
    if (node.role == "list item" || node.role == "page tab" || node.role == "radio button")
        return false;
    // A text whose links are walked through.
    const auto& parts = node.children;
    if (std::any_of(parts.begin(), parts.end(), [](const Node& part) {
            return part.role == "link" && part.showing;
        }))
        return false;
    if (place.in("spin button") || place.in("menu bar") || place.in("popup menu")) return false;
    return !dialog || place.in("dialog");
}

/// Panes are walked one after the other: the smallest that has a name of its own.
const Node* pane_of(const Place& place)
{
    static const Roles
        kPanes{"dialog", "page tab list", "status bar", "filler", "layered pane", "frame"};
    for (auto at = place.above.rbegin(); at != place.above.rend(); ++at)
        if (kPanes.contains((*at)->role) && !(*at)->name.empty()) return *at;
    return nullptr;
}

/// A way that goes round begins where a pane begins; in a dialog at its top.
void begin_with_a_pane(std::vector<const Place*>& way)
{
    auto first = way.begin();
    for (auto at = way.begin(); at != way.end(); ++at) {
        const Place* before = at == way.begin() ? way.back() : *std::prev(at);
        if (pane_of(*before) != pane_of(**at)) {
            first = at;
            break;
        }
        const Node& one = *(*at)->node;
        const Node& other = *(*first)->node;
        if (std::pair{one.y, one.x} < std::pair{other.y, other.x}) first = at;
    }
    std::rotate(way.begin(), first, way.end());
}

} // namespace

std::vector<std::string> access_faults(const Node& program)
{
    const std::vector<Place> places = all_of(program);
    std::vector<std::string> faults;
    for (const Place& place : places)
        for (const std::string& what : faults_of(place))
            faults.push_back(place.path() + " " + what);
    for (const auto& more : {focus_faults(places), same_names(places)})
        faults.insert(faults.end(), more.begin(), more.end());
    return faults;
}

std::string stop_of(const Node& program, const std::string& id)
{
    for (const Place& place : all_of(program)) {
        if (place.node->id != id) continue;
        if (place.node->role == "list item" && place.parent() != nullptr) return place.parent()->id;
        return id;
    }
    return id;
}

namespace {

/// Inside a page that is scrolled: it stands nowhere on the screen.
bool is_scrolled_away(const Place& place)
{
    const Node& node = *place.node;
    return std::any_of(place.above.begin(), place.above.end(), [&](const Node* each) {
        return each->height > 0 &&
               (node.y + node.height <= each->y || node.y >= each->y + each->height);
    });
}

} // namespace

std::vector<std::string> tab_faults(const Node& program, const std::vector<std::string>& stops)
{
    const std::vector<Place> places = all_of(program);
    const bool dialog = std::any_of(places.begin(), places.end(), [](const Place& place) {
        return place.node->role == "dialog";
    });
    std::map<std::string, const Place*> known;
    for (const Place& place : places) known[place.node->id] = &place;
    const std::set<std::string> reached(stops.begin(), stops.end());
    std::vector<std::string> faults;
    for (const Place& place : places)
        if (is_stop(place, dialog) && !reached.contains(place.node->id))
            faults.push_back(place.path() + " is not reached by Tab");
    std::vector<const Place*> way;
    for (const std::string& id : stops)
        if (known.contains(id) && (way.empty() || known[id] != way.front()))
            way.push_back(known[id]);
    begin_with_a_pane(way);
    const Place* last = nullptr;
    for (const Place* now : way) {
        // What is scrolled away has a place among its like only.
        if (last != nullptr && pane_of(*last) == pane_of(*now) &&
            is_scrolled_away(*last) == is_scrolled_away(*now)) {
            const Node& above = *now->node;
            const Node& below = *last->node;
            const bool same_column =
                above.x < below.x + below.width && below.x < above.x + above.width;
            if (same_column && above.y + above.height <= below.y)
                faults.push_back(now->path() + " comes after what is below it: " + last->path());
        }
        last = now;
    }
    return faults;
}

int controls_in(const Node& program)
{
    const std::vector<Place> places = all_of(program);
    return static_cast<int>(std::count_if(places.begin(), places.end(), [](const Place& place) {
        return kControls.contains(place.node->role);
    }));
}

} // namespace window_test
