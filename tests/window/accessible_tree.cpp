#include "tests/window/accessible_tree.h"

#include <algorithm>
#include <atspi/atspi.h>
#include <memory>
#include <mutex>

namespace window_test {
namespace {

constexpr int kMostChildren = 400; // of one node: a list shows a page of rows
constexpr int kMostDepth = 40;

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <typename Type>
using Owned = std::unique_ptr<Type, Unref>;

std::string taken(gchar* text)
{
    std::string copy = text != nullptr ? text : "";
    g_free(text);
    return copy;
}

std::vector<std::string> actions_of(AtspiAccessible* accessible)
{
    std::vector<std::string> names;
    const Owned<AtspiAction> all{atspi_accessible_get_action_iface(accessible)};
    if (!all) return names;
    const gint count = atspi_action_get_n_actions(all.get(), nullptr);
    for (gint i = 0; i < count; ++i)
        names.push_back(taken(atspi_action_get_action_name(all.get(), i, nullptr)));
    return names;
}

Node read_node(AtspiAccessible* accessible, int depth)
{
    Node node;
    node.id = accessible->parent.path;
    node.role = taken(atspi_accessible_get_role_name(accessible, nullptr));
    node.name = taken(atspi_accessible_get_name(accessible, nullptr));
    node.description = taken(atspi_accessible_get_description(accessible, nullptr));
    if (const Owned<AtspiStateSet> states{atspi_accessible_get_state_set(accessible)}) {
        const auto has = [&](AtspiStateType state) {
            return atspi_state_set_contains(states.get(), state) != FALSE;
        };
        node.showing = has(ATSPI_STATE_SHOWING);
        node.focusable = has(ATSPI_STATE_FOCUSABLE);
        node.focused = has(ATSPI_STATE_FOCUSED);
        node.enabled = has(ATSPI_STATE_ENABLED);
        node.checked = has(ATSPI_STATE_CHECKED);
        node.selectable = has(ATSPI_STATE_SELECTABLE);
        node.selected = has(ATSPI_STATE_SELECTED);
        node.editable = has(ATSPI_STATE_EDITABLE);
        node.expandable = has(ATSPI_STATE_EXPANDABLE);
        node.expanded = has(ATSPI_STATE_EXPANDED);
    }
    if (const Owned<AtspiComponent> place{atspi_accessible_get_component_iface(accessible)}) {
        if (AtspiRect* rect =
                atspi_component_get_extents(place.get(), ATSPI_COORD_TYPE_SCREEN, nullptr)) {
            node.x = rect->x;
            node.y = rect->y;
            node.width = rect->width;
            node.height = rect->height;
            g_free(rect);
        }
    }
    if (const Owned<AtspiValue> value{atspi_accessible_get_value_iface(accessible)}) {
        node.has_value = true;
        node.value = atspi_value_get_current_value(value.get(), nullptr);
        node.minimum = atspi_value_get_minimum_value(value.get(), nullptr);
        node.maximum = atspi_value_get_maximum_value(value.get(), nullptr);
    }
    if (const Owned<AtspiText> text{atspi_accessible_get_text_iface(accessible)}) {
        const gint length = atspi_text_get_character_count(text.get(), nullptr);
        node.text = taken(atspi_text_get_text(text.get(), 0, std::min(length, 20'000), nullptr));
    }
    node.actions = actions_of(accessible);
    // Rows of a list that is hidden still call themselves shown. The program itself is never shown.
    if (depth >= kMostDepth || (depth > 0 && !node.showing)) return node;
    const gint count = atspi_accessible_get_child_count(accessible, nullptr);
    for (gint i = 0; i < std::min(count, kMostChildren); ++i) {
        const Owned<AtspiAccessible> child{
            atspi_accessible_get_child_at_index(accessible, i, nullptr)};
        if (child) node.children.push_back(read_node(child.get(), depth + 1));
    }
    return node;
}

/// The running program of that name, as it is now; null where there is none.
Owned<AtspiAccessible> running(const std::string& program)
{
    static std::once_flag once;
    std::call_once(once, [] { atspi_init(); });
    const Owned<AtspiAccessible> desktop{atspi_get_desktop(0)};
    if (!desktop) return nullptr;
    // A tree that is kept would be that of a window as it was.
    atspi_accessible_clear_cache(desktop.get());
    const gint count = atspi_accessible_get_child_count(desktop.get(), nullptr);
    for (gint i = 0; i < count; ++i) {
        Owned<AtspiAccessible> child{
            atspi_accessible_get_child_at_index(desktop.get(), i, nullptr)};
        if (child && taken(atspi_accessible_get_name(child.get(), nullptr)) == program)
            return child;
    }
    return nullptr;
}

Owned<AtspiAccessible> with_id(AtspiAccessible* accessible, const std::string& id, int depth)
{
    if (depth >= kMostDepth) return nullptr;
    const gint count = atspi_accessible_get_child_count(accessible, nullptr);
    for (gint i = 0; i < std::min(count, kMostChildren); ++i) {
        Owned<AtspiAccessible> child{atspi_accessible_get_child_at_index(accessible, i, nullptr)};
        if (!child) continue;
        if (id == child->parent.path) return child;
        if (auto found = with_id(child.get(), id, depth + 1)) return found;
    }
    return nullptr;
}

} // namespace

Node read_tree(const std::string& program)
{
    const auto accessible = running(program);
    return accessible ? read_node(accessible.get(), 0) : Node{};
}

bool act(
    const std::string& program,
    const std::string& words,
    const std::string& role,
    const std::string& action)
{
    const auto accessible = running(program);
    if (!accessible) return false;
    const Node tree = read_node(accessible.get(), 0);
    const Node* node = find(tree, words, role);
    if (node == nullptr) return false;
    const auto at = std::find(node->actions.begin(), node->actions.end(), action);
    const auto control = with_id(accessible.get(), node->id, 0);
    if (at == node->actions.end() || !control) return false;
    const Owned<AtspiAction> all{atspi_accessible_get_action_iface(control.get())};
    return all && atspi_action_do_action(
                      all.get(),
                      static_cast<gint>(at - node->actions.begin()),
                      nullptr) != FALSE;
}

void walk(const Node& node, const std::function<void(const Node&)>& visit)
{
    if (node.showing) visit(node);
    for (const Node& child : node.children) walk(child, visit);
}

const Node* find(const Node& tree, const std::string& words, const std::string& role)
{
    const bool fits =
        tree.showing && (role.empty() || tree.role == role) &&
        (tree.name.find(words) != std::string::npos || tree.text.find(words) != std::string::npos);
    if (fits) return &tree;
    for (const Node& child : tree.children) {
        if (const Node* found = find(child, words, role)) return found;
    }
    return nullptr;
}

namespace {

std::string states(const Node& node)
{
    std::string out;
    for (const auto& [on, word] : std::vector<std::pair<bool, const char*>>{
             {node.focused, " focused"},
             {node.checked, " checked"},
             {node.selected, " selected"},
             {node.expanded, " expanded"},
             {!node.enabled, " disabled"}})
        if (on) out += word;
    return out.empty() ? out : " (" + out.substr(1) + ")";
}

} // namespace

std::string print(const Node& tree, int depth)
{
    std::string out;
    if (tree.showing || depth == 0) {
        out.append(static_cast<std::size_t>(depth) * 2, ' ');
        out += "[" + tree.role + "] " + tree.name;
        if (!tree.text.empty() && tree.text != tree.name)
            out += " “" + tree.text.substr(0, 120) + "”";
        out += states(tree) + "\n";
    }
    for (const Node& child : tree.children) out += print(child, depth + 1);
    return out;
}

} // namespace window_test
