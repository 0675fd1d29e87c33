#include "app/jpeg.h"

#include <gtest/gtest.h>

using namespace app;

namespace {

capture::Picture grey(int width_px, int height_px)
{
    const auto bytes = static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px) * 3;
    return {width_px, height_px, std::vector<std::uint8_t>(bytes, 128)};
}

} // namespace

TEST(JpegTest, WritesAWholeFile)
{
    const auto jpeg = encode_jpeg(grey(64, 48));

    ASSERT_TRUE(jpeg);
    ASSERT_GT(jpeg->size(), 100U);
    EXPECT_EQ((*jpeg)[0], std::byte{0xFF}); // start of image
    EXPECT_EQ((*jpeg)[1], std::byte{0xD8});
    EXPECT_EQ((*jpeg)[jpeg->size() - 1], std::byte{0xD9}); // end of image
}

TEST(JpegTest, RefusesMeasuresThatDoNotFitThePixels)
{
    capture::Picture picture = grey(64, 48);
    picture.rgb.pop_back();
    EXPECT_EQ(encode_jpeg(picture).error().code, ErrorCode::BadFile);
    EXPECT_EQ(encode_jpeg(grey(0, 0)).error().code, ErrorCode::BadFile);
    picture = grey(1, 1);
    picture.width_px = 70'000; // over what JPEG can say
    EXPECT_EQ(encode_jpeg(picture).error().code, ErrorCode::BadFile);
}
