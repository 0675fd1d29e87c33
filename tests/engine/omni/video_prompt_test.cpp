// How a film stands in a prompt once the rows that repeat are left out, on a tiny checkpoint.

#include "engine/engine.h"
#include "engine/models/language_model.h"
#include "engine/tools/request_file.h"
#include "engine/worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>

namespace engine {
namespace {

using testing::HasSubstr;
using Progress = Layout::Progress;

/// A still picture in which a square of `moving` pixels changes from frame to frame.
Video film(int frames, double rate, int moving = 24)
{
    Video video;
    video.pruning_rate = rate;
    for (int f = 0; f < frames; ++f) {
        Image image{std::vector<std::uint8_t>(std::size_t{3} * 96 * 96, 40), 96, 96};
        for (int y = 0; y < moving; ++y)
            for (int x = 0; x < 3 * moving; ++x)
                image.rgb[static_cast<std::size_t>(y) * 3 * 96 + static_cast<std::size_t>(x)] =
                    static_cast<std::uint8_t>(7 * x + 31 * y + 57 * f);
        video.frames.push_back(std::move(image));
        video.times_s.push_back(f);
    }
    return video;
}

class VideoPromptTest : public testing::Test {
protected:
    void SetUp() override
    {
        auto model = LanguageModel::load(
            worker_,
            std::filesystem::path(PERCEPT_TEST_DATA) / "omni" / "b" / "bf16",
            kernels::Compute::Exact);
        ASSERT_TRUE(model) << model.error().message;
        model_ = std::move(*model);
    }
    Sequence prompt(std::vector<Part> parts) const
    {
        Request request;
        parts.emplace_back(Text{"Well?"});
        request.messages = {{Role::User, std::move(parts)}};
        auto sequence = model_->prompt(request);
        EXPECT_TRUE(sequence) << sequence.error().message;
        return sequence ? std::move(*sequence) : Sequence();
    }
    void on_engine_thread(const std::function<void(kernels::Backend&)>& work)
    {
        ASSERT_TRUE(worker_.run_now([&](kernels::Backend& backend) -> Result<void> {
            work(backend);
            return {};
        }));
    }
    /// Number of steps that it took.
    int settle(Sequence& sequence)
    {
        int steps = 1;
        on_engine_thread([&](kernels::Backend& backend) {
            while (settle_some(backend, sequence, {}) == Progress::More) ++steps;
        });
        EXPECT_TRUE(sequence.unsettled.empty());
        return steps;
    }
    std::vector<float> logits(const Sequence& sequence)
    {
        std::vector<float> result;
        on_engine_thread([&](kernels::Backend& backend) {
            model_->keep_common_prefix(sequence, 0);
            ASSERT_TRUE(model_->run(backend, sequence, 0, sequence.length(), {}, {}));
            const auto last = model_->last_logits(backend);
            result.assign(last.begin(), last.end());
        });
        return result;
    }
    std::ptrdiff_t count(const Sequence& sequence, const char* mark) const
    {
        return std::ranges::count(sequence.ids, *model_->tokenizer().control_token(mark));
    }

