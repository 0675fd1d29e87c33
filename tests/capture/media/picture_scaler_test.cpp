#include "capture/reader/media/picture_scaler.h"

#include <algorithm>
#include <cstring>
#include <gtest/gtest.h>
#include <memory>

extern "C" {
#include <libavformat/avformat.h>
}

namespace capture::reader {
namespace {

struct FreeContext {
    void operator()(AVFormatContext* context) const { avformat_free_context(context); }
};
struct FreeFrame {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};

class PictureScalerTest : public testing::Test {
protected:
    /// A frame of white, as films have it, scaled: its darkest byte.
    int darkest(int width, int height, int max_width)
    {
        const std::unique_ptr<AVFrame, FreeFrame> frame(av_frame_alloc());
        frame->width = width;
        frame->height = height;
        frame->format = AV_PIX_FMT_YUV420P;
        EXPECT_EQ(av_frame_get_buffer(frame.get(), 0), 0);
        for (int plane = 0; plane < 3; ++plane) {
            const int rows = plane == 0 ? height : (height + 1) / 2;
            const auto bytes = static_cast<std::size_t>(plane == 0 ? width : (width + 1) / 2);
            for (int y = 0; y < rows; ++y)
                std::memset(
                    frame->data[plane] + std::ptrdiff_t{y} * frame->linesize[plane],
                    plane == 0 ? 235 : 128,
                    bytes);
        }
        PictureScaler scaler(*stream_, max_width);
        const auto picture = scaler.scaled(*frame);
        if (!picture) return -1;
        return *std::min_element(picture->rgb.begin(), picture->rgb.end());
    }

    std::unique_ptr<AVFormatContext, FreeContext> context_{avformat_alloc_context()};
    AVStream* stream_ = avformat_new_stream(context_.get(), nullptr);
};

// Of some widths the last columns stayed black.
TEST_F(PictureScalerTest, AFrameIsWholeAtEveryWidth)
{
    for (int width = 16; width < 150; ++width)
        EXPECT_GE(darkest(width, 18, 1280), 250) << width << " wide";
    for (const int max_width : {199, 200, 321, 344, 397})
        EXPECT_GE(darkest(640, 361, max_width), 250) << max_width << " at most";
}

} // namespace
} // namespace capture::reader
