#include "capture/reader/media/av.h"

#include <array>
#include <cstdint>

namespace capture::reader {

std::string av_message(int error)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(error, text.data(), text.size());
    return text.data();
}

Result<AvPtr<AVCodecContext>>
open_decoder(const AVStream& stream, std::int64_t max_pixels, int threads)
{
    const AVCodecParameters& parameters = *stream.codecpar;
    const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
    if (codec == nullptr)
        return fail(
            ErrorCode::UnsupportedFile,
            std::string("No decoder for ") + avcodec_get_name(parameters.codec_id) + ".",
            "Convert the file to H.264, VP9, AAC, Opus or FLAC and try again.");
    if (std::int64_t{parameters.width} * parameters.height > max_pixels)
        return fail(
            ErrorCode::LimitExceeded,
            "The video is " + std::to_string(parameters.width) + " x " +
                std::to_string(parameters.height) + " pixels.",
            "Scale it down and try again.");

    AvPtr<AVCodecContext> context(avcodec_alloc_context3(codec));
    if (!context) throw std::bad_alloc();
    int error = avcodec_parameters_to_context(context.get(), &parameters);
    if (error < 0)
        return fail(ErrorCode::BadFile, "A stream is damaged: " + av_message(error) + ".");
    context->pkt_timebase = stream.time_base;
    context->max_pixels = max_pixels;
    context->thread_count = threads;
    context->err_recognition = AV_EF_CAREFUL;
    error = avcodec_open2(context.get(), codec, nullptr);
    if (error < 0)
        return fail(
            ErrorCode::BadFile,
            std::string("A ") + codec->name + " stream cannot be decoded: " + av_message(error) +
                ".");
    return context;
}

} // namespace capture::reader