    Worker worker_{{Device::Cpu, 0, 2}};
    std::unique_ptr<LanguageModel> model_;
};

TEST_F(VideoPromptTest, LengthAndEverythingBehindAreKnownBeforeTheRows)
{
    Video loud = film(8, 0.5);
    loud.sound.samples.assign(16'000, 0.25f);
    Sequence pruned = prompt({loud});
    loud.pruning_rate = 0.0;
    const Sequence whole = prompt({loud});
    ASSERT_EQ(whole.unsettled.size(), 0u);
    ASSERT_EQ(pruned.unsettled.size(), 1u);
    EXPECT_EQ(whole.length() - pruned.length(), count(whole, "<image>") / 2);

    const Sequence before = pruned;
    settle(pruned);
    EXPECT_EQ(pruned.length(), before.length());
    EXPECT_EQ(count(pruned, "<image>"), count(before, "<image>"));
    EXPECT_EQ(count(pruned, "<img>"), 4);
    EXPECT_EQ(pruned.likely_prefixes, before.likely_prefixes);
    const std::int32_t image = *model_->tokenizer().control_token("<image>");
    int last = 0, rows = 0;
    for (const auto& medium : pruned.media) {
        EXPECT_GT(medium->first, last);
        last = medium->first + medium->count;
        if (medium == pruned.media.back()) break; // the sound
        rows += medium->count;
        for (int i = medium->first; i < last; ++i)
            EXPECT_EQ(pruned.ids[static_cast<std::size_t>(i)], image);
    }
    EXPECT_EQ(rows, count(pruned, "<image>"));
    EXPECT_EQ(pruned.media.back(), before.media.back());
}

TEST_F(VideoPromptTest, AStillFilmLeavesItsLaterTubeletsEmpty)
{
    Sequence still = prompt({film(8, 0.7, 0)});
    settle(still);
    EXPECT_EQ(count(still, "<img>"), 4);
    ASSERT_EQ(still.media.size(), 2u); // the first whole, of the second what is left to give
    EXPECT_GT(still.media[0]->count, still.media[1]->count);
    EXPECT_EQ(logits(still).size(), static_cast<std::size_t>(model_->vocab_size()));
}

TEST_F(VideoPromptTest, AFilmThatWasSeenIsNotEncodedToKnowItsLayout)
{
    Sequence first = prompt({film(6, 0.5)});
    EXPECT_EQ(settle(first), 3);
    Sequence again = prompt({film(6, 0.5)});
    EXPECT_EQ(settle(again), 1);
    EXPECT_EQ(again.ids, first.ids);
    EXPECT_EQ(again.keys, first.keys);
    EXPECT_EQ(logits(again), logits(first)); // rows encoded when they were needed
    EXPECT_EQ(logits(first), logits(again)); // and again after they were forgotten
    Sequence other_rate = prompt({film(6, 0.3)});
    EXPECT_EQ(settle(other_rate), 3);
    Sequence other_film = prompt({film(6, 0.5, 30)});
    EXPECT_EQ(settle(other_film), 3);
    EXPECT_NE(other_film.keys, first.keys);
}

TEST_F(VideoPromptTest, SeveralFilmsAreSettledOneAfterTheOther)
{
    Sequence both = prompt({film(4, 0.5), film(6, 0.5, 40)});
    ASSERT_EQ(both.unsettled.size(), 2u);
    settle(both);
    EXPECT_TRUE(std::ranges::is_sorted(both.media, {}, [](const auto& m) { return m->first; }));
    Sequence alone = prompt({film(4, 0.5)});
    settle(alone);
    const auto end = std::ptrdiff_t{alone.media.back()->first} + alone.media.back()->count;
    EXPECT_TRUE(std::equal(alone.keys.begin(), alone.keys.begin() + end, both.keys.begin()));
}

TEST_F(VideoPromptTest, ProgressCountsTheRowsThatAreMadeBeforehand)
{
    auto engine = Engine::open(
        worker_,
        std::filesystem::path(PERCEPT_TEST_DATA) / "omni" / "b" / "bf16",
        {Device::Cpu, 0, 2},
        kernels::Compute::Exact);
    ASSERT_TRUE(engine) << engine.error().message;
    const auto progress_of = [&](const Video& video) {
        Request request;
        request.messages = {{Role::User, {video, Text{"Well?"}}}};
        request.sampling.max_new_tokens = 1;
        std::vector<std::pair<int, int>> progress;
        std::promise<Result<Finish>> done;
        ReplyHandler handler;
        handler.on_progress = [&](int at, int total) { progress.emplace_back(at, total); };
        handler.on_done = [&](Result<Finish> finish) { done.set_value(std::move(finish)); };
        EXPECT_TRUE((*engine)->submit(std::move(request), std::move(handler)));
        const auto finish = done.get_future().get();
        EXPECT_TRUE(finish);
        return std::pair(progress, finish ? finish->usage.prompt_tokens : 0);
    };
    const auto [first, positions] = progress_of(film(6, 0.5));
    ASSERT_GE(first.size(), 4u); // three tubelets, then the prompt
    const int rows = first.back().second - positions;
    EXPECT_GT(rows, 0);
    EXPECT_EQ(rows % 3, 0);
    for (int tubelet = 0; tubelet < 3; ++tubelet)
        EXPECT_EQ(first[static_cast<std::size_t>(tubelet)].first, rows / 3 * (tubelet + 1));
    EXPECT_TRUE(std::ranges::is_sorted(first));
    EXPECT_EQ(first.back().first, first.back().second);
    const auto [again, same_positions] = progress_of(film(6, 0.5));
    EXPECT_EQ(again.back().second, same_positions); // seen before: nothing to be made beforehand
}

TEST_F(VideoPromptTest, StoppedOnTheWayItGoesOnLater)
{
    Sequence sequence = prompt({film(6, 0.5)});
    Sequence straight = sequence;
    on_engine_thread([&](kernels::Backend& backend) {
        EXPECT_EQ(settle_some(backend, sequence, {}), Progress::More);
        std::stop_source stop;
        stop.request_stop();
        EXPECT_EQ(settle_some(backend, sequence, stop.get_token()), Progress::Stopped);
        EXPECT_EQ(sequence.ids, straight.ids);
    });
    settle(sequence);
    Sequence fresh = prompt({film(6, 0.5)});
    settle(fresh);
    EXPECT_EQ(sequence.keys, fresh.keys);
}

TEST_F(VideoPromptTest, ARateOutOfBoundsIsRefused)
{
    for (const double rate : {-0.1, 1.0, 7.0, std::numeric_limits<double>::quiet_NaN()}) {
        Request request;
        request.messages = {{Role::User, {film(4, rate)}}};
        const auto refused = model_->prompt(request);
        ASSERT_FALSE(refused) << rate;
        EXPECT_THAT(refused.error().message, HasSubstr("from 0 to below 1"));
    }
    for (const char* rate : {"1", "-0.5", "\"0.5\"", "null"}) {
        const std::string file =
            R"({"messages": [{"role": "user", "content": "x"}], "video_pruning": )";
        const auto refused = tools::parse_request(file + rate + "}", "file");
        ASSERT_FALSE(refused) << rate;
        EXPECT_THAT(refused.error().message, HasSubstr("video_pruning"));
    }
}

} // namespace
} // namespace engine
