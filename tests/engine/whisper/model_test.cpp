#include "engine/models/whisper/fallback.h"
#include "engine/models/whisper/log_sum_exp.h"
#include "engine/models/whisper/model.h"
#include "tests/support/models.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <gtest/gtest.h>
#include <numbers>

namespace engine::whisper {
namespace {

/// Deterministic noise in [-0.5, 0.5): a 32-bit integer hash.
double noise(std::uint32_t index)
{
    std::uint32_t x = (1U << 20) + index;
    x ^= x >> 16;
    x *= 0x7feb352dU;
    x ^= x >> 15;
    x *= 0x846ca68bU;
    x ^= x >> 16;
    return static_cast<double>(x) / 4294967296.0 - 0.5;
}

/// Features of one second of two tones in noise, 100 content frames.
std::vector<float> features()
{
    std::vector<float> sound;
    for (std::uint32_t n = 0; n < 16'000; ++n) {
        const double t = 2 * std::numbers::pi * n / 16'000;
        sound.push_back(static_cast<float>(
            0.4 * std::sin(440 * t) + 0.2 * std::sin(3000 * t) + 0.1 * noise(n)));
    }
    sound::LogMel log_mel(80);
    std::vector<float> mel(101 * 80);
    log_mel.compute(sound, 0, 101, mel);
    sound::LogMel::scale(mel, *std::max_element(mel.begin(), mel.end()));
    mel.resize(100 * 80);
    return mel;
}

class WhisperModelTest : public testing::Test {
protected:
    std::unique_ptr<Model> load(kernels::Compute compute)
    {
        auto model = Model::load(*backend_, support::models_folder() / "whisper-base", {}, compute);
        EXPECT_TRUE(model) << (model ? "" : model.error().message);
        return model ? std::move(*model) : nullptr;
    }
    void SetUp() override
    {
        if (!support::model_file("whisper-base/model.bin"))
            GTEST_SKIP() << support::no_model("Whisper base");
    }
    std::unique_ptr<kernels::Backend> backend_ = kernels::make_cpu_backend(2);
};

// Values of the same tensors in transformers' Whisper, float32.
TEST_F(WhisperModelTest, MatchesTheReferenceOnAWholeWindow)
{
    const auto model = load(kernels::Compute::Exact);
    ASSERT_NE(model, nullptr);
    const auto encoded = model->encoder.run(*backend_, features(), 1500, {});
    ASSERT_TRUE(encoded);
    const std::pair<int, std::array<double, 5>> rows[] = {
        {0, {-1.31855, -0.11409, -0.39430, -1.76411, 0.29330}},
        {50, {-0.50846, 0.29076, -1.00432, -2.59529, -0.15150}},
        {1499, {-0.04885, 0.60326, 0.29861, -0.03854, -0.17312}}};
    for (const auto& [row, values] : rows) {
        for (std::size_t i = 0; i < 5; ++i) {
            EXPECT_NEAR(encoded->row<const float>(row)[i], values[i], 1e-3) << row << " " << i;
        }
    }
    double squares = 0;
    for (int r = 0; r < 1500; ++r) {
        for (const float x : encoded->row<const float>(r))
            squares += static_cast<double>(x) * static_cast<double>(x);
    }
    EXPECT_NEAR(squares, 635114.8, 5);

    model->decoder.begin_window(*backend_, *encoded);
    const TokenId prompt[] = {50258, 50259, 50359};
    const int wanted[] = {0, 2};
    model->decoder.prefill(*backend_, prompt, wanted);
    const auto first = model->decoder.logits(0), last = model->decoder.logits(1);
    EXPECT_NEAR(first[50259], 14.5645, 1e-3);
    EXPECT_NEAR(first[50260], 11.0365, 1e-3);
    EXPECT_NEAR(first[50261], 10.5356, 1e-3);
    EXPECT_NEAR(first[50362], 16.3714, 1e-3);
    EXPECT_NEAR(last[50364], 22.0009, 1e-3);
    EXPECT_NEAR(last[50363], 22.7904, 1e-3);
    EXPECT_NEAR(last[50257], 16.0992, 1e-3);
    EXPECT_EQ(std::max_element(last.begin(), last.end()) - last.begin(), 50363);
    EXPECT_NEAR(std::exp(first[50362] - log_sum_exp(first)), 0.75387, 1e-4);
    const auto languages = first.subspan(50259, 99);
    EXPECT_NEAR(std::exp(first[50259] - log_sum_exp(languages)), 0.51172, 1e-4);

    Search search(model->config, model->vocabulary, model->decoder);
    search.begin(*backend_, prompt, false);
    const auto text = search.greedy(*backend_, {});
    ASSERT_TRUE(text);
    EXPECT_EQ(text->tokens, (std::vector<TokenId>{50364, 291, 50464}));
    EXPECT_NEAR(text->average_log_prob(), -1.44647, 1e-3);
    EXPECT_NEAR(search.no_speech(), 0.75387, 1e-4);
}

// Prefill and single steps are two ways to the same numbers; so are one hypothesis and several.
TEST_F(WhisperModelTest, StepsAgreeWithPrefillForEveryHypothesis)
{
    const auto model = load(kernels::Compute::Exact);
    ASSERT_NE(model, nullptr);
    const auto encoded = model->encoder.run(*backend_, features(), 64, {});
    ASSERT_TRUE(encoded);
    Decoder& decoder = model->decoder;
    decoder.begin_window(*backend_, *encoded);
    const TokenId tokens[] = {50258, 50259, 50359, 50364, 883, 1871, 11, 853};
    const int last[] = {7};
    decoder.prefill(*backend_, tokens, last);
    const std::vector<float> expected(decoder.logits(0).begin(), decoder.logits(0).end());

    const int third[] = {2};
    decoder.prefill(*backend_, std::span(tokens).first(3), third);
    decoder.copy_first_row(*backend_, 3, 3);
    // Row 2 gets the right text; rows 0 and 1 other ones. Then row 2 moves to 0 and 1.
    const TokenId others[2][4] = {{50370, 291, 13, 797}, {50380, 12123, 3031, 11}};
    for (int i = 0; i < 4; ++i) {
        const TokenId next[] = {others[0][i], others[1][i], tokens[3 + i]};
        decoder.step(*backend_, next, 3 + i);
    }
    const int parents[] = {2, 2, 0};
    decoder.reorder(parents, 3, 7);
    const TokenId next[] = {tokens[7], tokens[7], tokens[7]};
    decoder.step(*backend_, next, 7);
    for (std::size_t i = 0; i < expected.size(); i += 97) {
        EXPECT_NEAR(decoder.logits(0)[i], expected[i], 2e-4) << i;
        EXPECT_NEAR(decoder.logits(1)[i], expected[i], 2e-4) << i;
    }
    double apart = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        apart = std::max(apart, std::abs(static_cast<double>(decoder.logits(2)[i] - expected[i])));
    }
    EXPECT_GT(apart, 0.1); // row 0's own text went there
}

TEST_F(WhisperModelTest, StopsOnTheWay)
{
    const auto model = load(kernels::Compute::Fast);
    ASSERT_NE(model, nullptr);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(model->encoder.run(*backend_, features(), 64, stop.get_token()));
}

TEST_F(WhisperModelTest, FastWeightsTakeAboutAByteEach)
{
    const auto model = load(kernels::Compute::Fast);
    ASSERT_NE(model, nullptr);
    EXPECT_LT(model->weights.size_bytes(), 90U << 20); // 72.6 M parameters
    EXPECT_EQ(model->file, nullptr);
}

TEST_F(WhisperModelTest, SaysWhatIsWrongWithItsFiles)
{
    const auto none = Model::load(*backend_, "/nowhere", {}, kernels::Compute::Fast);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::FileNotFound);

