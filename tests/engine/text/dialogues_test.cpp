// 80 conversations that were rendered by transformers: tests/data/omni/dialogues.json.

#include "engine/text/nemotron_template.h"

#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <iostream>

namespace engine::text {
namespace {

using json = nlohmann::ordered_json;

Role role_of(const std::string& name)
{
    if (name == "system") return Role::System;
    if (name == "assistant") return Role::Assistant;
    return name == "tool" ? Role::Tool : Role::User;
}

Message message_of(const json& from)
{
    Message message;
    message.role = role_of(from["role"]);
    if (from.contains("content") && from["content"].is_string())
        message.parts.emplace_back(Text{from["content"]});
    if (from.contains("content") && from["content"].is_array())
        for (const json& part : from["content"]) {
            const std::string type = part["type"];
            if (type == "text") message.parts.emplace_back(Text{part["text"]});
            if (type.starts_with("image")) message.parts.emplace_back(Image{});
            if (type.starts_with("video")) message.parts.emplace_back(Video{});
            if (type.starts_with("audio")) message.parts.emplace_back(Sound{});
        }
    if (from.contains("reasoning_content") && from["reasoning_content"].is_string())
        message.reasoning = from["reasoning_content"];
    if (from.contains("tool_calls"))
        for (const json& call : from["tool_calls"]) {
            const json& function = call.contains("function") ? call["function"] : call;
            message.tool_calls.push_back({function["name"], function["arguments"].dump()});
        }
    return message;
}

Request request_of(const json& dialogue)
{
    Request request;
    const json& arguments = dialogue["arguments"];
    request.thinking.enabled =
        !arguments.contains("enable_thinking") || arguments["enable_thinking"] == true;
    request.thinking.keep_history = arguments.contains("truncate_history_thinking") &&
                                    arguments["truncate_history_thinking"] == false;
    if (arguments.contains("reasoning_budget") && !arguments["reasoning_budget"].is_null())
        request.thinking.budget_tokens = arguments["reasoning_budget"].get<int>();
    if (arguments.contains("tools"))
        for (const json& entry : arguments["tools"]) {
            json function = entry.contains("function") ? entry["function"] : entry;
            Tool tool{function["name"], {}, {}};
            if (function.contains("description")) tool.description = function["description"];
            if (function.contains("parameters"))
                tool.parameters_json = function["parameters"].dump();
            for (const char* known : {"name", "description", "parameters"}) function.erase(known);
            if (!function.empty()) tool.other_json = function.dump();
            request.tools.push_back(std::move(tool));
        }
    for (const json& message : dialogue["messages"])
        request.messages.push_back(message_of(message));
    return request;
}

/// What our types cannot say, or where we deliberately differ: a role of its own, and a text that
/// takes the place of a picture by naming its mark.
bool is_ours(const json& dialogue)
{
    // The published template prints a list of types as Python does; the one of these files, which
    // was written from the spec, as JSON.
    if (dialogue.dump().find("\"type\":[") != std::string::npos) return false;
    for (const json& message : dialogue["messages"]) {
        if (message["role"] == "developer") return false;
        if (!message["content"].is_array()) continue;
        for (const json& part : message["content"])
            for (const char* mark : {"<image>", "<video>", "<so_embedding>"})
                if (part.contains("text") &&
                    part["text"].get<std::string>().find(mark) != std::string::npos)
                    return false;
    }
    return true;
}

TEST(DialoguesTest, AreRenderedByteForByte)
{
    const auto known = NemotronTemplate::recognise(
        support::read_file(PERCEPT_TEST_DATA "/omni/a/bf16/chat_template.jinja"),
        "chat_template.jinja");
    ASSERT_TRUE(known);
    const json dialogues =
        json::parse(support::read_file(PERCEPT_TEST_DATA "/omni/dialogues.json"));
    int compared = 0;
    for (const json& dialogue : dialogues) {
        if (!is_ours(dialogue)) continue;
        const auto pieces =
            known->render(request_of(dialogue), NemotronTemplate::Directives::Anywhere);
        ASSERT_TRUE(pieces) << pieces.error().message;
        std::string text = text_of(*pieces);
        if (dialogue["arguments"]["add_generation_prompt"] == false)
            text.resize(text.rfind("<|im_start|>assistant\n"));
        EXPECT_EQ(text, dialogue["text"].get<std::string>()) << "dialogue " << compared;
        ++compared;
    }
    std::cout << compared << " dialogues compared\n";
    EXPECT_GE(compared, 50);
}

} // namespace
} // namespace engine::text
