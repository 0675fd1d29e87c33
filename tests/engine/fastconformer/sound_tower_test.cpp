#include "engine/models/fastconformer/sound_tower.h"
#include "tests/engine/fastconformer/spec_tower.h"
#include "tests/engine/sound/spec_noise.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace engine::fastconformer {
namespace {

using Rows = std::vector<std::vector<float>>;

class SpecTowerTest : public testing::Test {
protected:
    void SetUp() override
    {
        ASSERT_EQ(spec_.last_number(), 170u); // as the spec counts them
        load(spec_.config());
    }
    void load(const nlohmann::json& json)
    {
        const auto table = spec_.table();
        auto config = read_config(json, table, SpecTower::kOutDim, "config.json");
        ASSERT_TRUE(config) << config.error().message;
        config_ = *config;
        auto weights = load_weights(*backend_, table, config_);
        ASSERT_TRUE(weights) << weights.error().message;
        weights_ = std::move(*weights);
    }
    /// Every box of the clip's first `frames` frames.
    std::map<std::string, Rows> boxes(int frames)
    {
        std::vector<float> mel = mel_of_clip(sound::two_tones_in_noise(), config_.mel_bins);
        mel.resize(static_cast<std::size_t>(frames) * static_cast<std::size_t>(config_.mel_bins));
        std::map<std::string, Rows> seen;
        const auto keep = [&](std::string_view box, const kernels::Tensor& tensor) {
            Rows rows;
            for (std::int64_t r = 0; r < tensor.rows; ++r) {
                const auto row = tensor.row<const float>(r);
                rows.emplace_back(row.begin(), row.end());
            }
            seen[std::string(box)] = std::move(rows);
        };
        const auto rows = SoundTower(config_, weights_).encode_mel(*backend_, mel, {}, keep);
        EXPECT_TRUE(rows);
        if (rows) keep("rows", rows->view());
        return seen;
    }
    static void expect(
        const Rows& rows,
        const std::vector<float>& row0,
        const std::vector<float>& row6,
        double squares,
        float tolerance = 1e-4f)
    {
        double sum = 0;
        for (const auto& row : rows)
            for (const float v : row) sum += double{v} * v;
        const auto near = [&](const std::vector<float>& values) {
            return testing::Pointwise(testing::FloatNear(tolerance), values);
        };
        EXPECT_THAT(std::vector(rows[0].begin(), rows[0].begin() + 5), near(row0));
        EXPECT_THAT(std::vector(rows[6].begin(), rows[6].begin() + 5), near(row6));
        EXPECT_NEAR(sum, squares, 1e-5 * squares);
    }

    /// Here channels deviate by 12, and the rounding of the mel frames shows.
    static constexpr float kNotNormedYet = 3e-4f;

