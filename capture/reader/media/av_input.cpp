#include "capture/reader/media/av_input.h"

#include <cerrno>
#include <cstdint>
#include <new>
#include <unistd.h>

namespace capture::reader {

namespace {

// Playlists, concat scripts and image sequences are absent: they name other files.
constexpr const char* kDemuxers =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,wav,w64,mp3,flac,aac,ac3,eac3,dts,avi,mpegts,mpeg,"
    "asf,flv,aiff,caf,amr,"
    "amrnb,amrwb,au,wv,ape,tta,ivf,h264,hevc,m4v,mpegvideo,mxf,nut,rm,gsm,voc";
constexpr int kIoBuffer = 1 << 16;

int read_descriptor(void* opaque, std::uint8_t* out, int size)
{
    const auto got = ::read(*static_cast<int*>(opaque), out, static_cast<std::size_t>(size));
    if (got < 0) return AVERROR(errno);
    return got == 0 ? AVERROR_EOF : static_cast<int>(got);
}

std::int64_t seek_descriptor(void* opaque, std::int64_t offset, int whence)
{
    const int descriptor = *static_cast<int*>(opaque);
    if ((whence & AVSEEK_SIZE) != 0) {
        const off_t here = ::lseek(descriptor, 0, SEEK_CUR);
        const off_t size = ::lseek(descriptor, 0, SEEK_END);
        ::lseek(descriptor, here, SEEK_SET);
        return size;
    }
    return ::lseek(descriptor, offset, whence & ~AVSEEK_FORCE);
}

} // namespace

void InputFree::operator()(AVFormatContext* format) const
{
    AVIOContext* io = format->pb;
    avformat_close_input(&format);
    if (io != nullptr) {
        av_freep(&io->buffer);
        avio_context_free(&io);
    }
}

Result<InputPtr> open_input(int* descriptor, int max_streams)
{
    av_log_set_level(AV_LOG_QUIET);
    // The descriptor shares its place with a reader before us, which died somewhere in the file.
    ::lseek(*descriptor, 0, SEEK_SET);
    auto* buffer = static_cast<std::uint8_t*>(av_malloc(kIoBuffer));
    AVIOContext* io = buffer == nullptr ? nullptr
                                        : avio_alloc_context(
                                              buffer,
                                              kIoBuffer,
                                              0,
                                              descriptor,
                                              read_descriptor,
                                              nullptr,
                                              seek_descriptor);
    AVFormatContext* format = avformat_alloc_context();
    if (io == nullptr || format == nullptr) throw std::bad_alloc();
    format->pb = io;
    format->flags |= AVFMT_FLAG_CUSTOM_IO;
    format->max_streams = max_streams;

    AVDictionary* options = nullptr;
    av_dict_set(&options, "format_whitelist", kDemuxers, 0);
    av_dict_set(&options, "protocol_whitelist", "none", 0);
    const int error = avformat_open_input(&format, nullptr, nullptr, &options);
    av_dict_free(&options);
    if (error < 0) { // it has freed `format`, but not our reader
        av_freep(&io->buffer);
        avio_context_free(&io);
        return fail(
            ErrorCode::BadFile,
            "The recording cannot be opened: " + av_message(error) + ".",
            "If it plays elsewhere, convert it to MP4, WebM, WAV or FLAC and try again.");
    }
    return InputPtr(format);
}

} // namespace capture::reader
