#include "engine/text/hermes_tools.h"

#include "engine/formats/json.h"
#include "engine/formats/wording.h"
#include "engine/text/nemotron_reply.h"
#include "engine/text/python_text.h"

#include <algorithm>
#include <set>

namespace engine::text {
namespace {

using Json = nlohmann::ordered_json; // members are shown in the order in which they were given

constexpr int kDeepest = 32;

constexpr std::string_view kOffer =
    "# Tools\n\nYou may call one or more functions to assist with the user query.\n\nYou are "
    "provided with function signatures within <tools></tools> XML tags:\n<tools>";
constexpr std::string_view kHowTo =
    "\n</tools>\n\nFor each function call, return a json object with function name and arguments "
    "within ";

Result<Json> object_of(const std::string& text, const std::string& what)
{
    if (text.empty()) return Json::object();
    if (formats::nesting_within(text, kDeepest)) {
        Json parsed = Json::parse(text, nullptr, false);
        if (parsed.is_object()) return parsed;
    }
    return fail(ErrorCode::BadUsage, what + " are not a JSON object.", "Write them as {...}.");
}

/// Two members of one name may mean two things, and a library takes either of them.
bool names_twice(std::string_view text)
{
    std::vector<std::set<std::string>> open;
    bool twice = false;
    const auto look = [&](int /*depth*/, Json::parse_event_t event, Json& value) {
        if (event == Json::parse_event_t::object_start) open.emplace_back();
        if (event == Json::parse_event_t::object_end && !open.empty()) open.pop_back();
        if (event == Json::parse_event_t::key && !open.empty())
            twice = twice || !open.back().insert(value.get<std::string>()).second;
        return true;
    };
    const Json whole = Json::parse(text, look, false);
    return twice || whole.is_discarded();
}

} // namespace

Result<std::vector<TurnPiece>> offered_tools(const std::vector<Tool>& tools)
{
    std::string text(kOffer);
    for (const Tool& tool : tools) {
        const auto parameters = object_of(tool.parameters_json, "The parameters of " + tool.name);
        if (!parameters) return tl::unexpected(parameters.error());
        const auto others = object_of(tool.other_json, "The other fields of " + tool.name);
        if (!others) return tl::unexpected(others.error());
        Json function = {{"name", tool.name}};
        if (tool.description) function["description"] = *tool.description;
        function["parameters"] = *parameters;
        for (const auto& [key, value] : others->items())
            if (key != "type" && !function.contains(key)) function[key] = value;
        text += '\n';
        text += python_json(Json{{"type", "function"}, {"function", std::move(function)}});
    }
    text += kHowTo;
    return std::vector<TurnPiece>{
        {false, std::move(text)},
        {true, "<tool_call>"},
        {true, "</tool_call>"},
        {false, " XML tags:\n"},
        {true, "<tool_call>"},
        {false, "\n{\"name\": <function-name>, \"arguments\": <args-json-object>}\n"},
        {true, "</tool_call>"}};
}

Result<std::vector<TurnPiece>> earlier_calls(const Message& reply, std::string_view said)
{
    std::vector<TurnPiece> pieces;
    for (const ToolCall& call : reply.tool_calls) {
        const auto arguments = object_of(call.arguments_json, "The arguments of " + call.name);
        if (!arguments) return tl::unexpected(arguments.error());
        if (!pieces.empty() || !said.empty()) pieces.push_back({false, "\n"});
        pieces.push_back({true, "<tool_call>"});
        std::string words = "\n{\"name\": \"";
        words += call.name;
        words += "\", \"arguments\": ";
        words += python_json(*arguments);
        words += "}\n";
        pieces.push_back({false, std::move(words)});
        pieces.push_back({true, "</tool_call>"});
    }
    return pieces;
}

std::vector<TurnPiece> tool_result(std::string_view text)
{
    return {
        {false, "\n"},
        {true, "<tool_response>"},
        {false, "\n"},
        {false, std::string(text)},
        {false, "\n"},
        {true, "</tool_response>"}};
}

Result<ToolCall> parse_json_call(std::string_view text, const std::vector<Tool>& tools)
{
    const std::string_view words = trim(text);
    if (!formats::nesting_within(words, kDeepest)) return malformed_call("is nested too deeply");
    const Json call = Json::parse(words, nullptr, false);
    if (!call.is_object()) return malformed_call("is not a JSON object");
    if (names_twice(words)) return malformed_call("has two members of one name");
    const auto name = call.find("name"), arguments = call.find("arguments");
    if (name == call.end() || !name->is_string()) return malformed_call("names no function");
    const auto wanted = name->get<std::string>();
    const auto tool = std::find_if(tools.begin(), tools.end(), [&](const Tool& each) {
        return each.name == wanted;
    });
    if (tool == tools.end())
        return malformed_call("asks for " + formats::in_quotes(wanted) + ", which was not offered");
    if (arguments == call.end() || !arguments->is_object())
        return malformed_call("has no object of arguments");
    return ToolCall{tool->name, arguments->dump(-1, ' ', false, Json::error_handler_t::replace)};
}

} // namespace engine::text
