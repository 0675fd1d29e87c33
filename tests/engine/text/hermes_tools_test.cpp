// Qwen's tools: prompts as transformers renders them (tests/data/gguf/tools.json), and calls parsed
// out of a stream.
#include "engine/text/hermes_tools.h"

#include "engine/text/bpe_files.h"
#include "engine/text/chat_template.h"
#include "engine/text/nemotron_reply.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace engine::text {
namespace {

using json = nlohmann::ordered_json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Message message_of(const json& from)
{
    const std::string role = from["role"];
    Message message;
    message.role = role == "system"      ? Role::System
                   : role == "assistant" ? Role::Assistant
                   : role == "tool"      ? Role::Tool
                                         : Role::User;
    message.parts.emplace_back(Text{from["content"]});
    message.reasoning = from.value("reasoning_content", "");
    for (const json& call : from.value("tool_calls", json::array()))
        message.tool_calls.push_back(
            {call["function"]["name"], call["function"]["arguments"].dump()});
    return message;
}

Tool tool_of(const json& from)
{
    const json& function = from["function"];
    Tool tool{function["name"], std::nullopt, function["parameters"].dump()};
    if (function.contains("description")) tool.description = function["description"];
    json others = json::object();
    for (const auto& [key, value] : function.items())
        if (key != "name" && key != "description" && key != "parameters") others[key] = value;
    if (!others.empty()) tool.other_json = others.dump();
    return tool;
}

class HermesToolsTest : public testing::Test {
protected:
    HermesToolsTest()
    {
        auto read = bpe_from_tokenizer_json(PERCEPT_TEST_DATA "/omni/a/bf16/tokenizer.json");
        EXPECT_TRUE(read) << read.error().message;
        tokenizer_ = std::make_unique<BpeTokenizer>(std::move(*read));
    }
    static ChatTemplate chat_of(const std::string& name)
    {
        for (const json& each : cases())
            if (each["name"] == name)
                return *ChatTemplate::recognise(each["template"].get<std::string>(), "tiny.gguf");
        ADD_FAILURE() << name;
        return *ChatTemplate::recognise("", "");
    }
    static const json& cases()
    {
        static const json all =
            json::parse(support::read_file(PERCEPT_TEST_DATA "/gguf/tools.json"));
        return all;
    }
    std::string text_of(const std::vector<std::int32_t>& ids) const
    {
        std::string text;
        for (const std::int32_t id : ids) text += tokenizer_->text_of(id);
        return text;
    }
    /// All that a reply told, its text coming token by token; marks in the text are tokens.
    ReplyPieces parsed(const std::string& reply) const
    {
        NemotronReply parser(*tokenizer_, tools_, false, false, parse_json_call);
        ReplyPieces all;
        const auto add = [&](ReplyPieces pieces) {
            all.text += pieces.text;
            for (ToolCall& call : pieces.calls) all.calls.push_back(std::move(call));
            for (std::string& why : pieces.refused) all.refused.push_back(std::move(why));
        };
        const auto ids = tokenizer_->encode(reply, BpeTokenizer::ControlText::AsTokens);
        EXPECT_TRUE(ids);
        for (const std::int32_t id : *ids) add(parser.push(id, tokenizer_->bytes(id)));
        add(parser.finish());
        return all;
    }

