#include "engine/text/nemotron_reply.h"

#include "engine/text/bpe_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace engine::text {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class NemotronReplyTest : public testing::Test {
protected:
    NemotronReplyTest()
    {
        auto read = bpe_from_tokenizer_json(PERCEPT_TEST_DATA "/omni/a/bf16/tokenizer.json");
        EXPECT_TRUE(read) << read.error().message;
        tokenizer_ = std::make_unique<BpeTokenizer>(std::move(*read));
        tools_ = {
            {"weather",
             "",
             R"({"properties": {"city": {"type": "string"}, "days": {"type": "integer"},
                 "exact": {"type": "boolean"}, "limit": {"type": "number"},
                 "where": {"type": "object"}, "names": {"type": "array"}}})"}};
    }
    /// All that a reply told, its text coming token by token; marks in the text are tokens.
    ReplyPieces parsed(const std::string& reply, bool thinks, bool may_open = false)
    {
        NemotronReply parser(*tokenizer_, tools_, thinks, may_open);
        ReplyPieces all;
        const auto add = [&](ReplyPieces pieces) {
            all.reasoning += pieces.reasoning;
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
    std::vector<Tool> tools_;
};

TEST_F(NemotronReplyTest, ReasoningEndsAtItsMark)
{
    const ReplyPieces reply = parsed("Well, 2 and 2…\n</think>\n\nFour. \n", true);
    EXPECT_EQ(reply.reasoning, "Well, 2 and 2…");
    EXPECT_EQ(reply.text, "Four.");
}

TEST_F(NemotronReplyTest, AReplyMayOpenItsReasoningItself)
{
    const ReplyPieces opened = parsed("\n<think>\nWell…\n</think>\n\nFour.", false, true);
    EXPECT_EQ(opened.reasoning, "Well…");
    EXPECT_EQ(opened.text, "Four.");
    const ReplyPieces late = parsed("Four.<think>", false, true);
    EXPECT_EQ(late.reasoning, "");
    EXPECT_EQ(late.text.substr(0, 5), "Four.");
}

TEST_F(NemotronReplyTest, WithoutThinkingAllIsTheAnswer)
{
    EXPECT_EQ(parsed("Four.", false).text, "Four.");
    EXPECT_THAT(parsed("Four.", false).reasoning, IsEmpty());
}

TEST_F(NemotronReplyTest, ReasoningThatWasCutOffIsReasoning)
{
    const ReplyPieces reply = parsed("Well, 2 and", true);
    EXPECT_EQ(reply.reasoning, "Well, 2 and");
    EXPECT_THAT(reply.text, IsEmpty());
}

TEST_F(NemotronReplyTest, CallsAreTakenOutWithTypedArguments)
{
    const ReplyPieces reply = parsed(
        "I look it up.</think>One moment.\n<tool_call>\n<function=weather>\n<parameter=city>\n"
        "New\nYork \n</parameter>\n<parameter=days>\n3\n</parameter>\n<parameter=exact>\nTrue\n"
        "</parameter>\n<parameter=limit>\n0.5\n</parameter>\n<parameter=where>\n{\"x\": [1]}\n"
        "</parameter>\n<parameter=names>\nnull\n</parameter>\n</function>\n</tool_call>"
        "<tool_call>\n<function=weather>\n</function>\n</tool_call>",
        true);
    EXPECT_EQ(reply.text, "One moment.");
    EXPECT_THAT(reply.refused, IsEmpty());
    ASSERT_EQ(reply.calls.size(), 2u);
    EXPECT_EQ(reply.calls[0].name, "weather");
    EXPECT_EQ(
        reply.calls[0].arguments_json,
        R"({"city":"New\nYork ","days":3,"exact":true,"limit":0.5,"where":{"x":[1]},"names":null})");
    EXPECT_EQ(reply.calls[1].arguments_json, "{}");
}

TEST_F(NemotronReplyTest, AValueThatDoesNotFitStaysText)
{
    const auto call = parse_call(
        "<function=weather><parameter=days>three</parameter><parameter=exact>perhaps</parameter>"
        "<parameter=where>[1]</parameter><parameter=unknown>7</parameter></function>",
        tools_);
    ASSERT_TRUE(call) << call.error().message;
    EXPECT_EQ(
        call->arguments_json,
        R"({"days":"three","exact":"perhaps","where":"[1]","unknown":"7"})");
}

TEST_F(NemotronReplyTest, WhatIsNotWellFormedIsRefusedAndSaid)
{
    const std::pair<const char*, const char*> broken[] = {
        {"", "does not begin"},
        {"{\"name\": \"weather\"}", "does not begin"},
        {"<function=weather", "names no function"},
        {"<function=>", "names no function"},
        {"<function=shutdown>\n</function>", "was not offered"},
        {"<function=weather>", "does not end"},
        {"<function=weather>\n</function> and more", "does not end"},
        {"<function=weather>\nhello\n</function>", "text between"},
        {"<function=weather><parameter=city>Oslo</function>", "without an end"},
        {"<function=weather><parameter=>x</parameter></function>", "without an end"},
        {"<function=weather><parameter=a>1</parameter><parameter=a>2</parameter></function>",
         "twice"}};
    for (const auto& [text, why] : broken) {
        const auto reply = parsed(std::string("<tool_call>") + text + "</tool_call>done", false);
        EXPECT_THAT(reply.calls, IsEmpty()) << text;
        EXPECT_THAT(reply.refused, ElementsAre(HasSubstr(why))) << text;
        EXPECT_EQ(reply.text, "done") << text;
    }
    EXPECT_THAT(
        parsed("<tool_call><function=weather>", false).refused,
        ElementsAre(HasSubstr("does not end")));
}

TEST_F(NemotronReplyTest, ACallInsideReasoningIsReasoning)
{
    const ReplyPieces reply = parsed("maybe <tool_call> later</think>no", true);
    EXPECT_THAT(reply.calls, IsEmpty());
    EXPECT_THAT(reply.refused, IsEmpty());
    EXPECT_EQ(reply.text, "no");
}

TEST_F(NemotronReplyTest, ACallThatNeverEndsDoesNotFillTheMemory)
{
    NemotronReply parser(*tokenizer_, tools_, false);
    parser.push(*tokenizer_->control_token("<tool_call>"), {});
    const std::string much(1 << 16, 'x');
    for (int i = 0; i < 100; ++i) parser.push(1100, much);
    const ReplyPieces end = parser.push(*tokenizer_->control_token("</tool_call>"), {});
    EXPECT_THAT(end.refused, ElementsAre(HasSubstr("longer than")));
}

} // namespace
} // namespace engine::text
