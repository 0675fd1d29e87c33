// Requests through the engine's door, on the tiny checkpoint a of tests/data/omni.

#include "engine/engine.h"
#include "engine/models/language_model.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <future>

namespace engine {
namespace {

using testing::HasSubstr;

constexpr const char* kFolder = PERCEPT_TEST_DATA "/omni/a";
constexpr std::int32_t kThinkEnd = 13;

struct Heard {
    std::string text, reasoning;
    std::vector<std::pair<int, int>> progress;
    Result<Finish> finish = Finish{};
};

class NemotronEngineTest : public testing::Test {
protected:
    void SetUp() override
    {
        auto opened = Engine::open(
            worker_,
            std::filesystem::path(kFolder) / "bf16",
            {Device::Cpu, 0, 2},
            kernels::Compute::Exact);
        ASSERT_TRUE(opened) << opened.error().message;
        engine_ = std::move(*opened);
    }
    static Request asked(std::string text, int max_new_tokens = 24)
    {
        Request request;
        request.messages = {{Role::User, {Text{std::move(text)}}}};
        request.thinking.enabled = true;
        request.sampling.max_new_tokens = max_new_tokens;
        return request;
    }
    Heard reply_to(Request request)
    {
        Heard heard;
        std::promise<Result<Finish>> done;
        ReplyHandler handler;
        handler.on_progress = [&](int at, int of) { heard.progress.emplace_back(at, of); };
        handler.on_text = [&](std::string_view piece) { heard.text += piece; };
        handler.on_reasoning = [&](std::string_view piece) { heard.reasoning += piece; };
        handler.on_done = [&](Result<Finish> finish) { done.set_value(std::move(finish)); };
        const auto queued = engine_->submit(std::move(request), std::move(handler));
        EXPECT_TRUE(queued) << queued.error().message;
        heard.finish = done.get_future().get();
        return heard;
    }

