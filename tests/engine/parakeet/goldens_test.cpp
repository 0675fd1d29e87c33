// The tiny recogniser of tests/data/parakeet/model, box by box, against what transformers computed.

#include "engine/formats/safetensors.h"
#include "engine/models/fastconformer/sound_tower.h"
#include "engine/models/parakeet/hearing.h"
#include "tests/engine/parakeet/tiny_recognizer.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <map>

namespace engine::parakeet {
namespace {

using nlohmann::json;

class ParakeetGoldensTest : public testing::Test {
protected:
    void SetUp() override
    {
        auto model = Model::load(*backend_, kData / "model", {}, kernels::Compute::Exact);
        ASSERT_TRUE(model) << model.error().message;
        model_ = std::move(*model);
    }
    std::unique_ptr<kernels::Backend> backend_ = kernels::make_cpu_backend(2);
    std::unique_ptr<Model> model_;
};

std::vector<float> values(const kernels::Tensor& tensor)
{
    std::vector<float> all;
    for (std::int64_t r = 0; r < tensor.rows; ++r) {
        const auto row = tensor.row<const float>(r);
        all.insert(all.end(), row.begin(), row.end());
    }
    return all;
}

TEST_F(ParakeetGoldensTest, EveryBoxOfTheTracedSoundAgrees)
{
    const json each = read_cases("model")["one"];
    const auto mel = fastconformer::mel_of_clip(samples_of(each), model_->config.encoder.mel_bins);
    std::map<std::string, std::vector<float>> seen;
    const auto rows = model_->encoder.encode(
        *backend_,
        mel,
        {},
        [&](std::string_view box, const kernels::Tensor& out) {
            seen[std::string(box)] = values(out);
        });
    ASSERT_TRUE(rows);
    seen["projected"] = values(model_->transducer.project(*backend_, rows->view()).view());
    Transducer::State state;
    std::vector<Token> tokens;
    std::vector<float>& logits = seen["logits"];
    const auto keep = [&](std::span<const float> step) {
        logits.insert(logits.end(), step.begin(), step.end());
    };
    ASSERT_TRUE(model_->transducer.decode(*backend_, rows->view(), 0, state, tokens, {}, keep));

    const auto goldens = formats::SafetensorsFile::open(kData / "traces.safetensors");
    ASSERT_TRUE(goldens);
    ASSERT_EQ(seen.size(), 5u);
    for (const auto& [name, got] : seen) {
        const auto* stored = goldens->tensors().find("model/" + name);
        ASSERT_NE(stored, nullptr) << name;
        const auto expected = *goldens->tensors().values("model/" + name, stored->element_count());
        ASSERT_EQ(got.size(), expected.size()) << name;
        const auto [low, high] = std::ranges::minmax_element(expected);
        double worst = 0;
        for (std::size_t i = 0; i < got.size(); ++i)
            worst = std::max(worst, std::abs(double{got[i]} - double{expected[i]}));
        const double error = worst / (double{*high} - double{*low});
        std::cout << name << " " << error << "  ";
        EXPECT_LE(error, name == "logits" ? 1e-4 : 5e-5) << name;
    }
    std::cout << "\n";
}

TEST_F(ParakeetGoldensTest, TokensRowsDurationsAndWordsAreTheSame)
{
    int compared = 0;
    const json cases = read_cases("model");
    for (const auto& [name, each] : cases.items()) {
        SCOPED_TRACE(name);
        const auto samples = samples_of(each);
        Hearing hearing(*model_, plan_of(each), 0);
        std::vector<Token> tokens;
        Usage usage;
        auto step = Hearing::Step::Heard;
        while (step == Hearing::Step::Heard) {
            step = hearing.step(*backend_, samples, 0, true, {}, usage);
            tokens.insert(tokens.end(), hearing.tokens().begin(), hearing.tokens().end());
        }
        ASSERT_EQ(step, Hearing::Step::Done);
        ASSERT_EQ(tokens.size(), each["tokens"].size());
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const json& same = each["tokens"][i];
            EXPECT_EQ(tokens[i].id, same["id"]) << i;
            EXPECT_EQ(tokens[i].row, same["frame"]) << i;
            EXPECT_EQ(tokens[i].duration, same["duration"]) << i;
            EXPECT_NEAR(tokens[i].probability, same["probability"].get<double>(), 2e-3) << i;
            ++compared;
        }
        EXPECT_EQ(usage.new_tokens, static_cast<int>(tokens.size()));
        expect_segments(hearing.words().take_segments(), each["segments"]);
    }
    EXPECT_GE(compared, 200);
}

} // namespace
} // namespace engine::parakeet
