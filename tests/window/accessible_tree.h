#pragma once

#include <functional>
#include <string>
#include <vector>

namespace window_test {

/// One control as a screen reader meets it. Place in pixels of the display.
struct Node {
    std::string bus;  // of the program, at its root only
    std::string id;   // the same in every look at one window
    std::string role; // "push button", "list item"
    std::string name;
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
    bool selectable = false;
    bool selected = false;
    bool editable = false;
    bool expandable = false;
    bool expanded = false;
    bool has_value = false; // sliders, bars and number fields
    double value = 0;
    double minimum = 0;
    double maximum = 0;
    std::vector<std::string> actions; // "Press", "SetFocus"
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

/// As a screen reader presses: the action of that name of the first shown control that `find`
/// finds. False where there is none.
bool act(
    const std::string& program,
    const std::string& words,
    const std::string& role,
    const std::string& action);

} // namespace window_test
