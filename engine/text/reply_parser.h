#pragma once

#include "engine/text/utf8_stream.h"
#include "engine/types.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace engine::text {

/// What one token, or the end, added to a reply. Text is whole code points.
struct ReplyPieces {
    std::string reasoning;
    std::string text;
    std::vector<ToolCall> calls;
    std::vector<std::string> refused; // sentences: calls that were not well-formed
};

/// Takes a reply apart while its tokens come. Each family has its own marks; without any all is
/// text.
class ReplyParser {
public:
    virtual ~ReplyParser() = default;
    /// `bytes` is what the token stands for; control tokens have none.
    virtual ReplyPieces push(std::int32_t token, std::string_view bytes);
    /// Nothing more comes.
    virtual ReplyPieces finish();
    /// Whether what comes next is reasoning.
    virtual bool in_reasoning() const { return false; }

private:
    Utf8Stream utf8_;
};

} // namespace engine::text
