#include "engine/tools/npy.h"
#include "engine/tools/request_file.h"
#include "kernels/buffer.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cstring>

namespace engine::tools {
namespace {

TEST(RequestFileTest, ReadsTextAndParts)
{
    const auto request = parse_request(
        R"({"messages": [{"role": "system", "content": "Be brief."},
            {"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}],
            "enable_thinking": true, "reasoning_budget": 20,
            "tools": [{"type": "function", "function": {"name": "clock", "parameters": {"type": "object"}}}]})",
        "request.json");
    ASSERT_TRUE(request) << request.error().message;
    ASSERT_EQ(request->messages.size(), 2u);
    EXPECT_EQ(request->messages[0].role, Role::System);
    ASSERT_EQ(request->messages[1].parts.size(), 2u);
    EXPECT_EQ(std::get<Text>(request->messages[1].parts[1]).utf8, "b");
    EXPECT_TRUE(request->thinking.enabled);
    EXPECT_EQ(request->thinking.budget_tokens, 20);
    ASSERT_EQ(request->tools.size(), 1u);
    EXPECT_EQ(request->tools[0].name, "clock");
}

TEST(RequestFileTest, NamesThePlaceOfAMistake)
{
    const std::vector<std::pair<std::string, std::string>> wrong = {
        {"", "not JSON"},
        {"[]", "no messages"},
        {R"({"messages": []})", "no messages"},
        {R"({"messages": [3]})", "messages[0]"},
        {R"({"messages": [{"content": "x"}]})", "role"},
        {R"({"messages": [{"role": "pope", "content": "x"}]})", "role"},
        {R"({"messages": [{"role": "user"}]})", "content"},
        {R"({"messages": [{"role": "user", "content": 3}]})", "content"},
        {R"({"messages": [{"role": "user", "content": [{"type": "text"}]}]})", "content[0]"},
        {R"({"messages": [{"role": "user", "content": "x"}], "enable_thinking": 1})",
         "enable_thinking"},
        {R"({"messages": [{"role": "user", "content": "x"}], "reasoning_budget": -1})",
         "reasoning_budget"},
        {R"({"messages": [{"role": "user", "content": "x"}], "tools": [{}]})", "tools[0]"},
        {std::string(100'000, '['), "deep"},
    };
    for (const auto& [text, word] : wrong) {
        const auto request = parse_request(text, "request.json");
        ASSERT_FALSE(request) << text.substr(0, 80);
        EXPECT_EQ(request.error().code, ErrorCode::BadFile);
        EXPECT_NE(request.error().message.find(word), std::string::npos) << request.error().message;
        EXPECT_EQ(request.error().message.find("request.json"), 0u);
    }
}

TEST(RequestFileTest, PicturesAreNotTakenYet)
{
    const auto request = parse_request(
        R"({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "a.png"}}]}]})",
        "request.json");
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().code, ErrorCode::Unavailable);
}

TEST(NpyTest, WritesHeaderAndRows)
{
    const support::TemporaryFolder folder;
    kernels::Buffer buffer(kernels::DType::F32, 2, 3);
    for (int i = 0; i < 6; ++i)
        buffer.view().row<float>(i / 3)[static_cast<std::size_t>(i % 3)] = static_cast<float>(i);

    ASSERT_TRUE(write_npy(folder / "a.npy", buffer.view()));

    const std::string bytes = support::read_file(folder / "a.npy");
    ASSERT_EQ(bytes.size(), 128u + 24u);
    EXPECT_EQ(bytes.substr(1, 5), "NUMPY");
    EXPECT_NE(bytes.find("'shape': (2, 3)"), std::string::npos);
    EXPECT_EQ(bytes[127], '\n');
    float last = 0;
    std::memcpy(&last, bytes.data() + bytes.size() - 4, 4);
    EXPECT_EQ(last, 5.0f);
    EXPECT_FALSE(write_npy(folder / "no" / "a.npy", buffer.view()));
}

} // namespace
} // namespace engine::tools
