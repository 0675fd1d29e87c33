#include "app/place_media.h"

#include "app/source_state.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace app {
namespace {

constexpr double kDotsPerInch = 144;
constexpr double kMostPixels =
    13'312.0 * 16 * 16;                // patches that its vision tower takes of a picture
constexpr int kPictureWidth_px = 2048; // of a photo; the tower makes it smaller if need be
constexpr int kFrameWidth_px = 768;
constexpr int kMostFrames = 8;
constexpr double kLeastStep_s = 0.5; // between two of them

engine::Image to_engine(capture::Picture picture)
{
    return {std::move(picture.rgb), picture.width_px, picture.height_px};
}

} // namespace

int width_for_engine(double width_pt, double height_pt)
{
    constexpr double kPointsPerInch = 72;
    const double wide = width_pt / kPointsPerInch * kDotsPerInch;
    const double high = height_pt / kPointsPerInch * kDotsPerInch;
    if (!(wide > 0) || !(high > 0)) return kPictureWidth_px;
    const double scale = std::min(1.0, std::sqrt(kMostPixels / (wide * high)));
    return std::max(16, static_cast<int>(wide * scale));
}

ReaderMedia::ReaderMedia(
    storage::Library& library,
    capture::ReaderOptions options,
    std::filesystem::path cache)
    : library_(library), options_(std::move(options)), cache_(std::move(cache))
{
}

Result<capture::FileReader*>
ReaderMedia::reader_of(const storage::Source& source, const std::stop_token& stop)
{
    if (reader_ && source_ == source.id) return reader_.get();
    std::filesystem::path file;
    if (!source.stored_path.empty()) {
        auto copy = library_.media_path(source.id);
        if (!copy) return tl::unexpected(copy.error());
        file = std::move(*copy);
    } else {
        // Read where it lies, and only while it is what was read.
        const auto state = source_state(source, library_);
        if (!state) return tl::unexpected(state.error());
        if (state->readable.empty()) return fail(ErrorCode::FileNotFound, state->sentence);
        file = state->readable;
    }
    capture::OpenOptions open;
    open.name = std::filesystem::path(source.path).filename().string();
    if (!cache_.empty()) open.kept_pdf = cache_ / "office" / (source.sha256 + ".pdf");
    auto reader = capture::FileReader::open(file, open, options_, stop);
    if (!reader) return tl::unexpected(reader.error());
    reader_ = std::move(*reader);
    source_ = source.id;
    return reader_.get();
}

Result<engine::Image>
ReaderMedia::page(const storage::Source& source, int page, const std::stop_token& stop)
{
    const auto reader = reader_of(source, stop);
    if (!reader) return tl::unexpected(reader.error());
    const auto stored = library_.page(source.id, page);
    if (!stored) return tl::unexpected(stored.error());
    auto picture = (*reader)->render_page_to_width(
        page,
        width_for_engine(stored->width_pt, stored->height_pt),
        stop);
    if (!picture) return tl::unexpected(picture.error());
    return to_engine(std::move(*picture));
}

Result<engine::Video> ReaderMedia::pictures(
    const storage::Source& source,
    double start_s,
    double end_s,
    const std::stop_token& stop)
{
    const auto reader = reader_of(source, stop);
    if (!reader) return tl::unexpected(reader.error());
    const double step_s = std::max(kLeastStep_s, (end_s - start_s) / kMostFrames);
    engine::Video video;
    for (int i = 0; i < kMostFrames && start_s + i * step_s < end_s; ++i) {
        capture::FrameQuery query;
        query.time_s = start_s + i * step_s;
        query.max_frame_width_px = kFrameWidth_px;
        auto frame = (*reader)->find_frame(query, {}, stop);
        if (!frame) return tl::unexpected(frame.error());
        // A picture that stands still comes once.
        if (!video.times_s.empty() && frame->time_s <= video.times_s.back()) continue;
        video.times_s.push_back(frame->time_s);
        video.frames.push_back(to_engine(std::move(frame->picture)));
    }
    if (video.frames.empty())
        return fail(ErrorCode::NotFound, "There are no pictures in this stretch of the video.");
    return video;
}

Result<engine::Sound> ReaderMedia::sound(
    const storage::Source& source,
    double start_s,
    double end_s,
    const std::stop_token& stop)
{
    const auto reader = reader_of(source, stop);
    if (!reader) return tl::unexpected(reader.error());
    capture::MediaRange range;
    range.start_s = start_s;
    range.end_s = end_s;
    range.frames = false;
    engine::Sound sound;
    capture::ReadHandler handler;
    handler.on_sound = [&](const capture::AudioBlock& block) {
        sound.samples.insert(sound.samples.end(), block.samples.begin(), block.samples.end());
    };
    if (auto read = (*reader)->read_media(range, handler, stop); !read)
        return tl::unexpected(read.error());
    if (sound.samples.empty())
        return fail(ErrorCode::NotFound, "There is no sound in this stretch of the recording.");
    return sound;
}

} // namespace app