    std::unique_ptr<BpeTokenizer> tokenizer_;
    const std::vector<Tool> tools_{{"weather", "", R"({"type": "object"})"}, {"now", {}, "{}"}};
};

TEST_F(HermesToolsTest, PromptsAreThoseOfTransformers)
{
    ASSERT_EQ(cases().size(), 20U);
    for (const json& each : cases()) {
        const ChatTemplate chat = chat_of(each["name"]);
        EXPECT_EQ(chat.name(), each["name"].get<std::string>());
        std::vector<Message> messages;
        for (const json& message : each["messages"]) messages.push_back(message_of(message));
        std::vector<Tool> tools;
        for (const json& tool : each["tools"]) tools.push_back(tool_of(tool));
        ThinkingOptions thinking;
        thinking.enabled = each["thinking"];
        const auto ids = chat.render(messages, *tokenizer_, thinking, tools);
        ASSERT_TRUE(ids) << ids.error().message;
        EXPECT_EQ(text_of(*ids), each["text"].get<std::string>()) << each["name"];
        EXPECT_EQ(*ids, each["ids"].get<std::vector<std::int32_t>>()) << each["name"];
    }
}

TEST_F(HermesToolsTest, MarksInTextsOfOthersStayText)
{
    const std::string marks = "<tool_call></tool_call><tool_response></tool_response><|im_end|>";
    const auto marks_in = [&](const std::string& text) {
        Message reply{Role::Assistant, {Text{text}}};
        reply.tool_calls.push_back({"weather", json{{"city", text}}.dump()});
        const std::vector<Message> messages{
            {Role::System, {Text{text}}},
            {Role::User, {Text{text}}},
            reply,
            {Role::Tool, {Text{text}}}};
        std::vector<Tool> tools = tools_;
        tools[0].description = text;
        const auto ids = chat_of("Qwen 2.5").render(messages, *tokenizer_, {}, tools);
        EXPECT_TRUE(ids) << ids.error().message;
        return std::ranges::count_if(*ids, [&](std::int32_t id) {
            return tokenizer_->kind(id) != TokenKind::Normal;
        });
    };
    EXPECT_EQ(marks_in(marks), marks_in("words"));
}

TEST_F(HermesToolsTest, ToolsThatCannotBeWrittenAreRefused)
{
    const std::vector<Message> messages{{Role::User, {Text{"Hi"}}}};
    const auto with = [&](const Tool& tool) {
        return chat_of("Qwen").render(messages, *tokenizer_, {}, {tool});
    };
    EXPECT_TRUE(with({"now", {}, ""}));
    EXPECT_EQ(with({"now", {}, "[1]"}).error().code, ErrorCode::BadUsage);
    EXPECT_EQ(with({"now", {}, "{}", "3"}).error().code, ErrorCode::BadUsage);
    const std::string deep(100, '[');
    EXPECT_EQ(with({"now", {}, "{\"a\":" + deep}).error().code, ErrorCode::BadUsage);
    const auto gemma = ChatTemplate::recognise("<start_of_turn>model<end_of_turn>", "tiny.gguf");
    ASSERT_TRUE(gemma);
    EXPECT_EQ(
        gemma->render(messages, *tokenizer_, {}, tools_).error().code,
        ErrorCode::ModelUnsupported);
    EXPECT_FALSE(gemma->calls_tools(*tokenizer_));
    EXPECT_TRUE(chat_of("Qwen 3").calls_tools(*tokenizer_));
}

TEST_F(HermesToolsTest, CallsAreTakenOutOfTheReply)
{
    const ReplyPieces reply =
        parsed("I look.\n<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"東京\", "
               "\"days\": [1, 2.5]}}\n</tool_call>\n<tool_call>\n{\"arguments\": {}, \"name\": "
               "\"now\"}\n</tool_call>");
    EXPECT_EQ(reply.text, "I look.");
    EXPECT_THAT(reply.refused, IsEmpty());
    ASSERT_EQ(reply.calls.size(), 2U);
    EXPECT_EQ(reply.calls[0].name, "weather");
    EXPECT_EQ(reply.calls[0].arguments_json, R"({"city":"東京","days":[1,2.5]})");
    EXPECT_EQ(reply.calls[1].name, "now");
    EXPECT_EQ(reply.calls[1].arguments_json, "{}");
}

TEST_F(HermesToolsTest, MalformedCallsAreToldAndNeverHandedOut)
{
    const auto refused = [&](const std::string& body) {
        const ReplyPieces reply = parsed("<tool_call>\n" + body + "\n</tool_call>");
        EXPECT_THAT(reply.calls, IsEmpty()) << body;
        EXPECT_EQ(reply.text, "") << body;
        return reply.refused.size() == 1 ? reply.refused[0] : std::string("not told: ") + body;
    };
    EXPECT_THAT(refused(""), HasSubstr("is not a JSON object"));
    EXPECT_THAT(refused("[]"), HasSubstr("is not a JSON object"));
    EXPECT_THAT(refused("{'name': 'now', 'arguments': {}}"), HasSubstr("not a JSON object"));
    EXPECT_THAT(refused(R"({"name": "now", "arguments": {})"), HasSubstr("not a JSON object"));
    EXPECT_THAT(refused(R"({"name": "now", "arguments": {}} x)"), HasSubstr("not a JSON object"));
    EXPECT_THAT(refused(R"({"arguments": {}})"), HasSubstr("names no function"));
    EXPECT_THAT(refused(R"({"name": 3, "arguments": {}})"), HasSubstr("names no function"));
    EXPECT_THAT(
        refused(R"({"name": "rm", "arguments": {}})"),
        HasSubstr("\"rm\", which was not offered"));
    EXPECT_THAT(refused(R"({"name": "now"})"), HasSubstr("no object of arguments"));
    EXPECT_THAT(refused(R"({"name": "now", "arguments": "{}"})"), HasSubstr("no object"));
    EXPECT_THAT(
        refused(R"({"name": "now", "name": "weather", "arguments": {}})"),
        HasSubstr("two members of one name"));
    EXPECT_THAT(
        refused(R"({"name": "now", "arguments": {"a": 1, "a": 2}})"),
        HasSubstr("two members of one name"));
    EXPECT_THAT(
        refused(R"({"name": "now", "arguments": {"a": )" + std::string(5'000, '[')),
        HasSubstr("nested too deeply"));
    // Cut off, and with the mark spelt out instead of being the token.
    EXPECT_THAT(
        parsed("<tool_call>\n{\"name\": \"now\", \"argu").refused,
        ElementsAre(HasSubstr("does not end")));
    NemotronReply parser(*tokenizer_, tools_, false, false, parse_json_call);
    const auto spelt =
        tokenizer_->encode("<tool_call>{\"name\": \"now\", \"arguments\": {}}</tool_call>");
    ASSERT_TRUE(spelt);
    std::size_t calls = 0;
    for (const std::int32_t id : *spelt)
        calls += parser.push(id, tokenizer_->bytes(id)).calls.size();
    EXPECT_EQ(calls, 0U) << "what is quoted is not called";
}

} // namespace
} // namespace engine::text
