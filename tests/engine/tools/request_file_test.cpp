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

std::string request_with(const std::string& part)
{
    return R"({"messages": [{"role": "user", "content": [)" + part + "]}]}";
}

TEST(RequestFileTest, ReadsTheMediaThatPartsName)
{
    const support::TemporaryFolder folder;
    const std::string picture = "P6 1 1 255\nabc";
    folder.write("a.ppm", picture);
    folder.write("film/2.ppm", "P6 1 1 255\ndef");
    folder.write("film/1.ppm", picture);
    folder.write("film/notes.txt", "not a frame");
    const auto path = folder.write(
        "request.json",
        request_with(
            R"({"type": "image_url", "image_url": {"url": "a.ppm"}},)"
            R"({"type": "image_url", "image_url": {"url": "file://)" +
            (folder / "a.ppm").string() +
            R"("}}, {"type": "image_url", "image_url": {"url": "data:image/x;base64,UDYgMSAxIDI1NQpERUY="}},)"
            R"({"type": "video_url", "video_url": {"url": "film", "fps": 30}})"));
    const auto request = read_request(path);
    ASSERT_TRUE(request) << request.error().message;
    const auto& parts = request->messages[0].parts;
    ASSERT_EQ(parts.size(), 4u);
    EXPECT_EQ(std::get<Image>(parts[0]).rgb[0], 'a');
    EXPECT_EQ(std::get<Image>(parts[1]).rgb[2], 'c');
    EXPECT_EQ(std::get<Image>(parts[2]).rgb[1], 'E');
    const auto& video = std::get<Video>(parts[3]);
    ASSERT_EQ(video.frames.size(), 2u);
    EXPECT_EQ(video.frames[1].rgb[0], 'd');
    EXPECT_EQ(video.times_s, (std::vector<double>{0, 0.033})); // whole milliseconds a frame
}

TEST(RequestFileTest, SaysWhichMediumIsWrong)
{
    const std::vector<std::tuple<std::string, ErrorCode, std::string>> wrong = {
        {R"({"type": "image_url"})", ErrorCode::BadFile, "content[0]"},
        {R"({"type": "image_url", "image_url": {"url": 3}})", ErrorCode::BadFile, "content[0]"},
        {R"({"type": "image_url", "image_url": {"url": "none.png"}})",
         ErrorCode::FileNotFound,
         "none.png"},
        {R"({"type": "image_url", "image_url": {"url": "https://example.org/a.png"}})",
         ErrorCode::Unavailable,
         "network"},
        {R"({"type": "image_url", "image_url": {"url": "data:image/png,abc"}})",
         ErrorCode::BadFile,
         "base64"},
        {R"({"type": "image_url", "image_url": {"url": "data:x;base64,a*b"}})",
         ErrorCode::BadFile,
         "base64"},
        {R"({"type": "audio_url", "audio_url": {"url": "data:x;base64,AAAA"}})",
         ErrorCode::UnsupportedFile,
         "data:"},
        {R"({"type": "video_url", "video_url": {"url": "film.mp4"}})",
         ErrorCode::UnsupportedFile,
         "folders"},
        {R"({"type": "video_url", "video_url": {"url": ".", "fps": 0}})",
         ErrorCode::BadFile,
         "fps"}};
    for (const auto& [part, code, word] : wrong) {
        const auto request = parse_request(request_with(part), "request.json", "/nowhere");
        ASSERT_FALSE(request) << part;
        EXPECT_EQ(request.error().code, code) << request.error().message;
        EXPECT_NE(request.error().message.find(word), std::string::npos) << request.error().message;
    }
}

TEST(RequestFileTest, KeepsEarlierRepliesWhole)
{
    const auto request = parse_request(
        R"({"messages": [{"role": "user", "content": "a"},
            {"role": "assistant", "content": null, "reasoning_content": "r", "tool_calls": [
                {"function": {"name": "f", "arguments": {"z": 1, "a": 2}}},
                {"function": {"name": "g", "arguments": "{\"x\": 1}"}}]}],
            "truncate_history_thinking": false,
            "tools": [{"function": {"name": "f", "description": "", "strict": true,
                "parameters": {"properties": {"z": {}, "a": {}}}}}]})",
        "request.json");
    ASSERT_TRUE(request) << request.error().message;
    const Message& reply = request->messages[1];
    EXPECT_EQ(reply.reasoning, "r");
    ASSERT_EQ(reply.tool_calls.size(), 2u);
    EXPECT_EQ(reply.tool_calls[0].arguments_json, R"({"z":1,"a":2})"); // in the order given
    EXPECT_EQ(reply.tool_calls[1].arguments_json, R"({"x": 1})");
    EXPECT_TRUE(request->thinking.keep_history);
    EXPECT_EQ(request->tools[0].description, "");
    EXPECT_EQ(request->tools[0].parameters_json, R"({"properties":{"z":{},"a":{}}})");
    EXPECT_EQ(request->tools[0].other_json, R"({"strict":true})");
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