    // model.bin alone, then with a config that names a head which is not there.
    const auto folder = std::filesystem::temp_directory_path() / "whisper_without_config";
    std::filesystem::create_directories(folder);
    const auto link = folder / "model.bin";
    std::filesystem::remove(link);
    std::filesystem::create_symlink(support::models_folder() / "whisper-base/model.bin", link);
    EXPECT_EQ(
        Model::load(*backend_, folder, {}, kernels::Compute::Fast).error().code,
        ErrorCode::FileNotFound);
    for (const char* config :
         {"[]",
          "{}",
          R"({"suppress_ids": [1], "suppress_ids_begin": [99999999], "alignment_heads": [[3, 1]]})",
          R"({"suppress_ids": [1], "suppress_ids_begin": [1], "alignment_heads": [[6, 1]]})",
          R"({"suppress_ids": [1], "suppress_ids_begin": [1], "alignment_heads": [[3]]})"}) {
        std::ofstream(folder / "config.json") << config;
        const auto bad = Model::load(*backend_, folder, {}, kernels::Compute::Fast);
        ASSERT_FALSE(bad) << config;
        EXPECT_EQ(bad.error().code, ErrorCode::BadModelFile) << config;
    }
    std::filesystem::remove_all(folder);
}

} // namespace
} // namespace engine::whisper
