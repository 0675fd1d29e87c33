#pragma once

#include "tests/window/accessible_tree.h"

#include <string>

struct _GDBusConnection; // NOLINT(bugprone-reserved-identifier): the library calls it so

namespace window_test {

/// The bus of screen readers. Whole trees are asked for at once, not node after node: each question
/// costs a way through three processes, and a view has two thousand of them.
class AccessibleBus {
public:
    /// Of this session; the same one for the length of the program.
    static AccessibleBus& session();
    AccessibleBus(const AccessibleBus&) = delete;
    AccessibleBus& operator=(const AccessibleBus&) = delete;

    /// The program of that name as it is now, `bus` in it; an empty node where there is none.
    Node read(const std::string& program);
    /// The action at that place of the node's list.
    bool act(const std::string& bus, const std::string& id, int action);

private:
    AccessibleBus();
    ~AccessibleBus();

    _GDBusConnection* connection_ = nullptr;
};

} // namespace window_test
