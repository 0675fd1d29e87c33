#include "capture/reader/media/media_file.h"

#include "capture/reader/media/av_input.h"
#include "capture/reader/media/frame_finder.h"
#include "capture/reader/media/play_loop.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace capture::reader {

namespace {

constexpr double kLongest_s = 60.0 * 60 * 24 * 30; // what a header may claim and be believed

/// Pictures over time, as opposed to the cover of a record.
bool is_moving(const AVStream& stream)
{
    return stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
           (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0;
}

MediaStream described(const AVStream& stream, double zero_s)
{
    const AVCodecParameters& parameters = *stream.codecpar;
    MediaStream out;
    out.index = stream.index;
    const char* kind = av_get_media_type_string(parameters.codec_type);
    out.kind = kind != nullptr ? kind : "unknown";
    out.codec = avcodec_get_name(parameters.codec_id);
    if (const AVDictionaryEntry* language = av_dict_get(stream.metadata, "language", nullptr, 0))
        out.language = language->value;
    const double time_base = av_q2d(stream.time_base);
    if (stream.start_time != AV_NOPTS_VALUE)
        out.start_s = std::max(0.0, static_cast<double>(stream.start_time) * time_base - zero_s);
    if (stream.duration != AV_NOPTS_VALUE && stream.duration > 0)
        out.duration_s = std::min(kLongest_s, static_cast<double>(stream.duration) * time_base);
    out.sample_rate_hz = parameters.sample_rate;
    out.channels = parameters.ch_layout.nb_channels;
    out.width_px = parameters.width;
    out.height_px = parameters.height;
    if (stream.avg_frame_rate.den > 0) out.frames_per_s = av_q2d(stream.avg_frame_rate);
    return out;
}

class FfmpegFile final : public MediaFile {
public:
    FfmpegFile(int descriptor, const MediaLimits& limits) : descriptor_(descriptor), limits_(limits)
    {
    }

    Result<void> open();
    const FileInfo& info() const override { return info_; }
    Result<void> read(const MediaRequest& request, const MediaSink& sink) override;
    Result<void> play(const PlayRange& range, const PlaySink& sink) override;
    Result<std::optional<PlayFrame>>
    find_frame(const FrameQuery& query, const PlaySink& sink) override;

private:
    Result<int> audio_stream(int wanted) const;
    Result<void> seek(double start_s);
    /// Sends the sound of [start_s, end_s) only.
    static SoundDecoder::Sink cut(const MediaRequest& request, const MediaSink& sink);

    int descriptor_;
    MediaLimits limits_;
    InputPtr format_;
    FileInfo info_;
    double zero_s_ = 0;
    int video_ = -1;
    bool read_before_ = false;
    std::optional<FrameFinder> finder_;
};

Result<void> FfmpegFile::open()
{
    auto input = open_input(&descriptor_, limits_.max_streams);
    if (!input) return tl::unexpected(input.error());
    format_ = std::move(*input);
    AVFormatContext* format = format_.get();
    const int error = avformat_find_stream_info(format, nullptr);
    if (error < 0)
        return fail(
            ErrorCode::BadFile,
            "The recording's streams cannot be read: " + av_message(error) + ".");

    if (format->start_time != AV_NOPTS_VALUE)
        zero_s_ = static_cast<double>(format->start_time) / AV_TIME_BASE;
    std::string codecs;
    bool has_audio = false;
    for (unsigned i = 0; i < format->nb_streams; ++i) {
        const AVStream& stream = *format->streams[i];
        info_.streams.push_back(described(stream, zero_s_));
        codecs += ", " + info_.streams.back().codec;
        has_audio |= stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
        info_.duration_s = std::max(
            info_.duration_s,
            info_.streams.back().start_s + info_.streams.back().duration_s);
    }
    const int best = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (best >= 0 && is_moving(*format->streams[best])) video_ = best;
    if (video_ < 0 && !has_audio)
        return fail(
            ErrorCode::UnsupportedFile,
            "The file holds neither sound nor moving pictures.");
    if (format->duration != AV_NOPTS_VALUE && format->duration > 0)
        info_.duration_s = static_cast<double>(format->duration) / AV_TIME_BASE;
    if (info_.duration_s > kLongest_s) {
        info_.duration_s = 0;
        info_.warnings.push_back(
            "The length that the file states is not believable and is ignored.");
    }
    info_.kind = video_ >= 0 ? FileKind::Video : FileKind::Audio;
    info_.format = std::string(
                       format->iformat->long_name != nullptr ? format->iformat->long_name
                                                             : format->iformat->name) +
                   codecs;
    if (const AVDictionaryEntry* title = av_dict_get(format->metadata, "title", nullptr, 0))
        info_.title = title->value;
    return {};
}

Result<int> FfmpegFile::audio_stream(int wanted) const
{
    const int count = static_cast<int>(format_->nb_streams);
    if (wanted >= count ||
        (wanted >= 0 && format_->streams[wanted]->codecpar->codec_type != AVMEDIA_TYPE_AUDIO))
        return fail(
            ErrorCode::BadUsage,
            "The file has no sound stream " + std::to_string(wanted) + ".");
    return wanted >= 0 ? wanted
                       : av_find_best_stream(format_.get(), AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
}

Result<void> FfmpegFile::seek(double start_s)
{
    if (start_s <= 0 && !read_before_) return {};
    read_before_ = true;
    // A second early: codecs that carry state need a run-up, and what comes too early is cut off.
    const auto target =
        static_cast<std::int64_t>((std::max(0.0, start_s - 1) + zero_s_) * AV_TIME_BASE);
    const int error = avformat_seek_file(format_.get(), -1, INT64_MIN, target, target, 0);
    if (error >= 0) return {};
    const int rewound =
        avformat_seek_file(format_.get(), -1, INT64_MIN, 0, INT64_MAX, AVSEEK_FLAG_BYTE);
    if (rewound < 0)
        return fail(
            ErrorCode::BadFile,
            "The recording does not allow to seek: " + av_message(error) + ".");
    return {};
}

SoundDecoder::Sink FfmpegFile::cut(const MediaRequest& request, const MediaSink& sink)
{
    return [&request, &sink](AudioBlock block) -> Result<void> {
        constexpr double kRate = 16'000;
        const auto count = static_cast<double>(block.samples.size());
        const double first =
            std::clamp(std::ceil((request.start_s - block.start_s) * kRate), 0.0, count);
        const double last =
            request.end_s < 0
                ? count
                : std::clamp(std::floor((request.end_s - block.start_s) * kRate), 0.0, count);
        if (first >= last) return {};
        block.samples.resize(static_cast<std::size_t>(last));
        block.samples.erase(
            block.samples.begin(),
            block.samples.begin() + static_cast<std::ptrdiff_t>(first));
        block.start_s += first / kRate;
        return sink.on_sound(std::move(block));
    };
}

Result<void> FfmpegFile::read(const MediaRequest& request, const MediaSink& sink)
{
    if (finder_) finder_->lose_place();
    std::optional<SoundDecoder> sound;
    std::optional<PictureDecoder> pictures;
    if (request.sound) {
        auto index = audio_stream(request.audio_stream);
        if (!index) return tl::unexpected(index.error());
        if (*index >= 0) {
            auto opened =
                SoundDecoder::open(*format_->streams[*index], zero_s_, cut(request, sink));
            if (!opened && video_ < 0) return tl::unexpected(opened.error());
            if (opened)
                sound.emplace(std::move(*opened));
            else if (sink.on_warning)
                sink.on_warning("The sound is left out: " + opened.error().message);
        }
    }
    if (request.pictures && video_ >= 0) {
        PictureDecoder::Options options;
        options.max_width_px = request.max_width_px;
        options.max_pixels = limits_.max_pixels;
        options.every_frame = request.every_frame;
        options.want_gray = request.want_gray;
        options.bits_per_s = format_->bit_rate;
        options.start_s = request.start_s;
        options.end_s = request.end_s;
        auto opened =
            PictureDecoder::open(*format_->streams[video_], zero_s_, options, sink.on_picture);
        if (opened)
            pictures.emplace(std::move(*opened));
        else if (!sound)
            return tl::unexpected(opened.error());
        else if (sink.on_warning)
            sink.on_warning("The pictures are left out: " + opened.error().message);
    }
    for (unsigned i = 0; i < format_->nb_streams; ++i) {
        const int index = static_cast<int>(i);
        const bool used = (sound && index == sound->stream_index()) ||
                          (pictures && index == pictures->stream_index());
        format_->streams[i]->discard = used ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
    if (!sound && !pictures) return {};
    if (auto found = seek(request.start_s); !found) return found;
    read_before_ = true;

    const AvPtr<AVPacket> packet(av_packet_alloc());
    if (!packet) throw std::bad_alloc();
    const double end_s = request.end_s < 0 ? INFINITY : request.end_s;
    double told_s = -1;
    int error = 0;
    while ((error = av_read_frame(format_.get(), packet.get())) >= 0) {
        Result<void> decoded;
        if (sound && packet->stream_index == sound->stream_index())
            decoded = sound->decode(packet.get());
        if (pictures && packet->stream_index == pictures->stream_index())
            decoded = pictures->decode(packet.get());
        av_packet_unref(packet.get());
        if (!decoded) return decoded;
        const double sound_s = sound ? sound->position_s() : INFINITY;
        const double picture_s = pictures ? pictures->position_s() : INFINITY;
        const double done_s = std::min(sound_s, picture_s);
        if (done_s >= end_s) break;
        if (sink.on_progress && done_s >= told_s + 1) {
            sink.on_progress(done_s, info_.duration_s);
            told_s = done_s;
        }
    }
    const bool ended = error < 0;
    if (sound) {
        if (auto rest = sound->decode(nullptr); !rest) return rest;
    }
    if (pictures) {
        if (auto rest = pictures->decode(nullptr); !rest) return rest;
    }
    if (!sink.on_warning) return {};
    if (ended && error != AVERROR_EOF)
        sink.on_warning("Reading ended early: " + av_message(error) + ".");
    const double reached_s =
        std::max(sound ? sound->position_s() : 0, pictures ? pictures->position_s() : 0);
    if (ended && request.end_s < 0 && info_.duration_s - reached_s > 2)
        sink.on_warning(
            "The file ends after " + std::to_string(std::lround(reached_s)) +
            " s although it states " + std::to_string(std::lround(info_.duration_s)) +
            " s; the download may be incomplete.");
    const int damaged =
        (sound ? sound->damaged_packets() : 0) + (pictures ? pictures->damaged_packets() : 0);
    if (damaged > 0)
        sink.on_warning(std::to_string(damaged) + " damaged pieces of the recording were skipped.");
    return {};
}

Result<void> FfmpegFile::play(const PlayRange& range, const PlaySink& sink)
{
    const auto audio = audio_stream(range.audio_stream);
    if (!audio) return tl::unexpected(audio.error());
    read_before_ = true;
    if (finder_) finder_->lose_place();
    return PlayLoop(
               *format_,
               zero_s_,
               video_,
               std::max(*audio, -1), // or an error code: there is none
               limits_.max_pixels,
               range,
               sink)
        .run();
}

Result<std::optional<PlayFrame>>
FfmpegFile::find_frame(const FrameQuery& query, const PlaySink& sink)
{
    if (video_ < 0) return fail(ErrorCode::NotFound, "The recording has no moving pictures.");
    read_before_ = true;
    if (!finder_) finder_.emplace(*format_, video_, zero_s_, limits_.max_pixels);
    return finder_->find(query, sink);
}

} // namespace

Result<std::unique_ptr<MediaFile>> MediaFile::open(int descriptor, const MediaLimits& limits)
{
    auto file = std::make_unique<FfmpegFile>(descriptor, limits);
    if (auto opened = file->open(); !opened) return tl::unexpected(opened.error());
    return file;
}

} // namespace capture::reader
