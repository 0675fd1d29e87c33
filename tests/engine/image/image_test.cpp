#include "engine/image/grid.h"
#include "engine/image/patches.h"
#include "engine/image/resize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace engine::image {
namespace {

Image picture(int width, int height, int (*value)(int x, int y, int c))
{
    Image image{{}, width, height};
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < 3; ++c)
                image.rgb.push_back(static_cast<std::uint8_t>(value(x, y, c)));
    return image;
}

TEST(PictureGrid, IsTheReferencesForEverySizeOfTheSpec)
{
    struct Case {
        int width, height, cols, rows;
    };
    for (const Case& c : {Case{5, 5, 32, 32},    {224, 224, 32, 32},    {512, 512, 32, 32},
                          {64, 32, 46, 24},      {528, 528, 34, 34},    {640, 480, 40, 30},
                          {800, 600, 50, 38},    {1000, 500, 64, 32},   {1024, 1024, 64, 64},
                          {1280, 720, 80, 46},   {1366, 768, 86, 48},   {1536, 1536, 96, 96},
                          {1920, 1080, 120, 68}, {2560, 1440, 154, 86}, {3840, 2160, 154, 86},
                          {3456, 2234, 144, 92}, {1080, 2400, 68, 150}, {4096, 4096, 116, 114},
                          {10000, 100, 626, 8},  {1, 1, 32, 32},        {17, 9, 46, 24},
                          {1, 65535, 2, 4096},   {545, 529, 36, 34},    {3440, 1440, 178, 74},
                          {500, 400, 36, 30},    {595, 842, 38, 54},    {827, 1169, 52, 74},
                          {1191, 1684, 76, 106}, {1654, 2339, 96, 136}, {1700, 2200, 102, 130}}) {
        const auto grid = picture_grid(c.width, c.height, 16, {});
        ASSERT_TRUE(grid);
        EXPECT_EQ(*grid, (Grid{c.rows, c.cols})) << c.width << " x " << c.height;
    }
}

