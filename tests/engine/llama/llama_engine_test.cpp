#include "engine/engine.h"
#include "tests/engine/llama/goldens.h"
#include "tests/support/models.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <future>
#include <latch>

namespace engine {
namespace {

Request ask(std::string text, int max_new_tokens = 64)
{
    Request request;
    request.messages.push_back({Role::User, {Text{std::move(text)}}});
    request.sampling.max_new_tokens = max_new_tokens;
    return request;
}

/// Everything that one reply told, and the order of the last call.
struct Heard {
    std::string text;
    std::vector<std::pair<int, int>> progress;
    std::promise<Result<Finish>> done;
    std::function<void()> on_first_text;

    ReplyHandler handler()
    {
        ReplyHandler handler;
        handler.on_progress = [this](int at, int total) { progress.emplace_back(at, total); };
        handler.on_text = [this](std::string_view piece) {
            if (text.empty() && on_first_text) on_first_text();
            text += piece;
        };
        handler.on_done = [this](Result<Finish> finish) { done.set_value(std::move(finish)); };
        return handler;
    }
};

class LlamaEngineTest : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        const auto file = support::model_file(goldens::kModel);
        if (!file) return;
        worker = std::make_unique<Worker>();
        auto opened = Engine::open(*worker, file->parent_path(), {});
        ASSERT_TRUE(opened) << opened.error().message;
        engine = std::move(*opened);
    }
    static void TearDownTestSuite()
    {
        engine.reset();
        worker.reset();
    }
    void SetUp() override
    {
        if (!engine) GTEST_SKIP() << support::no_model(goldens::kModel);
    }
    static Result<Finish> reply_to(Request request, Heard& heard)
    {
        auto finish = heard.done.get_future();
        const auto queued = engine->submit(std::move(request), heard.handler());
        if (!queued) return tl::unexpected(queued.error());
        return finish.get();
    }

    static std::unique_ptr<Worker> worker;
    static std::unique_ptr<Engine> engine;
};
std::unique_ptr<Worker> LlamaEngineTest::worker;
std::unique_ptr<Engine> LlamaEngineTest::engine;

TEST_F(LlamaEngineTest, AnswersAsTheReferenceDoes)
{
    const auto golden = goldens::greedy().front();
    Heard heard;

    const auto finish = reply_to(ask(golden.prompt), heard);

    ASSERT_TRUE(finish) << finish.error().message;
    EXPECT_EQ(heard.text, "The capital of France is Paris.");
    EXPECT_EQ(finish->token_ids, golden.token_ids);
    EXPECT_EQ(finish->reason, FinishReason::Stop);
    EXPECT_EQ(finish->usage.prompt_tokens, static_cast<int>(golden.input_ids.size()));
    EXPECT_EQ(finish->usage.new_tokens, static_cast<int>(golden.token_ids.size()));
    EXPECT_GT(finish->usage.first_token.count(), 0);
    ASSERT_FALSE(heard.progress.empty());
    EXPECT_EQ(heard.progress.back().first, heard.progress.back().second);
}

TEST_F(LlamaEngineTest, CountsThePositionsOfAConversation)
{
    const auto golden = goldens::greedy().front();
    const Request request = ask(golden.prompt);
    EXPECT_EQ(
        engine->count_tokens(request.messages).value(),
        static_cast<int>(golden.input_ids.size()));
    EXPECT_EQ(engine->context_length(), 8192);
    EXPECT_FALSE(engine->capabilities().reasons);
}

TEST_F(LlamaEngineTest, TheSecondTurnComputesOnlyWhatIsNew)
{
    Heard first, second;
    Request request = ask("What is the capital of France?");
    ASSERT_TRUE(reply_to(request, first));
    request.messages.push_back({Role::Assistant, {Text{first.text}}});
    request.messages.push_back({Role::User, {Text{"And of Spain?"}}});

    const auto finish = reply_to(request, second);

    ASSERT_TRUE(finish);
    // All positions are reported, but in one pass that began behind the first turn.
    ASSERT_EQ(second.progress.size(), 1u);
    EXPECT_EQ(second.progress.front().second, finish->usage.prompt_tokens);
    EXPECT_NE(second.text, "");
}

TEST_F(LlamaEngineTest, EndsAtTheLimitAndBeforeAStopString)
{
    Heard limited, stopped;
    const auto at_limit = reply_to(ask("Write a short poem about the sea.", 5), limited);
    ASSERT_TRUE(at_limit);
    EXPECT_EQ(at_limit->reason, FinishReason::Length);
    EXPECT_EQ(at_limit->usage.new_tokens, 5);

    Request request = ask("What is the capital of France?");
    request.sampling.stop = {" Paris"};
    const auto before = reply_to(request, stopped);
    ASSERT_TRUE(before);
    EXPECT_EQ(before->reason, FinishReason::Stop);
    EXPECT_EQ(stopped.text, "The capital of France is");
}

TEST_F(LlamaEngineTest, AStopDuringTheReplyKeepsWhatWasSaid)
{
    Heard heard;
    std::stop_source stop;
    Request request = ask("Write a short poem about the sea.", 4000);
    request.stop = stop.get_token();
    heard.on_first_text = [&] { stop.request_stop(); };

    const auto finish = reply_to(request, heard);

    ASSERT_TRUE(finish);
    EXPECT_EQ(finish->reason, FinishReason::Cancelled);
    EXPECT_LE(finish->usage.new_tokens, 2);
    EXPECT_NE(heard.text, "");
}

