#include "engine/tools/request_file.h"

#include "engine/formats/json.h"
#include "engine/formats/mapped_file.h"
#include "engine/tools/media_file.h"

#include <nlohmann/json.hpp>

namespace engine::tools {
namespace {

using json = nlohmann::ordered_json; // the properties of a tool stay in their order

constexpr std::size_t kMaxBytes = std::size_t{64} << 20;
constexpr int kMaxDepth = 32;

tl::unexpected<Error> bad_request(std::string_view name, const std::string& what)
{
    return fail(
        ErrorCode::BadFile,
        std::string(name) + ": " + what,
        "Write it as {\"messages\": [{\"role\": \"user\", \"content\": \"...\"}]}.");
}

Result<Role> read_role(std::string_view name, const json& message, const std::string& place)
{
    const auto role = message.find("role");
    if (role != message.end() && role->is_string()) {
        if (*role == "system" || *role == "developer") return Role::System;
        if (*role == "user") return Role::User;
        if (*role == "assistant") return Role::Assistant;
        if (*role == "tool") return Role::Tool;
    }
    return bad_request(name, place + ".role must be system, user, assistant or tool.");
}

template <typename T>
Result<Part> as_part(Result<T> medium)
{
    if (!medium) return tl::unexpected(medium.error());
    return Part(std::move(*medium));
}

Result<Part> read_medium(
    std::string_view name,
    const json& part,
    const std::string& type,
    const std::string& place,
    const std::filesystem::path& folder)
{
    const auto object = part.find(type);
    const auto url = object != part.end() && object->is_object() ? object->find("url") : part.end();
    if (object == part.end() || !object->is_object() || url == object->end() || !url->is_string())
        return bad_request(name, place + " must have {\"" + type + "\": {\"url\": \"...\"}}.");
    const auto& words = url->get_ref<const std::string&>();
    if (type == "image_url") return as_part(read_image_url(words, folder));
    if (type == "audio_url") return as_part(read_audio_url(words, folder));
    double fps = 0;
    if (const auto rate = object->find("fps"); rate != object->end()) {
        fps = rate->is_number() ? rate->get<double>() : 0;
        if (!(fps > 0 && fps <= 1000))
            return bad_request(name, place + ".fps must be above 0 and at most 1000.");
    }
    return as_part(read_video_url(words, folder, fps));
}

Result<std::vector<Part>> read_content(
    std::string_view name,
    const json& message,
    const std::string& place,
    const std::filesystem::path& folder)
{
    const auto content = message.find("content");
    const bool calls = message.contains("tool_calls");
    if (content == message.end() || (calls && content->is_null())) {
        if (calls) return std::vector<Part>{};
        return bad_request(name, place + " has no content.");
    }
    if (content->is_string()) return std::vector<Part>{Text{content->get<std::string>()}};
    if (!content->is_array())
        return bad_request(name, place + ".content must be a text or a list of parts.");
    std::vector<Part> parts;
    for (const json& part : *content) {
        const std::string here = place + ".content[" + std::to_string(parts.size()) + "]";
        if (!part.is_object() || !part.contains("type") || !part["type"].is_string())
            return bad_request(name, here + " has no type.");
        const std::string type = part["type"];
        if (type == "image_url" || type == "audio_url" || type == "video_url") {
            auto medium = read_medium(name, part, type, here, folder);
            if (!medium) return tl::unexpected(medium.error());
            parts.push_back(std::move(*medium));
            continue;
        }
        if (type != "text" || !part.contains("text") || !part["text"].is_string())
            return bad_request(name, here + " must be {\"type\": \"text\", \"text\": \"...\"}.");
        parts.emplace_back(Text{part["text"].get<std::string>()});
    }
    return parts;
}

Result<std::vector<Tool>> read_tools(std::string_view name, const json& list)
{
    if (!list.is_array()) return bad_request(name, "tools must be a list.");
    std::vector<Tool> tools;
    for (const json& entry : list) {
        const std::string here = "tools[" + std::to_string(tools.size()) + "]";
        const json& function =
            entry.is_object() && entry.contains("function") ? entry["function"] : entry;
        if (!function.is_object() || !function.contains("name") || !function["name"].is_string())
            return bad_request(name, here + ".function has no name.");
        Tool tool;
        tool.name = function["name"];
        if (function.contains("description") && function["description"].is_string())
            tool.description = function["description"];
        if (function.contains("parameters")) tool.parameters_json = function["parameters"].dump();
        json others = json::object();
        for (const auto& [key, value] : function.items())
            if (key != "name" && key != "description" && key != "parameters") others[key] = value;
        if (!others.empty()) tool.other_json = others.dump();
        tools.push_back(std::move(tool));
    }
    return tools;
}

/// Calls of an earlier reply; their arguments as an object, or as the text of one.
Result<std::vector<ToolCall>>
read_calls(std::string_view name, const json& message, const std::string& place)
{
    std::vector<ToolCall> calls;
    const auto list = message.find("tool_calls");
    if (list == message.end() || list->is_null()) return calls;
    if (!list->is_array()) return bad_request(name, place + ".tool_calls must be a list.");
    for (const json& entry : *list) {
        const std::string here = place + ".tool_calls[" + std::to_string(calls.size()) + "]";
        const json& function =
            entry.is_object() && entry.contains("function") ? entry["function"] : entry;
        if (!function.is_object() || !function.contains("name") || !function["name"].is_string())
            return bad_request(name, here + ".function has no name.");
        ToolCall call{function["name"], "{}"};
        if (const auto arguments = function.find("arguments"); arguments != function.end())
            call.arguments_json =
                arguments->is_string() ? arguments->get<std::string>() : arguments->dump();
        calls.push_back(std::move(call));
    }
    return calls;
}

} // namespace

Result<Request>
parse_request(std::string_view text, std::string_view name, const std::filesystem::path& folder)
{
    if (!formats::nesting_within(text, kMaxDepth)) return bad_request(name, "it nests too deep.");
    json document;
    try {
        document = json::parse(text);
    } catch (const json::exception& error) {
        return bad_request(name, std::string("it is not JSON (") + error.what() + ").");
    }
    if (!document.is_object() || !document.contains("messages") ||
        !document["messages"].is_array() || document["messages"].empty())
        return bad_request(name, "it has no messages.");
    Request request;
    for (const json& entry : document["messages"]) {
        const std::string place = "messages[" + std::to_string(request.messages.size()) + "]";
        if (!entry.is_object()) return bad_request(name, place + " must be an object.");
        const auto role = read_role(name, entry, place);
        if (!role) return tl::unexpected(role.error());
        auto parts = read_content(name, entry, place, folder);
        if (!parts) return tl::unexpected(parts.error());
        auto calls = read_calls(name, entry, place);
        if (!calls) return tl::unexpected(calls.error());
        Message message{*role, std::move(*parts)};
        message.tool_calls = std::move(*calls);
        if (const auto reasoning = entry.find("reasoning_content");
            reasoning != entry.end() && reasoning->is_string())
            message.reasoning = *reasoning;
        request.messages.push_back(std::move(message));
    }
    if (document.contains("tools")) {
        auto tools = read_tools(name, document["tools"]);
        if (!tools) return tl::unexpected(tools.error());
        request.tools = std::move(*tools);
    }
    if (document.contains("enable_thinking")) {
        if (!document["enable_thinking"].is_boolean())
            return bad_request(name, "enable_thinking must be true or false.");
        request.thinking.enabled = document["enable_thinking"];
    }
    if (document.contains("truncate_history_thinking")) {
        if (!document["truncate_history_thinking"].is_boolean())
            return bad_request(name, "truncate_history_thinking must be true or false.");
        request.thinking.keep_history = !document["truncate_history_thinking"].get<bool>();
    }
    if (document.contains("reasoning_budget")) {
        if (!document["reasoning_budget"].is_number_integer())
            return bad_request(name, "reasoning_budget must be a whole number.");
        const auto budget = document["reasoning_budget"].get<std::int64_t>();
        if (budget < 0 || budget > (1 << 20))
            return bad_request(name, "reasoning_budget is out of bounds.");
        request.thinking.budget_tokens = static_cast<int>(budget);
    }
    if (document.contains("video_pruning")) {
        const json& rate = document["video_pruning"];
        if (!rate.is_number() || rate < 0.0 || rate >= 1.0)
            return bad_request(name, "video_pruning must be a number from 0 to below 1.");
        for (Message& message : request.messages)
            for (Part& part : message.parts)
                if (auto* video = std::get_if<Video>(&part)) video->pruning_rate = rate;
    }
    return request;
}

Result<Request> read_request(const std::filesystem::path& path)
{
    const auto text = formats::read_small_file(path, kMaxBytes);
    if (!text) return tl::unexpected(text.error());
    return parse_request(*text, path.filename().string(), path.parent_path());
}

Request request_from_prompt(std::string prompt)
{
    Request request;
    request.messages.push_back({Role::User, {Text{std::move(prompt)}}});
    return request;
}

Result<std::string> read_text(const std::filesystem::path& path)
{
    return formats::read_small_file(path, kMaxBytes);
}

} // namespace engine::tools