    std::unique_ptr<kernels::Backend> backend_ = kernels::make_cpu_backend(2);
    SpecTower spec_;
    Config config_;
    Weights weights_;
};

TEST_F(SpecTowerTest, EveryNumberOfTheWholeClipComesOut)
{
    auto seen = boxes(100);
    ASSERT_EQ(seen["rows"].size(), 13u);
    expect(
        seen["subsampled"],
        {-2.4572729f, 5.0040213f, -4.5501004f, -3.2834471f, -10.9055132f},
        {0.3637083f, 6.6546221f, -1.0965433f, -5.2777059f, 0.0362744f},
        30321.0596,
        kNotNormedYet);
    expect(
        seen["block 0"],
        {-0.1395436f, 2.1123807f, -0.8083444f, -0.3396466f, -2.4413423f},
        {0.2531708f, 1.2326799f, -0.0068939f, -0.3706897f, 0.1560331f},
        194.908799);
    expect(
        seen["block 1"],
        {-0.9052816f, 2.2118529f, 0.4965578f, -0.7266453f, -1.3921817f},
        {-0.5675455f, 1.4299975f, 1.2531568f, -0.7784189f, 0.3328559f},
        217.566733);
    expect(
        seen["rows"],
        {0.2073158f, -0.0901787f, -0.0183334f, 0.2465581f, 0.0525200f},
        {-0.0171762f, 0.0430536f, -0.1570339f, 0.0239135f, 0.2245794f},
        22.417762);
}

TEST_F(SpecTowerTest, EveryNumberOfAPartOfTheClipComesOut)
{
    auto seen = boxes(72);
    ASSERT_EQ(seen["rows"].size(), 9u);
    expect(
        seen["subsampled"],
        {-2.4572729f, 5.0040213f, -4.5501004f, -3.2834471f, -10.9055132f},
        {0.3637083f, 6.6546221f, -1.0965433f, -5.2777059f, 0.0362744f},
        17530.7364,
        kNotNormedYet);
    expect(
        seen["block 0"],
        {-0.2385901f, 2.1106053f, -0.7402284f, -0.3199271f, -2.4789459f},
        {0.2167442f, 1.2518872f, 0.0260251f, -0.3909565f, 0.1341248f},
        136.067497);
    expect(
        seen["block 1"],
        {-0.7005078f, 1.9886241f, 0.4747665f, -0.7465261f, -1.4528286f},
        {-0.3627213f, 1.3412354f, 1.2488133f, -0.7913636f, 0.2909403f},
        150.046461);
    expect(
        seen["rows"],
        {0.2026339f, -0.0357013f, -0.0015281f, 0.2986611f, 0.0379529f},
        {-0.0205751f, 0.0716346f, -0.1509766f, 0.0623892f, 0.2634002f},
        14.692389);
}

TEST_F(SpecTowerTest, TheNamesOfASavedAgainCheckpointAreTheSameTower)
{
    const Rows expected = boxes(100)["rows"];
    std::map<std::string, SpecTower::Tensor> renamed;
    const std::pair<std::string, std::string> names[] = {
        {"sound_encoder.encoder.", "audio_tower."},
        {"sound_projection.norm", "embed_audio.layer_norm"},
        {"sound_projection.linear1", "embed_audio.linear_1"},
        {"sound_projection.linear2", "embed_audio.linear_2"}};
    for (auto& [name, tensor] : spec_.tensors)
        for (const auto& [from, to] : names)
            if (name.starts_with(from)) renamed[to + name.substr(from.size())] = tensor;
    spec_.tensors = std::move(renamed);
    nlohmann::json json;
    json["audio_config"] = spec_.config()["sound_config"];
    load(json);
    EXPECT_EQ(boxes(100)["rows"], expected);
}

TEST_F(SpecTowerTest, BiasesAreTakenWhereTheFileHasThem)
{
    // A bias in front of the batch norm is taken off again by as much of its mean.
    const Rows expected = boxes(100)["rows"];
    const std::string conv = "sound_encoder.encoder.layers.1.conv.";
    spec_.tensors[conv + "depthwise_conv.bias"] = {{16}, std::vector<float>(16, 0.5f)};
    for (float& v : spec_.tensors[conv + "norm.running_mean"].values) v += 0.5f;
    load(spec_.config());
    Rows rows = boxes(100)["rows"];
    for (std::size_t r = 0; r < rows.size(); ++r)
        EXPECT_THAT(rows[r], testing::Pointwise(testing::FloatNear(1e-5f), expected[r]));
    // Half of one behind a feed-forward comes out in front of the next norm.
    spec_.tensors["sound_encoder.encoder.layers.1.feed_forward2.linear2.bias"] = {
        {16},
        std::vector<float>(16, 3.0f)};
    load(spec_.config());
    EXPECT_THAT(boxes(100)["rows"][0], testing::Pointwise(testing::FloatNear(1e-4f), rows[0]))
        << "the same on every channel, which a norm takes off";
    spec_.tensors["sound_encoder.encoder.layers.1.feed_forward2.linear2.bias"].values[0] = -3.0f;
    load(spec_.config());
    EXPECT_THAT(
        boxes(100)["rows"][0],
        testing::Not(testing::Pointwise(testing::FloatNear(1e-2f), rows[0])));
}

TEST_F(SpecTowerTest, AStopBetweenLayersIsHeard)
{
    std::stop_source stop;
    int blocks = 0;
    const auto rows = SoundTower(config_, weights_)
                          .encode(
                              *backend_,
                              sound::two_tones_in_noise(),
                              stop.get_token(),
                              [&](std::string_view box, const kernels::Tensor&) {
                                  blocks += box.starts_with("block");
                                  if (box == "subsampled") stop.request_stop();
                              });
    EXPECT_FALSE(rows);
    EXPECT_EQ(blocks, 0);
}

TEST_F(SpecTowerTest, StretchesOfRowsAreSeamless)
{
    // 70 rows are three stretches of the subsampling; its row t looks at frames 8 t - 7 to 8 t + 7.
    std::vector<float> mel(560 * 128);
    for (std::size_t i = 0; i < mel.size(); ++i)
        mel[i] = static_cast<float>(4 * sound::noise(3, static_cast<std::uint32_t>(i)));
    const auto subsampled = [&](std::size_t first_frame, std::size_t frames) {
        Rows rows;
        const std::span part(mel.data() + first_frame * 128, frames * 128);
        const auto done =
            Encoder(config_, weights_.encoder)
                .encode(*backend_, part, {}, [&](auto box, const auto& tensor) {
                    for (std::int64_t r = 0; box == "subsampled" && r < tensor.rows; ++r) {
                        const auto row = tensor.template row<const float>(r);
                        rows.emplace_back(row.begin(), row.end());
                    }
                });
        EXPECT_TRUE(done);
        return rows;
    };
    const Rows whole = subsampled(0, 560);
    ASSERT_EQ(whole.size(), 70u);
    for (const std::size_t first : {20, 28, 40, 60}) { // rows; the first two begin with no past
        const Rows part = subsampled(8 * first, 80);
        for (std::size_t r = 1; r + 1 < part.size(); ++r)
            EXPECT_THAT(part[r], testing::Pointwise(testing::FloatNear(1e-5f), whole[first + r]))
                << first << " + " << r;
    }
}

TEST(ClipRows, FollowTheServingRule)
{
    EXPECT_EQ(clip_rows(0), 2); // filled up to 0.1 s
    EXPECT_EQ(clip_rows(900), 2);
    EXPECT_EQ(clip_rows(1'600), 2);
    EXPECT_EQ(clip_rows(1'280 * 2 - 1), 2);
    EXPECT_EQ(clip_rows(1'280 * 2), 2);
    EXPECT_EQ(clip_rows(1'280 * 2 + 160), 3);
    EXPECT_EQ(clip_rows(20'480), 16);
    EXPECT_EQ(clip_rows(480'000), 375);
}

} // namespace
} // namespace engine::fastconformer
