#pragma once

#include "app/answer/passages.h"
#include "app/ingest_context.h"
#include "app/listener.h"
#include "capture/reader_client.h"

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

namespace app {

/// Sound and pictures of one recording into the library: speech is recognised while the file is
/// read, pictures are stored as JPEG with the words on them. A recording that an earlier run left
/// is read on from where it ended.
///
/// Threads: pictures arrive on the thread that calls run(), speech on the listener's; the builder
/// and the counts are shared between them.
class MediaReading {
public:
    MediaReading(IngestContext& context, IngestFile file, IngestedSource& into);

    /// Errors: NoModel (a sound file, and nothing to listen with), those of reader and recogniser,
    /// after which what was stored stays; Cancelled.
    Result<void> run(capture::FileReader& reader);

private:
    Result<capture::MediaRange> range_to_read(const capture::FileInfo& info);
    Result<void>
    read(capture::FileReader& reader, const capture::MediaRange& range, Listener* listener);
    void store_frame(const capture::Frame& frame);
    void store_segments(std::vector<storage::Segment> segments);
    void store_gap(SoundGap gap);
    void stored(const Result<std::vector<storage::PassageId>>& ids);
    void progress(double done_s);

    IngestContext& context_;
    IngestFile file_;
    IngestedSource& into_;
    std::chrono::steady_clock::time_point began_;
    double heard_before_s_ = 0;
    double seen_before_s_ = -1;
    bool listens_ = false;

    std::mutex mutex_; // guards builder_, into_ and last_frame_text_
    answer::PassageBuilder builder_;
    std::string last_frame_text_;
};

} // namespace app
