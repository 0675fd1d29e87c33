#include "tests/window/accessible_tree.h"

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

Node read_node(AtspiAccessible* accessible, int depth)
{
    Node node;
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
        node.selected = has(ATSPI_STATE_SELECTED);
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
    if (const Owned<AtspiValue> value{atspi_accessible_get_value_iface(accessible)})
        node.value = atspi_value_get_current_value(value.get(), nullptr);
    if (const Owned<AtspiText> text{atspi_accessible_get_text_iface(accessible)}) {
        const gint length = atspi_text_get_character_count(text.get(), nullptr);
        node.text = taken(atspi_text_get_text(text.get(), 0, std::min(length, 20'000), nullptr));
    }
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

} // namespace

Node read_tree(const std::string& program)
{
    static std::once_flag once;
    std::call_once(once, [] { atspi_init(); });
    const Owned<AtspiAccessible> desktop{atspi_get_desktop(0)};
    if (!desktop) return {};
    // A tree that is kept would be that of a window as it was.
    atspi_accessible_clear_cache(desktop.get());
    const gint count = atspi_accessible_get_child_count(desktop.get(), nullptr);
    for (gint i = 0; i < count; ++i) {
        const Owned<AtspiAccessible> child{
            atspi_accessible_get_child_at_index(desktop.get(), i, nullptr)};
        if (!child || taken(atspi_accessible_get_name(child.get(), nullptr)) != program) continue;
        return read_node(child.get(), 0);
    }
    return {};
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

std::string print(const Node& tree, int depth)
{
    std::string out;
    if (tree.showing || depth == 0) {
        out.append(static_cast<std::size_t>(depth) * 2, ' ');
        out += "[" + tree.role + "] " + tree.name;
        if (!tree.text.empty() && tree.text != tree.name)
            out += " “" + tree.text.substr(0, 120) + "”";
        out += "\n";
    }
    for (const Node& child : tree.children) out += print(child, depth + 1);
    return out;
}

} // namespace window_test
