#include "engine/models/nemotron_h/forward.h"

#include "engine/formats/checkpoint.h"
#include "engine/formats/json.h"
#include "tests/engine/nemotron_h/appendix_model.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>

namespace engine::nemotron_h {
namespace {

using testing::ElementsAre;
using testing::FloatNear;

const std::vector<std::int32_t> kIds = {1, 5, 9, 13, 17, 21, 25};

std::vector<PositionKey> keys_of(std::span<const std::int32_t> ids)
{
    return {ids.begin(), ids.end()};
}

using Values = std::vector<std::vector<float>>; // rows

Values rows_of(const kernels::Tensor& tensor)
{
    Values rows;
    for (std::int64_t r = 0; r < tensor.rows; ++r) {
        std::vector<float> row;
        if (tensor.dtype == kernels::DType::I32)
            for (const std::int32_t v : tensor.row<const std::int32_t>(r))
                row.push_back(static_cast<float>(v));
        else
            for (const float v : tensor.row<const float>(r)) row.push_back(v);
        rows.push_back(std::move(row));
    }
    return rows;
}

class AppendixTest : public testing::Test {
protected:
    void SetUp() override
    {
        appendix::write(folder_.path(), appendix::tensors(), appendix::config());
        auto file = formats::Checkpoint::open(folder_.path());
        ASSERT_TRUE(file) << file.error().message;
        file_ = std::make_unique<formats::Checkpoint>(std::move(*file));
        const auto json = formats::read_json_file(folder_ / "config.json");
        ASSERT_TRUE(json);
        const auto config = read_config(*json, "config.json");
        ASSERT_TRUE(config) << config.error().message;
        config_ = *config;
        auto weights = load_weights(*backend_, file_->tensors(), config_);
        ASSERT_TRUE(weights) << weights.error().message;
        weights_ = std::move(*weights);
        pass_ = std::make_unique<ForwardPass>(*backend_, config_, weights_);
    }
    SequenceState empty_state() { return {*backend_, config_, kernels::DType::F32}; }
    void run(SequenceState& state, std::span<const std::int32_t> ids, const Observer& observer = {})
    {
        ASSERT_TRUE(pass_->run(*backend_, ids, keys_of(ids), {}, state, {}, observer));
    }
    std::vector<float> last_logits()
    {
        const auto logits = pass_->last_logits(*backend_);
        return {logits.begin(), logits.end()};
    }

