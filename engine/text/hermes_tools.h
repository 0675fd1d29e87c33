#pragma once

#include "engine/result.h"
#include "engine/types.h"

#include <string>
#include <string_view>
#include <vector>

/// Tools as Qwen's templates write them and its models call them: the offer in the system message
/// as JSON, calls as JSON between <tool_call> marks, results between <tool_response> marks in a
/// turn of the user.
namespace engine::text {

/// A stretch of a turn: one of the family's marks, or text that never becomes one.
struct TurnPiece {
    bool mark = false;
    std::string text;
};

/// What stands behind the system message. Errors: BadUsage (parameters that are not a JSON object).
Result<std::vector<TurnPiece>> offered_tools(const std::vector<Tool>& tools);
/// Behind what an earlier reply said. Errors: BadUsage (arguments that are not a JSON object).
Result<std::vector<TurnPiece>> earlier_calls(const Message& reply, std::string_view said);
std::vector<TurnPiece> tool_result(std::string_view text);

/// What stands between <tool_call> and </tool_call>: {"name": ..., "arguments": {...}}. Errors:
/// BadFile with the sentence that says what is wrong.
Result<ToolCall> parse_json_call(std::string_view text, const std::vector<Tool>& tools);

} // namespace engine::text
