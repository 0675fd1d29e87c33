// The sound towers of the tiny checkpoints of tests/data/omni against what transformers computed.

#include "engine/formats/checkpoint.h"
#include "engine/formats/safetensors.h"
#include "engine/models/fastconformer/sound_tower.h"
#include "tests/engine/omni/formula_samples.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <map>

namespace engine::fastconformer {
namespace {

using nlohmann::json;

const std::filesystem::path kData = std::filesystem::path(PERCEPT_TEST_DATA) / "omni";

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

class SoundGoldensTest : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override
    {
        const auto folder = kData / GetParam();
        auto files = formats::Checkpoint::open(folder / "bf16");
        ASSERT_TRUE(files) << files.error().message;
        files_.emplace(std::move(*files));
        const json whole = json::parse(support::read_file(folder / "bf16" / "config.json"));
        const int out_dim = whole["llm_config"]["hidden_size"];
        auto config = read_config(whole, files_->tensors(), out_dim, "config.json");
        ASSERT_TRUE(config) << config.error().message;
        config_ = *config;
        auto weights = load_weights(*backend_, files_->tensors(), config_);
        ASSERT_TRUE(weights) << weights.error().message;
        weights_ = std::move(*weights);
        auto goldens = formats::SafetensorsFile::open(folder / "goldens-media.safetensors");
        ASSERT_TRUE(goldens) << goldens.error().message;
        goldens_.emplace(std::move(*goldens));
        cases_ = json::parse(support::read_file(folder / "cases.json"));
    }
    std::vector<float> golden(const std::string& name) const
    {
        const formats::StoredTensor* tensor = goldens_->tensors().find(name);
        EXPECT_NE(tensor, nullptr) << name;
        if (tensor == nullptr) return {};
        return *goldens_->tensors().values(name, tensor->element_count());
    }
    static std::vector<float> values(const kernels::Tensor& tensor)
    {
        std::vector<float> all;
        for (std::int64_t r = 0; r < tensor.rows; ++r) {
            const auto row = tensor.row<const float>(r);
            all.insert(all.end(), row.begin(), row.end());
        }
        return all;
    }
    /// Rows of all sounds of a case, clip by clip.
    std::vector<float> rows_of(const json& each, const Observer& observer = {})
    {
        std::vector<float> rows;
        for (const json& sound : each["sounds"]) {
            const auto samples = omni::formula_samples(sound["samples"], sound["formula"]);
            constexpr auto kClip = static_cast<std::size_t>(kClipSamples);
            for (std::size_t at = 0; at < samples.size(); at += kClip) {
                const auto clip =
                    std::span(samples).subspan(at, std::min(kClip, samples.size() - at));
                const auto encoded =
                    SoundTower(config_, weights_).encode(*backend_, clip, {}, observer);
                EXPECT_TRUE(encoded);
                EXPECT_EQ(encoded->view().rows, clip_rows(static_cast<std::int64_t>(clip.size())));
                const std::vector<float> of_clip = values(encoded->view());
                rows.insert(rows.end(), of_clip.begin(), of_clip.end());
            }
        }
        return rows;
    }

    std::unique_ptr<kernels::Backend> backend_ = kernels::make_cpu_backend(2);
    std::optional<formats::Checkpoint> files_;
    std::optional<formats::SafetensorsFile> goldens_;
    Config config_;
    Weights weights_;
    json cases_;
};

TEST_P(SoundGoldensTest, EveryBoxOfTheTracedClipAgrees)
{
    std::map<std::string, std::vector<float>> seen;
    rows_of(cases_["sound"], [&](std::string_view box, const kernels::Tensor& out) {
        std::string name(box);
        std::ranges::replace(name, ' ', '/');
        seen[name] = values(out);
    });
    ASSERT_EQ(seen.size(), static_cast<std::size_t>(3 + config_.layers));
    for (const auto& [name, box] : seen) {
        const double error = error_of(box, golden("trace/sound/" + name));
        std::cout << name << " " << error << "  ";
        EXPECT_LE(error, 3e-5) << name;
    }
    std::cout << "\n";
}

TEST_P(SoundGoldensTest, RowsOfEveryCaseAgree)
{
    int compared = 0;
    for (const auto& [name, each] : cases_.items()) {
        if (!each.contains("sounds")) continue;
        ++compared;
        const double error = error_of(rows_of(each), golden(name + "/sound_rows"));
        std::cout << name << " " << error << "  ";
        EXPECT_LE(error, 5e-5) << name;
    }
    std::cout << "\n";
    EXPECT_GE(compared, 4);
}

INSTANTIATE_TEST_SUITE_P(
    Checkpoints,
    SoundGoldensTest,
    testing::Values("a", "b"),
    [](const auto& model) { return std::string(model.param); });

} // namespace
} // namespace engine::fastconformer
