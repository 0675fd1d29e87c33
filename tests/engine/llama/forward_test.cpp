#include "engine/models/llama/forward.h"
#include "tests/engine/llama/goldens.h"
#include "tests/support/models.h"

#include <gtest/gtest.h>

#include <optional>

namespace engine::llama {
namespace {

using kernels::Compute;
using kernels::DType;

/// SmolLM2 on a CPU backend of its own, without engine thread or queue.
struct Loaded {
    std::unique_ptr<kernels::Backend> backend;
    formats::GgufFile file;
    Config config;
    Weights weights;
    DType cache_type;
};

std::unique_ptr<Loaded> load(Compute compute)
{
    auto file = formats::GgufFile::open(*support::model_file(goldens::kModel));
    if (!file) throw std::runtime_error(file.error().message);
    const auto config = read_config(*file);
    if (!config) throw std::runtime_error(config.error().message);
    auto backend = kernels::make_cpu_backend();
    auto weights = load_weights(*backend, *file, *config, compute);
    if (!weights) throw std::runtime_error(weights.error().message);
    const DType cache_type = compute == Compute::Exact ? DType::F32 : DType::F16;
    return std::make_unique<Loaded>(
        Loaded{std::move(backend), std::move(*file), *config, std::move(*weights), cache_type});
}

std::int32_t best_of(std::span<const float> logits)
{
    return static_cast<std::int32_t>(
        std::max_element(logits.begin(), logits.end()) - logits.begin());
}

class LlamaForwardTest : public testing::TestWithParam<Compute> {
protected:
    void SetUp() override
    {
        if (!support::model_file(goldens::kModel))
            GTEST_SKIP() << support::no_model(goldens::kModel);
        // Loaded once per way of computing.
        static std::unique_ptr<Loaded> loaded;
        static Compute loaded_for = Compute::Fast;
        if (!loaded || loaded_for != GetParam()) loaded = load(GetParam());
        loaded_for = GetParam();
        model_ = loaded.get();
        pass_.emplace(*model_->backend, model_->config, model_->weights);
    }

    /// Computes all of `ids` in passes and answers the logits of the last.
    std::span<const float>
    prefill(std::span<const std::int32_t> ids, KvCache& cache, int step = kMaxPassTokens)
    {
        for (std::size_t at = 0; at < ids.size();) {
            const std::size_t count = std::min(ids.size() - at, static_cast<std::size_t>(step));
            EXPECT_TRUE(pass_->run(*model_->backend, ids.subspan(at, count), cache, {}));
            at += count;
        }
        return pass_->last_logits(*model_->backend);
    }
    /// How many of the recorded tokens greedy search finds, step by step.
    std::size_t agreed_by_decoding(const goldens::Greedy& golden)
    {
        KvCache cache = new_cache();
        std::int32_t token = best_of(prefill(golden.input_ids, cache));
        std::size_t i = 0;
        for (; i < golden.token_ids.size() && token == golden.token_ids[i]; ++i)
            if (i + 1 < golden.token_ids.size()) token = best_of(prefill({&token, 1}, cache));
        return i;
    }
    /// The same with the recorded tokens given: up to the first difference greedy search would have
    /// gone the same way. Float32 widens every weight for every pass, so one pass is 50 times
    /// faster.
    std::size_t agreed_in_one_pass(const goldens::Greedy& golden)
    {
        std::vector<std::int32_t> ids = golden.input_ids;
        ids.insert(ids.end(), golden.token_ids.begin(), golden.token_ids.end() - 1);
        EXPECT_LE(ids.size(), static_cast<std::size_t>(kMaxPassTokens));
        KvCache cache = new_cache();
        EXPECT_TRUE(pass_->run(*model_->backend, ids, cache, {}));
        const int count = static_cast<int>(golden.token_ids.size());
        const kernels::Buffer logits(DType::F32, count, goldens::kVocab);
        pass_->logits(*model_->backend, logits.view(), static_cast<int>(ids.size()) - count, count);
        int i = 0;
        while (i < count && best_of(logits.view().row<const float>(i)) ==
                                golden.token_ids[static_cast<std::size_t>(i)])
            ++i;
        return static_cast<std::size_t>(i);
    }
    KvCache new_cache() const { return {model_->config, model_->cache_type}; }
    bool exact() const { return GetParam() == Compute::Exact; }