    support::TemporaryFolder folder_;
    std::unique_ptr<kernels::Backend> backend_ = kernels::make_cpu_backend(2);
    std::unique_ptr<formats::Checkpoint> file_;
    Config config_;
    Weights weights_;
    std::unique_ptr<ForwardPass> pass_;
};

double absolute_sum(const Values& rows)
{
    double sum = 0;
    for (const auto& row : rows)
        for (const float v : row) sum += std::abs(v);
    return sum;
}

TEST_F(AppendixTest, EveryNumberOfTheSpecComesOut)
{
    std::map<std::string, Values> seen;
    SequenceState state = empty_state();
    run(state, kIds, [&](std::string_view box, const kernels::Tensor& output) {
        seen[std::string(box)] = rows_of(output);
    });
    constexpr float kNear = 2e-6f;

    EXPECT_THAT(
        std::vector(seen["embedding"][0].begin(), seen["embedding"][0].begin() + 4),
        testing::Pointwise(FloatNear(1e-7f), {-0.5546577f, 0.7083358f, -0.7368014f, 0.5027867f}));
    const auto state_row = state.scan(0).row<const float>(0);
    EXPECT_THAT(
        std::vector(state_row.begin(), state_row.end()),
        testing::Pointwise(
            FloatNear(kNear),
            {-0.0007672f,
             -0.0006370f,
             -0.0005128f,
             0.0004730f,
             0.0017632f,
             -0.0003413f,
             -0.0026584f,
             -0.0011667f}));
    double state_sum = 0;
    for (const auto& row : rows_of(state.scan(0)))
        state_sum = std::accumulate(row.begin(), row.end(), state_sum);
    EXPECT_NEAR(state_sum, 0.0712338585, 2e-6);

    const double sums[] = {87.3002963, 114.7712119, 108.0954296, 133.5022299};
    for (int i = 0; i < 4; ++i)
        EXPECT_NEAR(absolute_sum(seen["layer " + std::to_string(i)]), sums[i], 3e-5) << i;
    const auto last = [&](const char* box) {
        const auto& row = seen[box].back();
        return std::vector(row.begin(), row.begin() + 4);
    };
    const auto near = [&](const std::vector<float>& expected) {
        return testing::Pointwise(FloatNear(kNear), expected);
    };
    EXPECT_THAT(last("layer 0"), near({1.3057264f, 0.9370389f, 0.4507172f, 0.1388596f}));
    EXPECT_THAT(last("layer 1"), near({0.9167773f, -0.3091574f, 2.3164899f, 0.5548084f}));
    EXPECT_THAT(last("layer 2"), near({0.7764499f, -0.1412353f, 2.1997432f, 0.0556979f}));
    EXPECT_THAT(last("layer 3"), near({0.9507230f, 0.5429563f, 2.1612224f, -0.3391126f}));

    const auto scores = [&](const char* box) {
        std::vector<float> values = last(box);
        for (float& v : values) v = 1.0f / (1.0f + std::exp(-v));
        return values;
    };
    EXPECT_THAT(scores("layer 1 router"), near({0.4574151f, 0.2195888f, 0.5051450f, 0.7829253f}));
    EXPECT_THAT(scores("layer 3 router"), near({0.6925606f, 0.7336961f, 0.5341599f, 0.6417511f}));
    // The spec lists the larger first, the op orders by id.
    EXPECT_THAT(seen["layer 1 chosen"].back(), ElementsAre(2, 3));
    EXPECT_THAT(
        seen["layer 1 shares"].back(),
        ElementsAre(FloatNear(0.9804299f, kNear), FloatNear(1.5195701f, kNear)));
    EXPECT_THAT(seen["layer 3 chosen"].back(), ElementsAre(0, 1));
    EXPECT_THAT(
        seen["layer 3 shares"].back(),
        ElementsAre(FloatNear(1.2139480f, kNear), FloatNear(1.2860520f, kNear)));

    const kernels::Buffer all = backend_->allocate(kernels::DType::F32, 7, 32);
    pass_->logits(*backend_, all.view(), 0, 7);
    const auto first = all.view().row<float>(0), end = all.view().row<float>(6);
    EXPECT_THAT(
        std::vector(first.begin(), first.begin() + 4),
        near({0.3831180f, 1.3141936f, 1.0028962f, -0.8336578f}));
    EXPECT_THAT(
        std::vector(end.begin(), end.begin() + 8),
        near(
            {0.0430338f,
             1.2585315f,
             -0.5847091f,
             -1.8014012f,
             0.5652845f,
             0.2396712f,
             -0.3755758f,
             0.1763767f}));
    EXPECT_NEAR(std::accumulate(end.begin(), end.end(), 0.0), 5.6194479, 1e-5);
    EXPECT_EQ(std::max_element(end.begin(), end.end()) - end.begin(), 20);
}

TEST_F(AppendixTest, APromptInPiecesGivesTheSameNumbers)
{
    std::vector<std::int32_t> ids;
    ids.reserve(300);
    for (int i = 0; i < 300; ++i) ids.push_back((i * 7 + i / 5) % 32);
    SequenceState whole = empty_state();
    run(whole, ids);
    const std::vector<float> expected = last_logits();
    for (const std::vector<int>& cuts :
         {std::vector{1, 299}, {299, 1}, {127, 1, 128, 44}, {3, 60, 100, 137}}) {
        SequenceState state = empty_state();
        std::size_t at = 0;
        for (const int count : cuts) {
            run(state, std::span(ids).subspan(at, static_cast<std::size_t>(count)));
            at += static_cast<std::size_t>(count);
        }
        ASSERT_EQ(at, ids.size());
        EXPECT_EQ(state.length(), 300);
        // Attention over a block of queries adds in another order than over one; everything else
        // is the same to the last bit.
        EXPECT_THAT(last_logits(), testing::Pointwise(FloatNear(2e-6f), expected));
    }
}

TEST_F(AppendixTest, DecodingEqualsPrefill)
{
    SequenceState whole = empty_state();
    run(whole, kIds);
    const std::vector<float> expected = last_logits();
    SequenceState state = empty_state();
    for (const std::int32_t id : kIds) run(state, {&id, 1});
    EXPECT_THAT(last_logits(), testing::Pointwise(FloatNear(2e-6f), expected));
}

TEST_F(AppendixTest, ASharedPrefixIsReusedUpToTheLastSavedPoint)
{
    SequenceState state = empty_state();
    run(state, std::span(kIds).first(3));
    state.save(*backend_);
    run(state, std::span(kIds).subspan(3, 2));
    state.save(*backend_);
    run(state, std::span(kIds).subspan(5));
    const std::vector<float> expected = last_logits();
    EXPECT_THAT(state.saved(), ElementsAre(3, 5));

    // Goes on where it stands.
    EXPECT_EQ(state.keep_common_prefix(keys_of(kIds), 7), 7);
    // One position less than there is: back to the last point, not to the position.
    EXPECT_EQ(state.keep_common_prefix(keys_of(kIds), 6), 5);
    run(state, std::span(kIds).subspan(5));
    EXPECT_THAT(last_logits(), testing::Pointwise(FloatNear(2e-6f), expected));

    // Another fourth token: what was saved behind it is lost.
    std::vector<std::int32_t> other = kIds;
    other[3] = 2;
    EXPECT_EQ(state.keep_common_prefix(keys_of(other), 7), 3);
    EXPECT_THAT(state.saved(), ElementsAre(3));
    run(state, std::span(other).subspan(3));
    const std::vector<float> from_point = last_logits();
    SequenceState fresh = empty_state();
    run(fresh, other);
    EXPECT_THAT(last_logits(), testing::Pointwise(FloatNear(2e-6f), from_point));

    // Nothing in common.
    other[0] = 30;
    EXPECT_EQ(state.keep_common_prefix(keys_of(other), 7), 0);
    EXPECT_EQ(state.length(), 0);
    run(state, kIds);
    EXPECT_THAT(last_logits(), testing::Pointwise(FloatNear(2e-6f), expected));
}

TEST_F(AppendixTest, APassThatWasStoppedLeavesNoTrace)
{
    SequenceState state = empty_state();
    run(state, std::span(kIds).first(3));
    state.save(*backend_);
    std::stop_source stop;
    const auto rest = std::span(kIds).subspan(3);
    EXPECT_FALSE(pass_->run(
        *backend_,
        rest,
        keys_of(rest),
        {},
        state,
        stop.get_token(),
        [&](std::string_view box, const kernels::Tensor&) {
            if (box == "layer 1") stop.request_stop();
        }));
    EXPECT_EQ(state.keep_common_prefix(keys_of(kIds), 7), 3);
    run(state, rest);
    const std::vector<float> resumed = last_logits();
    SequenceState fresh = empty_state();
    run(fresh, kIds);
    EXPECT_THAT(last_logits(), testing::Pointwise(FloatNear(2e-6f), resumed));
}

TEST_F(AppendixTest, OfManySavedPointsTheOneNotUsedForLongestGoes)
{
    SequenceState state = empty_state();
    std::vector<std::int32_t> ids;
    for (std::int32_t i = 0; i < 12; ++i) {
        ids.push_back(i);
        run(state, {&i, 1});
        state.save(*backend_);
    }
    EXPECT_THAT(state.saved(), ElementsAre(5, 6, 7, 8, 9, 10, 11, 12));
    EXPECT_EQ(state.keep_common_prefix(keys_of(ids), 11), 11);
}

TEST_F(AppendixTest, RowsOfMediaReplaceTheEmbedding)
{
    // The embedding of token 9 put at the place of token 4.
    std::vector<std::int32_t> ids = kIds;
    ids[2] = 4;
    const kernels::Buffer row = backend_->allocate(kernels::DType::F32, 1, 16);
    const std::int32_t nine = 9;
    backend_->embedding(row.view(), *weights_.embedding, {&nine, 1});
    const MediaRow media{2, row.view().row<float>(0)};
    SequenceState state = empty_state();
    ASSERT_TRUE(pass_->run(*backend_, ids, keys_of(ids), {&media, 1}, state, {}));
    const std::vector<float> replaced = last_logits();
    SequenceState fresh = empty_state();
    run(fresh, kIds);
    EXPECT_EQ(last_logits(), replaced);
}

} // namespace
} // namespace engine::nemotron_h
