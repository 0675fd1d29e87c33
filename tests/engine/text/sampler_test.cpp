#include "engine/text/sampler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace {

using engine::SamplingOptions;
using engine::text::portable_exp;
using engine::text::Sampler;
using testing::ElementsAre;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

/// The tokens of `draws` picks from the same logits.
std::vector<std::int32_t>
picks(const SamplingOptions& options, const std::vector<float>& logits, int draws)
{
    Sampler sampler(options);
    std::vector<std::int32_t> ids;
    for (int i = 0; i < draws; ++i) {
        auto copy = logits;
        ids.push_back(sampler.pick(copy));
    }
    return ids;
}
std::set<std::int32_t> support_of(const SamplingOptions& options, const std::vector<float>& logits)
{
    const auto ids = picks(options, logits, 2'000);
    return {ids.begin(), ids.end()};
}

TEST(SamplerTest, GreedyTakesTheFirstOfTheLargest)
{
    EXPECT_THAT(picks({}, {1, 3, 3, 2}, 1), ElementsAre(1));
    EXPECT_THAT(picks({}, {kNan, -5, kNan, -4}, 1), ElementsAre(3));
}

TEST(SamplerTest, TheSeedDecides)
{
    SamplingOptions options;
    options.temperature = 1;
    options.seed = 42;
    const std::vector<float> logits = {0, 0.5f, 1, 1.5f, 2};
    const auto first = picks(options, logits, 12);
    EXPECT_EQ(picks(options, logits, 12), first);
    EXPECT_THAT(first, ElementsAre(2, 4, 4, 4, 4, 1, 4, 2, 4, 3, 4, 3)); // worked in Python
    options.seed = 43;
    EXPECT_NE(picks(options, logits, 12), first);
}

TEST(SamplerTest, FrequenciesFollowTheProbabilities)
{
    SamplingOptions options;
    options.temperature = 2;
    std::map<std::int32_t, int> count;
    const std::vector<float> logits = {0, 2, 4};
    for (const std::int32_t id : picks(options, logits, 30'000)) ++count[id];
    const double total = 1 + std::exp(1) + std::exp(2);
    EXPECT_NEAR(count[0] / 30'000.0, 1 / total, 0.01);
    EXPECT_NEAR(count[1] / 30'000.0, std::exp(1) / total, 0.01);
    EXPECT_NEAR(count[2] / 30'000.0, std::exp(2) / total, 0.01);
}

TEST(SamplerTest, TopKKeepsTheKMostLikely)
{
    SamplingOptions options;
    options.temperature = 5;
    options.top_k = 2;
    EXPECT_THAT(support_of(options, {1, 4, 2, 4, 4}), ElementsAre(1, 3)); // of equals the lower ids
    options.top_k = 1;
    EXPECT_THAT(support_of(options, {1, 4, 2}), ElementsAre(1));
}

TEST(SamplerTest, TopPKeepsTheSmallestSetThatReachesIt)
{
    SamplingOptions options;
    options.temperature = 1;
    const std::vector<float> logits = {std::log(0.5f), std::log(0.3f), std::log(0.2f)};
    options.top_p = 0.4f;
    EXPECT_THAT(support_of(options, logits), ElementsAre(0));
    options.top_p = 0.6f;
    EXPECT_THAT(support_of(options, logits), ElementsAre(0, 1));
    options.top_p = 0.9f;
    EXPECT_THAT(support_of(options, logits), ElementsAre(0, 1, 2));
}

TEST(SamplerTest, MinPIsRelativeToTheMostLikely)
{
    SamplingOptions options;
    options.temperature = 1;
    options.min_p = 0.5f;
    EXPECT_THAT(
        support_of(options, {std::log(0.5f), std::log(0.3f), std::log(0.2f)}),
        ElementsAre(0, 1)); // 0.3 / 0.5 stays, 0.2 / 0.5 goes
}

TEST(SamplerTest, ThePenaltyCountsEachEarlierTokenOnce)
{
    SamplingOptions options;
    options.repetition_penalty = 2;
    std::vector<float> logits = {4, -1, 3, 1};
    const std::vector<std::int32_t> earlier = {0, 0, 1, 99, -1};
    EXPECT_EQ(Sampler(options).pick(logits, earlier), 2);
    EXPECT_THAT(logits, ElementsAre(2, -2, 3, 1));
}

TEST(SamplerTest, StrangeOptionsAndLogitsStillGiveAToken)
{
    SamplingOptions options;
    options.temperature = 1e-30f;
    options.top_p = kNan;
    options.min_p = 7;
    options.top_k = -3;
    EXPECT_THAT(picks(options, {1, 5, 2}, 1), ElementsAre(1));
    options.temperature = kNan;
    EXPECT_THAT(picks(options, {1, 5, 2}, 1), ElementsAre(1));
    options.temperature = 1;
    const float infinity = std::numeric_limits<float>::infinity();
    EXPECT_THAT(picks(options, {-infinity, -infinity}, 1), ElementsAre(0));
    EXPECT_THAT(picks(options, {1, infinity, 2}, 1), ElementsAre(1));
    EXPECT_THAT(picks(options, {kNan, kNan}, 1), ElementsAre(0));
}

TEST(PortableExpTest, IsExpToTheLastBits)
{
    EXPECT_EQ(portable_exp(0), 1.0);
    EXPECT_EQ(portable_exp(-1e9), 0.0);
    EXPECT_EQ(portable_exp(static_cast<double>(kNan)), 0.0);
    for (double x = -700; x < 0; x += 0.37)
        EXPECT_NEAR(portable_exp(x) / std::exp(x), 1.0, 2e-15) << x;
}

} // namespace
