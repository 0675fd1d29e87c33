#include "engine/models/radio/vision_tower.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace engine::radio {
namespace {

/// The self-contained golden of the vision spec 8.1: every weight a sine, every number printed
/// there.
class SineTower : public testing::Test {
protected:
    SineTower()
    {
        config_.layers = 2;
        config_.dim = 8;
        config_.heads = 2;
        config_.mlp_dim = 16;
        config_.patch_px = 2;
        config_.prefix = 2;
        config_.table_side = 4;
        config_.projector_dim = 12;
        config_.out_dim = 6;
        weights_.prefix = values(1, 16, 0.5);
        weights_.picture_embedder = linear(2, 8, 12);
        weights_.positions = values(3, 128, 0.5);
        weights_.video_embedder = linear(4, 8, 24);
        for (int b = 0; b < 2; ++b) {
            const int o = 10 + 20 * b;
            BlockWeights w;
            w.norm1 = {values(o, 8, 0.1, 1), values(o + 1, 8, 0.1)};
            w.qkv = linear(o + 2, 24, 8, o + 3);
            w.proj = linear(o + 4, 8, 8, o + 5);
            w.norm2 = {values(o + 6, 8, 0.1, 1), values(o + 7, 8, 0.1)};
            w.fc1 = linear(o + 8, 16, 8, o + 9);
            w.fc2 = linear(o + 10, 8, 16, o + 11);
            weights_.blocks.push_back(std::move(w));
        }
        weights_.projector_norm = values(101, 32, 0.1, 1);
        weights_.projector1 = linear(102, 12, 32);
        weights_.projector2 = linear(103, 6, 12);
    }
    static std::vector<float> values(int tensor, int count, double scale, double offset = 0)
    {
        std::vector<float> result;
        result.reserve(static_cast<std::size_t>(count));
        for (int n = 0; n < count; ++n)
            result.push_back(static_cast<float>(offset + scale * std::sin(0.7 * n + 1.3 * tensor)));
        return result;
    }
    Linear linear(int tensor, int rows, int cols, int bias = 0)
    {
        storage_.push_back(values(tensor, rows * cols, 0.25));
        Linear result;
        result.weight = backend_->use_in_place(
            {reinterpret_cast<const std::byte*>(storage_.back().data()),
             kernels::WeightFormat::F32,
             rows,
             cols});
        if (bias != 0) result.bias = values(bias, rows, 0.1);
        return result;
    }
    /// 12 x 4 pixels as they are: a grid of 6 x 2 that no budget changes.
    Patches patches(bool video) const
    {
        Patches result{{2, 6}, video, {}};
        const std::size_t frames = video ? 2 : 1;
        result.values.resize(12 * 12 * frames);
        for (std::size_t t = 0; t < frames; ++t) {
            Image image{{}, 12, 4};
            for (int y = 0; y < 4; ++y)
                for (int x = 0; x < 12; ++x)
                    for (int c = 0; c < 3; ++c)
                        image.rgb.push_back(static_cast<std::uint8_t>(
                            (7 * y + 13 * x + 29 * c + 5 + 41 * static_cast<int>(t)) % 256));
            image::write_patches(
                result.values.data() + 12 * t,
                12 * frames,
                image::resized(image, 12, 4),
                result.grid,
                config_.normalisation);
        }
        return result;
    }
    std::vector<std::vector<float>> encode(
        const Patches& in,
        std::map<std::string, std::vector<std::vector<float>>>* seen = nullptr)
    {
        const auto rows_of = [](const kernels::Tensor& tensor) {
            std::vector<std::vector<float>> rows;
            for (std::int64_t r = 0; r < tensor.rows; ++r) {
                const auto row = tensor.row<const float>(r);
                rows.emplace_back(row.begin(), row.end());
            }
            return rows;
        };
        const Observer observer =
            seen == nullptr ? Observer() : [&](std::string_view box, const kernels::Tensor& out) {
                (*seen)[std::string(box)] = rows_of(out);
            };
        const auto rows = VisionTower(config_, weights_).encode(*backend_, in, {}, observer);
        EXPECT_TRUE(rows);
        return rows_of(rows->view());
    }