    Worker worker_{{Device::Cpu, 0, 2}};
    std::unique_ptr<Engine> engine_;
};

TEST_F(NemotronEngineTest, AnswersAsTheReferenceDoes)
{
    const auto cases =
        nlohmann::json::parse(support::read_file(std::string(kFolder) + "/cases.json"));
    const auto expected =
        cases["text"]["results"]["bf16"]["tokens"].get<std::vector<std::int32_t>>();
    const Heard heard = reply_to(asked("Hi there", 64));
    ASSERT_TRUE(heard.finish) << heard.finish.error().message;
    EXPECT_EQ(heard.finish->token_ids, expected);
    EXPECT_EQ(heard.finish->reason, FinishReason::Length);
    EXPECT_FALSE(heard.reasoning.empty());
    EXPECT_TRUE(heard.text.empty());               // it never stopped reasoning
    EXPECT_FALSE(engine_->capabilities().reasons); // a folder does not say so of itself
    EXPECT_TRUE(engine_->capabilities().calls_tools);
}

TEST_F(NemotronEngineTest, ReasoningOverItsBudgetIsClosed)
{
    Request request = asked("Hi there", 40);
    request.thinking.budget_tokens = 10;
    request.thinking.grace_tokens = 4;
    const Heard heard = reply_to(request);
    ASSERT_TRUE(heard.finish) << heard.finish.error().message;
    const auto& ids = heard.finish->token_ids;
    const auto end = std::find(ids.begin(), ids.end(), kThinkEnd);
    ASSERT_NE(end, ids.end());
    EXPECT_GE(end - ids.begin(), 10);
    EXPECT_LE(end - ids.begin(), 14);
    EXPECT_EQ(std::count(ids.begin(), ids.end(), kThinkEnd), 1);
    EXPECT_FALSE(heard.reasoning.empty());
    EXPECT_FALSE(heard.text.empty());
}

TEST_F(NemotronEngineTest, AFollowUpComputesOnlyWhatIsNew)
{
    Request first = asked("The keeper of the lighthouse wrote everything down.");
    const Heard cold = reply_to(first);
    ASSERT_TRUE(cold.finish);
    const int prompt = cold.finish->usage.prompt_tokens;

    Request follow = first;
    follow.messages.push_back({Role::Assistant, {Text{"Did he?"}}});
    follow.messages.push_back({Role::User, {Text{"What else?"}}});
    const Heard warm = reply_to(follow);
    ASSERT_TRUE(warm.finish);
    // Its first part begins behind the first question, not at the beginning of the prompt.
    ASSERT_FALSE(warm.progress.empty());
    EXPECT_GT(warm.progress.front().first, prompt - 10);

    // The same from the beginning, in another engine: the same reply.
    SetUp();
    const Heard fresh = reply_to(follow);
    ASSERT_TRUE(fresh.finish);
    EXPECT_EQ(fresh.finish->token_ids, warm.finish->token_ids);
    EXPECT_LT(fresh.progress.front().first, prompt - 10);
}

TEST_F(NemotronEngineTest, AStoppedRequestLeavesTheNextOneUntouched)
{
    const Heard expected = reply_to(asked("What else?"));
    std::stop_source stop;
    Request stopped = asked("The keeper of the lighthouse wrote everything down.", 4096);
    stopped.stop = stop.get_token();
    stop.request_stop();
    const Heard cancelled = reply_to(stopped);
    EXPECT_FALSE(cancelled.finish);
    const Heard again = reply_to(asked("What else?"));
    ASSERT_TRUE(again.finish);
    EXPECT_EQ(again.finish->token_ids, expected.finish->token_ids);
}

TEST_F(NemotronEngineTest, WhatItCannotTakeIsRefusedWithASentence)
{
    EXPECT_TRUE(engine_->capabilities().sees);
    EXPECT_TRUE(engine_->capabilities().hears);
    Request request = asked("Describe");
    request.messages.front().parts.emplace_back(Sound{});
    const Heard sound = reply_to(request);
    ASSERT_FALSE(sound.finish);
    EXPECT_EQ(sound.finish.error().code, ErrorCode::BadFile);
    EXPECT_THAT(sound.finish.error().message, HasSubstr("without samples"));
    request.messages.front().parts.back() = Sound{{0.1f, std::nanf(""), 0.1f}};
    EXPECT_THAT(reply_to(request).finish.error().message, HasSubstr("no numbers"));
    request.messages.front().parts.back() = Image{{0, 0, 0}, 2, 2};
    EXPECT_THAT(reply_to(request).finish.error().message, HasSubstr("3 bytes"));
    Video video{{Image{std::vector<std::uint8_t>(12), 2, 2}}, {0.0, 1.0}, {}};
    request.messages.front().parts.back() = video;
    EXPECT_THAT(reply_to(request).finish.error().message, HasSubstr("2 times"));
}

TEST_F(NemotronEngineTest, TwoPicturesOfOneSizeAreTwoPrompts)
{
    Request request = asked("Describe");
    Image dark{std::vector<std::uint8_t>(3 * 64 * 64, 20), 64, 64};
    Image light = dark;
    for (std::size_t i = 0; i < light.rgb.size(); ++i)
        light.rgb[i] = static_cast<std::uint8_t>(i * 7);
    request.messages.front().parts.emplace_back(dark);
    const Heard first = reply_to(request);
    const Heard again = reply_to(request);
    request.messages.front().parts.back() = light;
    const Heard other = reply_to(request);
    ASSERT_TRUE(first.finish && again.finish && other.finish);
    EXPECT_EQ(first.finish->token_ids, again.finish->token_ids);
    EXPECT_NE(first.finish->token_ids, other.finish->token_ids);
}

TEST_F(NemotronEngineTest, TwoSoundsOfOneLengthAreTwoPrompts)
{
    Request request = asked("Transcribe");
    Sound low, high;
    for (int n = 0; n < 8'001; ++n) low.samples.push_back(static_cast<float>(n % 160) / 200.0f);
    high = low;
    for (std::size_t n = 0; n < high.samples.size(); n += 3) high.samples[n] = 0.5f;
    request.messages.front().parts.emplace_back(low);
    const Heard first = reply_to(request);
    const Heard again = reply_to(request);
    request.messages.front().parts.back() = high;
    const Heard other = reply_to(request);
    ASSERT_TRUE(first.finish && again.finish && other.finish);
    EXPECT_EQ(first.finish->token_ids, again.finish->token_ids);
    EXPECT_NE(first.finish->token_ids, other.finish->token_ids);
}

TEST_F(NemotronEngineTest, AReplyNeverHasMarksOfMedia)
{
    const auto model = LanguageModel::load(
        worker_,
        std::filesystem::path(kFolder) / "bf16",
        kernels::Compute::Exact);
    ASSERT_TRUE(model) << model.error().message;
    std::vector<float> logits(static_cast<std::size_t>((*model)->vocab_size()), 1.0f);
    (*model)->forbid(logits);
    for (const std::size_t id : {18, 19, 20, 27, 28, 29}) EXPECT_LT(logits[id], -1e30f) << id;
    EXPECT_EQ(logits[11], 1.0f); // <|im_end|>
    EXPECT_EQ(logits[1100], 1.0f);
    Request request = asked("Hi there", 200);
    request.sampling.temperature = 50.0f; // nearly every token is as likely as the next
    request.sampling.seed = 7;
    const Heard heard = reply_to(request);
    ASSERT_TRUE(heard.finish);
    for (const std::int32_t id : heard.finish->token_ids)
        EXPECT_THAT((std::vector{18, 19, 20, 27, 28, 29}), testing::Not(testing::Contains(id)));
}

} // namespace
} // namespace engine
