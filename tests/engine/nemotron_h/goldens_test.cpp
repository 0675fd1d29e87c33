// The tiny checkpoints of tests/data/omni against what the reference computed: README.md there.

#include "engine/formats/safetensors.h"
#include "engine/models/language_model.h"
#include "engine/tools/request_file.h"
#include "engine/worker.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iostream>
#include <map>

namespace engine {
namespace {

using formats::SafetensorsFile;
using json = nlohmann::ordered_json; // tools show their properties in the order of the file

const std::filesystem::path kData = std::filesystem::path(PERCEPT_TEST_DATA) / "omni";

struct Which {
    const char* model;
    const char* format;
};
std::string which_name(const testing::TestParamInfo<Which>& info)
{
    return std::string(info.param.model) + "_" + info.param.format;
}

class NemotronGoldensTest : public testing::TestWithParam<Which> {
protected:
    void SetUp() override
    {
        const auto folder = kData / GetParam().model;
        auto model =
            LanguageModel::load(worker_, folder / GetParam().format, kernels::Compute::Exact);
        ASSERT_TRUE(model) << model.error().message;
        model_ = std::move(*model);
        auto goldens = SafetensorsFile::open(
            folder / (std::string("goldens-") + GetParam().format + ".safetensors"));
        ASSERT_TRUE(goldens) << goldens.error().message;
        goldens_ = std::make_unique<SafetensorsFile>(std::move(*goldens));
        cases_ = json::parse(support::read_file(folder / "cases.json"));
        ASSERT_GE(cases_.size(), 4u);
    }
    /// The request that a case describes, through the same door as a file of a user.
    static Request request_of(const json& each)
    {
        json file = each["arguments"];
        file["messages"] = each["messages"];
        if (!file.contains("enable_thinking")) file["enable_thinking"] = true;
        const auto request = tools::parse_request(file.dump(), "case");
        EXPECT_TRUE(request) << request.error().message;
        return *request;
    }
    std::vector<float> golden(const std::string& name) const
    {
        const formats::StoredTensor* tensor = goldens_->tensors().find(name);
        EXPECT_NE(tensor, nullptr) << name;
        const auto values = goldens_->tensors().values(name, tensor->element_count());
        EXPECT_TRUE(values) << name;
        return *values;
    }
    std::vector<std::int32_t> golden_ids(const std::string& name) const
    {
        const formats::StoredTensor* tensor = goldens_->tensors().find(name);
        EXPECT_NE(tensor, nullptr) << name;
        std::vector<std::int32_t> ids(tensor->bytes.size() / sizeof(std::int32_t));
        std::memcpy(ids.data(), tensor->bytes.data(), tensor->bytes.size());
        return ids;
    }
    void on_engine_thread(const std::function<void(kernels::Backend&)>& work)
    {
        const auto done = worker_.run_now([&](kernels::Backend& backend) -> Result<void> {
            work(backend);
            return {};
        });
        ASSERT_TRUE(done) << done.error().message;
    }
    /// One prefill in passes of at most `step` positions.
    void prefill(
        kernels::Backend& backend,
        const Sequence& sequence,
        int step,
        const Observer& observer = {})
    {
        for (int first = 0; first < sequence.length();) {
            const int count = std::min(step, sequence.length() - first);
            ASSERT_TRUE(model_->run(backend, sequence, first, count, {}, observer));
            first += count;
        }
    }

