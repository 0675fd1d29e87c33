#pragma once

#include "tests/window/accessible_tree.h"

#include <string>
#include <vector>

namespace window_test {

/// What would stop somebody who hears the window instead of seeing it, each as the path to a node
/// and what is wrong there. Of a whole program, as it is now.
std::vector<std::string> access_faults(const Node& program);

/// The same of the way of Tab: `stops` are the ids that it came through, from one place back to the
/// same. Every control is on it that can have the keyboard, and in each pane it goes down the page.
std::vector<std::string> tab_faults(const Node& program, const std::vector<std::string>& stops);

/// What can be pressed, chosen, moved or typed into.
int controls_in(const Node& program);

/// The stop of Tab to which a node belongs: the list of a row, else the node itself.
std::string stop_of(const Node& program, const std::string& id);

} // namespace window_test
