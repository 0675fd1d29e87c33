#pragma once

#include "engine/result.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::formats {

/// What a pickle describes, as nodes of a graph. Nothing of it is run: calls are kept as what they
/// are, a callable and its arguments.
struct PickleNode {
    enum class Kind {
        None,
        Number, // whole numbers and booleans
        Real,   // whose value nobody needs
        Text,
        Global,     // text: "module name"
        Tuple,      // items
        List,       // items
        Dict,       // items: key, value, key, value ...
        Persistent, // items: the tuple that names what lies outside
        Call,       // items: callable, arguments
    };
    Kind kind = Kind::None;
    std::int64_t number = 0;
    std::string_view text; // in the pickle
    std::vector<const PickleNode*> items;
};

/// A pickle of protocol 2 to 5, read with a stack machine that knows the opcodes of containers,
/// text and numbers. At most 16 MiB and a million nodes. The pickle must outlive it.
class Pickle {
public:
    /// Errors: BadModelFile. `name` is what the sentences call it.
    static Result<Pickle> read(std::span<const std::byte> bytes, std::string_view name);
    const PickleNode& top() const { return *top_; }

private:
    std::deque<PickleNode> nodes_; // never moved, so that cycles are harmless
    std::deque<std::string> texts_;
    const PickleNode* top_ = nullptr;
    friend class PickleReader;
};

} // namespace engine::formats