TEST(PictureGrid, StaysWithinItsBudgetForAnySize)
{
    for (int width = 1; width <= 65'535; width = width * 5 / 4 + 7)
        for (int height = 1; height <= 65'535; height = height * 4 / 3 + 5) {
            const auto grid = picture_grid(width, height, 16, {});
            ASSERT_TRUE(grid);
            EXPECT_EQ(grid->rows % 2 + grid->cols % 2, 0);
            EXPECT_GE(grid->patches(), 1024) << width << " x " << height;
            EXPECT_LE(grid->patches(), 13312) << width << " x " << height;
        }
    for (const auto& [width, height] : {std::pair{0, 5}, {5, -1}, {65'536, 5}, {5, 70'000}})
        EXPECT_EQ(picture_grid(width, height, 16, {}).error().code, ErrorCode::LimitExceeded);
}

TEST(VideoGrid, IsTheReferencesForEverySizeOfTheSpec)
{
    struct Case {
        int width, height, cols, rows;
    };
    for (const Case& c :
         {Case{512, 512, 32, 32},
          {640, 360, 42, 24},
          {1280, 720, 42, 24},
          {1920, 1080, 42, 24},
          {3840, 2160, 42, 24},
          {1080, 1920, 24, 42},
          {640, 480, 36, 28},
          {2560, 1080, 48, 20},
          {3760, 1120, 58, 16}}) {
        const auto grid = video_grid(c.width, c.height, 1024);
        ASSERT_TRUE(grid);
        EXPECT_EQ(*grid, (Grid{c.rows, c.cols})) << c.width << " x " << c.height;
    }
    EXPECT_FALSE(video_grid(2000, 10, 1024));
}

TEST(Resize, MatchesRowsAndSquaresWorkedByTorch)
{
    const Image square = picture(4, 4, [](int x, int y, int) { return 4 * y + x; });
    const Planes half = resized(square, 2, 2);
    EXPECT_THAT(
        std::vector(half.values.begin(), half.values.begin() + 4),
        testing::Pointwise(
            testing::FloatNear(5e-6f),
            {2.933884f, 4.760331f, 10.239670f, 12.066115f}));
    const Image stripes = picture(8, 8, [](int x, int, int) { return x / 2 % 2 * 255; });
    const Planes fewer = resized(stripes, 5, 8);
    EXPECT_THAT(
        std::vector(fewer.row(1, 3), fewer.row(1, 3) + 5),
        testing::Pointwise(
            testing::FloatNear(1e-4f),
            {-10.320544f, 202.217743f, 127.5f, 52.782242f, 265.320526f}));
    const Planes more = resized(stripes, 12, 8);
    EXPECT_THAT(
        std::vector(more.row(2, 7), more.row(2, 7) + 12),
        testing::Pointwise(
            testing::FloatNear(2e-4f),
            {0.0f,
             -15.0f,
             30.6945f,
             224.3056f,
             286.875f,
             224.3056f,
             30.6944f,
             -31.875f,
             30.6945f,
             224.3056f,
             270.0f,
             255.0f}));
}

TEST(Resize, MatchesWholePicturesOfTheSpec)
{
    struct Case {
        int width, height, to_width, to_height;
        double sum, squares;
        float low, high, at[3], last[3];
    };
    for (const Case& c :
         {Case{
              640,
              480,
              576,
              448,
              98722789.5,
              16578605509,
              -26.8374f,
              282.0620f,
              {38.49653f, 67.49653f, 96.49653f},
              {132.7491f, 161.7491f, 190.7491f}},
          Case{
              800,
              600,
              800,
              608,
              186072154.3,
              31439560844,
              -17.3406f,
              272.3708f,
              {121.4210f, 150.4210f, 179.4210f},
              {70.0588f, 99.0588f, 128.0588f}},
          Case{
              640,
              480,
              640,
              480,
              117527168,
              20018165784,
              0,
              255,
              {132, 161, 190},
              {134, 163, 192}},
          Case{
              1280,
              720,
              672,
              384,
              98700920.7,
              15984607203,
              -7.1271f,
              262.6982f,
              {131.7756f, 160.7756f, 189.7755f},
              {27.8021f, 38.9016f, 77.8885f}}}) {
        const Image image = picture(c.width, c.height, [](int x, int y, int channel) {
            return (3 * x + 5 * y + 29 * channel + (x * y >> 6)) & 255;
        });
        const Planes planes = resized(image, c.to_width, c.to_height);
        double sum = 0, squares = 0;
        for (const float v : planes.values) sum += v, squares += double{v} * v;
        EXPECT_NEAR(sum, c.sum, 3e-7 * c.sum);
        EXPECT_NEAR(squares, c.squares, 3e-7 * c.squares);
        const auto [low, high] = std::minmax_element(planes.values.begin(), planes.values.end());
        EXPECT_NEAR(*low, c.low, 5e-4);
        EXPECT_NEAR(*high, c.high, 5e-4);
        for (int channel = 0; channel < 3; ++channel) {
            EXPECT_NEAR(planes.row(channel, 100)[200], c.at[channel], 5e-4);
            EXPECT_NEAR(
                planes.row(channel, c.to_height - 1)[c.to_width - 1],
                c.last[channel],
                5e-4);
        }
    }
}

TEST(Patches, RunRowByRowChannelByChannel)
{
    const Image image = picture(6, 4, [](int x, int y, int c) { return 100 * c + 10 * y + x; });
    const Planes planes = resized(image, 6, 4);
    const Grid grid{2, 3};
    const Normalisation plain{{0, 0, 0}, {1.0f / 255, 1.0f / 255, 1.0f / 255}};
    std::vector<float> patches(6 * 12);
    write_patches(patches.data(), 12, planes, grid, plain);
    EXPECT_THAT(
        std::vector(patches.begin() + 48, patches.begin() + 60), // row 1, column 1
        testing::Pointwise(
            testing::FloatNear(1e-3f),
            {22, 23, 32, 33, 122, 123, 132, 133, 222, 223, 232, 233}));
}

} // namespace
} // namespace engine::image