    Worker worker_{{Device::Cpu, 0, 2}};
    std::unique_ptr<LanguageModel> model_;
    std::unique_ptr<SafetensorsFile> goldens_;
    json cases_;
};

/// Largest difference over the range of `expected`.
double error_of(std::span<const float> got, std::span<const float> expected)
{
    EXPECT_EQ(got.size(), expected.size());
    const auto [low, high] = std::minmax_element(expected.begin(), expected.end());
    double worst = 0;
    for (std::size_t i = 0; i < std::min(got.size(), expected.size()); ++i)
        worst = std::max(worst, std::abs(double{got[i]} - double{expected[i]}));
    return worst / std::max(double{*high} - double{*low}, 1e-30);
}

TEST_P(NemotronGoldensTest, PromptsAreTheReferencesTokens)
{
    for (const auto& [name, each] : cases_.items()) {
        const auto prompt = model_->prompt(request_of(each));
        ASSERT_TRUE(prompt) << name << ": " << prompt.error().message;
        EXPECT_EQ(prompt->ids, each["input_ids"].get<std::vector<std::int32_t>>()) << name;
        std::string text;
        for (const std::int32_t id : prompt->ids) text += model_->tokenizer().text_of(id);
        EXPECT_EQ(text, each["prompt"].get<std::string>()) << name;
    }
}

TEST_P(NemotronGoldensTest, LogitsAgreeAtEveryPosition)
{
    double worst = 0;
    for (const auto& [name, each] : cases_.items()) {
        const auto prompt = model_->prompt(request_of(each));
        const std::vector<float> expected = golden(name + "/logits_last");
        const auto top_ids = golden_ids(name + "/top_ids");
        const std::vector<float> top = golden(name + "/top_logits");
        const auto norms = golden(name + "/embedding_norms");
        const auto [low, high] = std::minmax_element(expected.begin(), expected.end());
        const float limit = 1e-4f * (*high - *low);
        on_engine_thread([&](kernels::Backend& backend) {
            model_->keep_common_prefix(*prompt, 0);
            std::vector<double> squares;
            prefill(backend, *prompt, 512, [&](std::string_view box, const kernels::Tensor& rows) {
                if (box != "embedding") return;
                for (std::int64_t r = 0; r < rows.rows; ++r) {
                    double sum = 0;
                    for (const float v : rows.row<const float>(r)) sum += double{v} * v;
                    squares.push_back(std::sqrt(sum));
                }
            });
            ASSERT_EQ(squares.size(), norms.size());
            for (std::size_t i = 0; i < norms.size(); ++i) EXPECT_NEAR(squares[i], norms[i], 1e-4);
            worst = std::max(worst, error_of(model_->last_logits(backend), expected));
            const kernels::Buffer row =
                backend.allocate(kernels::DType::F32, 1, model_->vocab_size());
            const std::size_t positions = prompt->ids.size();
            const std::size_t each_top = top.size() / positions;
            const std::size_t beginning = positions > 512 ? 512 * ((positions - 1) / 512) : 0;
            for (std::size_t p = beginning; p < positions; ++p) {
                model_->logits(backend, row.view(), static_cast<int>(p - beginning), 1);
                for (std::size_t i = 0; i < each_top; ++i) {
                    const auto id = static_cast<std::size_t>(top_ids[p * each_top + i]);
                    EXPECT_NEAR(row.view().row<float>(0)[id], top[p * each_top + i], limit)
                        << name << " position " << p;
                }
            }
        });
    }
    std::cout << "largest error of the last logits, of their range: " << worst << "\n";
    EXPECT_LE(worst, 1e-4);
}

TEST_P(NemotronGoldensTest, GreedyRepliesAreIdentical)
{
    for (const auto& [name, each] : cases_.items()) {
        const auto prompt = model_->prompt(request_of(each));
        const json& result = each["results"][GetParam().format];
        const auto expected = result["tokens"].get<std::vector<std::int32_t>>();
        ASSERT_GE(expected.size(), 64u);
        EXPECT_GT(result["smallest_gap"].get<double>(), 0.01) << name;
        on_engine_thread([&](kernels::Backend& backend) {
            model_->keep_common_prefix(*prompt, 0);
            prefill(backend, *prompt, 512);
            Sequence sequence = *prompt;
            std::vector<std::int32_t> tokens;
            while (tokens.size() < expected.size()) {
                const auto logits = model_->last_logits(backend);
                const auto best = std::max_element(logits.begin(), logits.end()) - logits.begin();
                tokens.push_back(static_cast<std::int32_t>(best));
                sequence.push(tokens.back());
                const int at = sequence.length() - 1;
                ASSERT_TRUE(model_->run(backend, sequence, at, 1, {}, {}));
            }
            EXPECT_EQ(tokens, expected) << name;
        });
    }
}

TEST_P(NemotronGoldensTest, APromptMayBeCutAnywhere)
{
    const json& each = cases_["long"];
    const auto prompt = model_->prompt(request_of(each));
    const std::vector<float> expected = golden("long/logits_last");
    ASSERT_GT(prompt->length(), 256); // more than two chunks of the reference
    on_engine_thread([&](kernels::Backend& backend) {
        for (const int step : {1, 7, 64, 127, 128, 129, 255}) {
            model_->keep_common_prefix(*prompt, 0);
            prefill(backend, *prompt, step);
            EXPECT_LE(error_of(model_->last_logits(backend), expected), 1e-4) << step;
        }
    });
}

/// Traces were recorded with the weights of the BF16 files.
class NemotronTraceTest : public NemotronGoldensTest {};

TEST_P(NemotronTraceTest, EveryBoxOfTheTracedPromptAgrees)
{
    const auto prompt = model_->prompt(request_of(cases_["text"]));
    std::map<std::string, std::vector<float>> seen;
    on_engine_thread([&](kernels::Backend& backend) {
        model_->keep_common_prefix(*prompt, 0);
        prefill(backend, *prompt, 512, [&](std::string_view box, const kernels::Tensor& rows) {
            auto& values = seen[std::string(box)];
            for (std::int64_t r = 0; r < rows.rows; ++r) {
                if (rows.dtype == kernels::DType::I32)
                    for (const std::int32_t v : rows.row<const std::int32_t>(r))
                        values.push_back(static_cast<float>(v));
                else
                    for (const float v : rows.row<const float>(r)) values.push_back(v);
            }
        });
    });
    int compared = 0;
    for (const auto& [name, tensor] : goldens_->tensors().all()) {
        if (!name.starts_with("trace/")) continue;
        const std::size_t slash = name.rfind('/');
        const std::string what = name.substr(6, slash - 6);
        const std::string layer = "layer " + name.substr(slash + 1);
        if (what == "residual") {
            EXPECT_LE(error_of(seen[layer], golden(name)), 1e-5) << name;
            ++compared;
        } else if (what == "router_scores") {
            std::vector<float> scores = seen[layer + " router"];
            for (float& v : scores) v = 1.0f / (1.0f + std::exp(-v));
            EXPECT_LE(error_of(scores, golden(name)), 1e-5) << name;
            ++compared;
        } else if (what == "router_ids") {
            // The reference orders by score, the op by id: as sets.
            const auto expected = golden_ids(name);
            const auto& chosen = seen[layer + " chosen"];
            ASSERT_EQ(chosen.size(), expected.size()) << name;
            const auto k = static_cast<std::size_t>(tensor.shape()[1]);
            for (std::size_t t = 0; t * k < expected.size(); ++t) {
                std::vector<float> row;
                for (std::size_t i = 0; i < k; ++i)
                    row.push_back(static_cast<float>(expected[t * k + i]));
                std::sort(row.begin(), row.end());
                EXPECT_TRUE(std::equal(
                    row.begin(),
                    row.end(),
                    chosen.begin() + static_cast<std::ptrdiff_t>(t * k)))
                    << name << " position " << t;
            }
            ++compared;
        } else if (seen.contains(layer + " " + what)) {
            EXPECT_LE(error_of(seen[layer + " " + what], golden(name)), 1e-5) << name;
            ++compared;
        }
    }
    std::cout << compared << " boxes compared\n";
    EXPECT_GE(compared, 25);
}

INSTANTIATE_TEST_SUITE_P(
    Checkpoints,
    NemotronGoldensTest,
    testing::Values(
        Which{"a", "bf16"},
        Which{"a", "fp8"},
        Which{"a", "nvfp4"},
        Which{"b", "bf16"},
        Which{"b", "fp8"},
        Which{"b", "nvfp4"}),
    which_name);

INSTANTIATE_TEST_SUITE_P(
    Checkpoints,
    NemotronTraceTest,
    testing::Values(Which{"a", "bf16"}, Which{"b", "bf16"}),
    which_name);

} // namespace
} // namespace engine
