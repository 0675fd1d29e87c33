#include "tests/window/accessible_tree.h"

#include "tests/window/accessible_bus.h"

#include <algorithm>

namespace window_test {

Node read_tree(const std::string& program)
{
    return AccessibleBus::session().read(program);
}

bool act(
    const std::string& program,
    const std::string& words,
    const std::string& role,
    const std::string& action)
{
    const Node tree = read_tree(program);
    const Node* node = find(tree, words, role);
    if (node == nullptr) return false;
    const auto at = std::find(node->actions.begin(), node->actions.end(), action);
    if (at == node->actions.end()) return false;
    return AccessibleBus::session().act(
        tree.bus,
        node->id,
        static_cast<int>(at - node->actions.begin()));
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
