#pragma once

#include <functional>
#include <string>
#include <vector>

namespace window_test {

/// One control as a screen reader meets it. Place in pixels of the display.
struct Node {
    std::string role; // "push button", "list item"
    std::string name;
    std::string description;
    std::string text; // of text controls
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    bool showing = false;
    bool focusable = false;
    bool focused = false;
    bool enabled = false;
    bool checked = false;
    bool selected = false;
    bool expandable = false;
    bool expanded = false;
    double value = 0; // of sliders, bars and number fields
    std::vector<Node> children;

    int centre_x() const { return x + width / 2; }
    int centre_y() const { return y + height / 2; }
};

/// The window of the program of that name as it is now; an empty node where there is none.
Node read_tree(const std::string& program);

/// In reading order; `visit` gets each node that is shown.
void walk(const Node& node, const std::function<void(const Node&)>& visit);
/// The first shown node whose name (or text) contains `words`, of that role where one is given.
const Node* find(const Node& tree, const std::string& words, const std::string& role = {});
/// All of it, indented, for a failed test.
std::string print(const Node& tree, int depth = 0);

} // namespace window_test
