#pragma once

#include "storage/database.h"
#include "storage/library.h"

namespace storage {

/// What a source holds: pages, frames, stretches of speech, gaps. Works on the connection it is
/// given, inside the caller's transaction. A page that is added again replaces the old one.
class ContentStore {
public:
    explicit ContentStore(Database& database) : database_(database) {}
    Result<void> add_page(const Page& page);
    Result<void> add_frame(const Frame& frame, std::string_view image_sha256);
    Result<void> add_segments(SourceId source, std::span<const Segment> segments);
    Result<void> add_gap(const Gap& gap);

    Result<Page> page(SourceId source, int number);
    Result<std::vector<int>> page_numbers(SourceId source);
    Result<std::vector<Frame>> frames(SourceId source, TimeSpan span);
    Result<std::vector<Segment>> segments(SourceId source, TimeSpan span);
    Result<Segment> segment(std::int64_t id);
    /// Text and speaker of the user, kept beside what was recognised.
    Result<void> edit_segment(const SegmentEdit& edit);
    Result<std::vector<Gap>> gaps(SourceId source);

private:
    Database& database_;
};

} // namespace storage