TEST_F(LlamaEngineTest, AStopDuringThePromptIsAnError)
{
    std::string words;
    for (int i = 0; i < 2000; ++i) words += "harbour ";
    Heard heard;
    std::stop_source stop;
    Request request = ask(words);
    request.stop = stop.get_token();
    auto done = heard.done.get_future();
    ReplyHandler handler = heard.handler();
    handler.on_progress = [&](int, int) { stop.request_stop(); };
    ASSERT_TRUE(engine->submit(std::move(request), std::move(handler)));

    const auto finish = done.get();

    ASSERT_FALSE(finish);
    EXPECT_EQ(finish.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(heard.text, "");
}

TEST_F(LlamaEngineTest, AnUrgentQuestionInterruptsALongReplyWhichThenGoesOn)
{
    Request poem = ask("Write a short poem about the sea.", 40);
    poem.priority = Priority::Background;
    Heard undisturbed;
    const auto expected = reply_to(poem, undisturbed);
    ASSERT_TRUE(expected);

    Heard slow, urgent;
    bool poem_was_done = false;
    auto slow_done = slow.done.get_future();
    auto urgent_done = urgent.done.get_future();
    slow.on_first_text = [&] {
        ReplyHandler handler = urgent.handler();
        handler.on_done = [&, tell = handler.on_done](Result<Finish> finish) {
            poem_was_done =
                slow_done.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
            tell(std::move(finish));
        };
        ASSERT_TRUE(engine->submit(ask("What is the capital of France?"), std::move(handler)));
    };
    ASSERT_TRUE(engine->submit(poem, slow.handler()));
    ASSERT_TRUE(urgent_done.get());
    const auto finish = slow_done.get();

    ASSERT_TRUE(finish);
    EXPECT_FALSE(poem_was_done);
    EXPECT_EQ(urgent.text, "The capital of France is Paris.");
    EXPECT_EQ(finish->token_ids, expected->token_ids);
}

TEST_F(LlamaEngineTest, APromptBeyondTheContextIsRefusedWithItsLength)
{
    std::string words;
    for (int i = 0; i < 9000; ++i) words += "harbour ";
    Heard heard;

    const auto finish = reply_to(ask(words), heard);

    ASSERT_FALSE(finish);
    EXPECT_EQ(finish.error().code, ErrorCode::PromptTooLong);
    EXPECT_NE(finish.error().message.find("8192"), std::string::npos);
}

TEST_F(LlamaEngineTest, RefusesPicturesAndTools)
{
    Heard heard;
    Request request;
    request.messages.push_back({Role::User, {Image{{1, 2, 3}, 1, 1}}});
    const auto finish = reply_to(request, heard);
    ASSERT_FALSE(finish);
    EXPECT_EQ(finish.error().code, ErrorCode::ModelUnsupported);

    Request with_tools = ask("hello");
    with_tools.tools.push_back({"clock", "", "{}"});
    EXPECT_EQ(engine->submit(with_tools, {}).error().code, ErrorCode::Unavailable);
}

TEST_F(LlamaEngineTest, ASeedDecidesTheDraw)
{
    Request request = ask("Write a short poem about the sea.", 12);
    request.sampling.temperature = 1.0f;
    request.sampling.seed = 7;
    Heard first, again, other;
    const auto a = reply_to(request, first), b = reply_to(request, again);
    request.sampling.seed = 8;
    const auto c = reply_to(request, other);
    ASSERT_TRUE(a && b && c);
    EXPECT_EQ(a->token_ids, b->token_ids);
    EXPECT_NE(a->token_ids, c->token_ids);
}

TEST_F(LlamaEngineTest, ClosingAnEngineCancelsItsReplies)
{
    auto other = Engine::open(*worker, *support::model_file(goldens::kModel), {});
    ASSERT_TRUE(other);
    Heard heard;
    std::latch begun(1);
    heard.on_first_text = [&] { begun.count_down(); };
    auto done = heard.done.get_future();
    ASSERT_TRUE((*other)->submit(ask("Write a short poem about the sea.", 8000), heard.handler()));
    begun.wait();

    other->reset();

    const auto finish = done.get();
    ASSERT_TRUE(finish); // it had begun to speak
    EXPECT_EQ(finish->reason, FinishReason::Cancelled);
}

TEST(LlamaEngineOpenTest, SaysWhatIsWrong)
{
    const support::TemporaryFolder folder;
    Worker worker;
    EXPECT_EQ(Engine::open(worker, folder / "none.gguf", {}).error().code, ErrorCode::FileNotFound);
    const auto text = folder.write("text.gguf", "this is no model");
    EXPECT_EQ(Engine::open(worker, text, {}).error().code, ErrorCode::BadModelFile);
    DeviceChoice cuda;
    cuda.device = Device::Cuda;
    EXPECT_EQ(Engine::open(worker, text, cuda).error().code, ErrorCode::DeviceUnavailable);
}

} // namespace
} // namespace engine
