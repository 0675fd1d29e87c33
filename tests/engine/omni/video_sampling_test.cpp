#include "engine/models/omni/video_sampling.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace engine::omni {
namespace {

std::string
flags(const std::vector<float>& rows, int tubelets, int per_tubelet, int dim, double rate)
{
    std::string text;
    const auto keep = keep_of_video(rows, tubelets, per_tubelet, dim, rate);
    for (std::size_t i = 0; i < keep.size(); ++i) {
        if (i > 0 && i % static_cast<std::size_t>(per_tubelet) == 0) text += ' ';
        text += keep[i] ? '1' : '0';
    }
    return text;
}

TEST(VideoSampling, KeepsWhatTheSpecsToyKeeps)
{
    const std::vector<float> rows = {
        1,
        0,
        0,
        1,
        1,
        1,
        /**/ 1,
        0,
        1,
        0,
        1,
        1,
        /**/ 1,
        0.2f,
        1,
        0,
        -1,
        1};
    EXPECT_EQ(flags(rows, 3, 3, 2, 0.4), "111 010 001");
    EXPECT_EQ(flags(rows, 3, 3, 2, 0.5), "111 010 000");
    EXPECT_EQ(flags(rows, 3, 3, 2, 0.7), "111 000 000");
    EXPECT_EQ(flags(rows, 3, 3, 2, 0.0), "111 111 111");
}

TEST(VideoSampling, KeepsWhatTheSpecsWavesKeep)
{
    std::vector<float> rows;
    for (int t = 0; t < 6; ++t)
        for (int p = 0; p < 6; ++p)
            for (int k = 0; k < 8; ++k)
                rows.push_back(static_cast<float>(
                    std::sin(0.9 * k + 0.37 * p + 0.11 * (p + 1) * t + 0.013 * t * t * k)));
    EXPECT_EQ(flags(rows, 6, 6, 8, 0.25), "111111 000111 000111 001111 011111 111111");
    EXPECT_EQ(flags(rows, 6, 6, 8, 0.5), "111111 000000 000001 000011 001111 011111");
    EXPECT_EQ(flags(rows, 6, 6, 8, 0.6), "111111 000000 000001 000011 000111 000011");
}

TEST(VideoSampling, CountsAreCutAsTheReferencesCutThem)
{
    EXPECT_EQ(kept_rows(60, 256, 0.9), 1535);
    EXPECT_EQ(kept_rows(2, 252, 0.9), 252); // the first tubelet stays whole
    EXPECT_EQ(kept_rows(60, 252, 0.5), 7560);
    EXPECT_EQ(kept_rows(1, 4, 0.0), 4);
}

TEST(VideoSampling, OfAStillPictureTheEarliestStay)
{
    std::vector<float> rows;
    for (int t = 0; t < 4; ++t)
        for (int p = 0; p < 3; ++p)
            for (int k = 0; k < 5; ++k)
                rows.push_back(
                    std::sin(static_cast<float>(p * 5 + k)) * (1 + 1e-6f * static_cast<float>(t)));
    EXPECT_EQ(flags(rows, 4, 3, 5, 0.5), "111 111 000 000");
}

} // namespace
} // namespace engine::omni