    std::unique_ptr<kernels::Backend> backend_ = kernels::make_cpu_backend(2);
    std::vector<std::vector<float>> storage_;
    Config config_;
    Weights weights_;
};

auto near(const std::vector<float>& expected)
{
    return testing::Pointwise(testing::FloatNear(4e-6f), expected);
}

TEST_F(SineTower, EveryNumberOfTheSpecComesOutForAPicture)
{
    const Patches in = patches(false);
    EXPECT_THAT(
        std::vector(in.values.begin(), in.values.begin() + 12),
        near(
            {-1.719270f,
             -1.529491f,
             -1.617081f,
             -1.427302f,
             -1.241833f,
             -1.046732f,
             -1.136779f,
             -0.941678f,
             -0.584356f,
             -0.399495f,
             -0.484815f,
             -0.299954f}));
    std::map<std::string, std::vector<std::vector<float>>> seen;
    const auto tokens = encode(in, &seen);
    EXPECT_THAT(
        seen["block 1"][2],
        near(
            {0.271121f,
             1.542216f,
             -0.318690f,
             -0.701582f,
             -0.103142f,
             0.810533f,
             1.754095f,
             -0.515996f}));
    EXPECT_THAT(
        seen["block 1"][13],
        near(
            {-0.225004f,
             -0.566276f,
             1.303024f,
             1.241168f,
             0.280659f,
             0.592374f,
             -0.803614f,
             -1.554194f}));
    ASSERT_EQ(tokens.size(), 3u);
    EXPECT_THAT(
        tokens[0],
        near({-0.361773f, 0.632041f, -0.294650f, -0.326024f, 0.633251f, -0.331656f}));
    EXPECT_THAT(
        tokens[1],
        near({-2.071726f, -0.710360f, 2.809490f, -2.207513f, -0.516817f, 2.744268f}));
    EXPECT_THAT(
        tokens[2],
        near({3.229513f, -7.089370f, 4.133346f, 2.796571f, -7.037801f, 4.512729f}));
}

TEST_F(SineTower, EveryNumberOfTheSpecComesOutForATubelet)
{
    std::map<std::string, std::vector<std::vector<float>>> seen;
    const auto tokens = encode(patches(true), &seen);
    EXPECT_THAT(
        seen["block 1"][2],
        near(
            {0.203802f,
             1.758246f,
             -0.352378f,
             -1.684034f,
             0.234900f,
             1.704359f,
             1.105283f,
             -0.661645f}));
    EXPECT_THAT(
        tokens[0],
        near({0.127211f, 0.489808f, -0.635914f, 0.170638f, 0.458693f, -0.647027f}));
    EXPECT_THAT(
        tokens[1],
        near({-2.393905f, 0.168216f, 2.219200f, -2.473027f, 0.349229f, 2.110325f}));
    EXPECT_THAT(
        tokens[2],
        near({1.723811f, -6.392221f, 4.915005f, 1.287608f, -6.252285f, 5.205873f}));
}

TEST_F(SineTower, AStopBetweenBlocksIsHeard)
{
    std::stop_source stop;
    int blocks = 0;
    const auto rows = VisionTower(config_, weights_)
                          .encode(
                              *backend_,
                              patches(false),
                              stop.get_token(),
                              [&](std::string_view box, const kernels::Tensor&) {
                                  blocks += box.starts_with("block");
                                  stop.request_stop();
                              });
    EXPECT_FALSE(rows);
    EXPECT_EQ(blocks, 0);
}

TEST(VisionPatches, FramesOfSeveralSizesAreRefused)
{
    Config config;
    config.frames = 2;
    const Image small{std::vector<std::uint8_t>(48), 4, 4};
    const Image large{std::vector<std::uint8_t>(75), 5, 5};
    EXPECT_FALSE(patches_of(std::vector<Image>{small, large}, config));
    const auto video = patches_of(std::vector<Image>{small, small, small}, config);
    ASSERT_TRUE(video);
    ASSERT_EQ(video->size(), 2u); // the last frame stands twice
    EXPECT_EQ(video->front().grid, (image::Grid{32, 32}));
}

} // namespace
} // namespace engine::radio