    Loaded* model_ = nullptr;
    std::optional<ForwardPass> pass_;
};

TEST_P(LlamaForwardTest, LogitsFollowTheReference)
{
    for (const goldens::Logits& golden : goldens::logits()) {
        KvCache cache = new_cache();
        const auto logits = prefill(golden.input_ids, cache);

        const float error = goldens::largest_difference(logits, golden.values) / golden.range;
        RecordProperty(
            "error_of_range_" + std::to_string(golden.input_ids.size()),
            std::to_string(error));
        std::printf(
            "%zu tokens: largest error %.2e of the range\n",
            golden.input_ids.size(),
            static_cast<double>(error));
        EXPECT_LT(error, exact() ? 1e-4f : 2e-2f) << golden.input_ids.size() << " tokens";
        EXPECT_EQ(cache.length(), static_cast<int>(golden.input_ids.size()));
    }
}

TEST_P(LlamaForwardTest, EveryLayerFollowsTheReference)
{
    const auto golden = goldens::layers();
    KvCache cache = new_cache();
    std::size_t box = 0;
    const auto observer = [&](std::string_view name, const kernels::Tensor& output) {
        if (name == "norm") return;
        ASSERT_LT(box, golden.size());
        const auto last = output.row<const float>(output.rows - 1);
        float largest = 0;
        for (const float v : golden[box]) largest = std::max(largest, std::abs(v));
        EXPECT_LT(
            goldens::largest_difference(last, golden[box]),
            largest * (exact() ? 1e-4f : 2e-2f))
            << name;
        ++box;
    };

    ASSERT_TRUE(
        pass_->run(*model_->backend, goldens::logits().front().input_ids, cache, {}, observer));

    EXPECT_EQ(box, golden.size());
}

TEST_P(LlamaForwardTest, GreedyTokensAreThoseOfTheReference)
{
    int same = 0;
    const auto cases = goldens::greedy();
    for (const goldens::Greedy& golden : cases) {
        const std::size_t agreed =
            exact() ? agreed_in_one_pass(golden) : agreed_by_decoding(golden);
        if (agreed == golden.token_ids.size()) {
            ++same;
        } else {
            std::printf(
                "\"%.40s\" leaves the reference at token %zu\n",
                golden.prompt.c_str(),
                agreed);
        }
    }
    std::printf("%d of %zu prompts: all greedy tokens as the reference\n", same, cases.size());
    EXPECT_GE(same, exact() ? 20 : 18);
}

TEST_P(LlamaForwardTest, PassesOfAnySizeGiveTheSameAnswer)
{
    const auto golden = goldens::logits().back();
    KvCache whole_cache = new_cache();
    const auto whole_span = prefill(golden.input_ids, whole_cache);
    const std::vector<float> whole(whole_span.begin(), whole_span.end());
    for (const int step : exact() ? std::vector{1, 100} : std::vector{1, 7, 64}) {
        KvCache cache = new_cache();
        std::span<const std::int32_t> ids = golden.input_ids;
        if (step == 1) { // one by one only at the end; the rest in one go
            prefill(ids.first(ids.size() - 5), cache);
            ids = ids.last(5);
        }
        const auto logits = prefill(ids, cache, step);
        EXPECT_LT(
            goldens::largest_difference(logits, whole),
            golden.range * (exact() ? 1e-5f : 1e-2f))
            << step;
    }
}

TEST_P(LlamaForwardTest, AKeptPrefixGivesTheSameAnswer)
{
    const auto golden = goldens::logits().front();
    KvCache cache = new_cache();
    std::vector<std::int32_t> other = golden.input_ids;
    other[20] = 5;
    prefill(other, cache);

    const int kept =
        cache.keep_common_prefix(golden.input_ids, static_cast<int>(golden.input_ids.size()) - 1);
    const auto logits =
        prefill(std::span(golden.input_ids).subspan(static_cast<std::size_t>(kept)), cache);

    EXPECT_EQ(kept, 20);
    EXPECT_LT(
        goldens::largest_difference(logits, golden.values),
        golden.range * (exact() ? 1e-4f : 2e-2f));
}

TEST_P(LlamaForwardTest, AStopLeavesTheCacheAsItWas)
{
    const auto golden = goldens::logits().front();
    KvCache cache = new_cache();
    prefill(golden.input_ids, cache);
    std::stop_source stop;
    const auto stop_in_layer_3 = [&](std::string_view box, const kernels::Tensor&) {
        if (box == "layer 3") stop.request_stop();
    };
    const std::vector<std::int32_t> more = {1, 2, 3};

    EXPECT_FALSE(pass_->run(*model_->backend, more, cache, stop.get_token(), stop_in_layer_3));

    EXPECT_EQ(cache.length(), static_cast<int>(golden.input_ids.size()));
}

INSTANTIATE_TEST_SUITE_P(
    Compute,
    LlamaForwardTest,
    testing::Values(Compute::Exact, Compute::Fast),
    [](const auto& suite) {
        return std::string(suite.param == Compute::Exact ? "Exact" : "Fast");
    });

} // namespace
} // namespace engine::llama
