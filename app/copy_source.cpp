#include "app/copy_source.h"

#include "app/session_content.h"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

namespace app {
namespace {

std::vector<std::byte> file_bytes(const std::filesystem::path& path)
{
    std::ifstream in{path, std::ios::binary | std::ios::ate};
    if (!in) return {};
    std::vector<std::byte> bytes(static_cast<std::size_t>(in.tellg()));
    in.seekg(0);
    in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!in) bytes.clear();
    return bytes;
}

class Copy {
public:
    Copy(IngestContext& context, IngestedSource& into, std::vector<storage::Passage> passages)
        : context_(context), into_(into)
    {
        for (auto& passage : passages) {
            passage.id = 0;
            passage.source = into.source.id;
            passage.session = into.source.session;
            if (passage.page > 0)
                of_page_[passage.page].push_back(std::move(passage));
            else
                of_time_.push_back(std::move(passage));
        }
    }

    Result<void> page(storage::Page page)
    {
        page.source = into_.source.id;
        if (page.by_ocr) into_.ocr_pages.push_back(page.number);
        return counted(context_.library.add_page(page, of_page_[page.number]));
    }

    /// Passages of a picture begin at its moment and have a place in its text; those of speech have
    /// none.
    Result<void> frame(storage::Frame frame, const std::filesystem::path& data)
    {
        const auto image = file_bytes(data / frame.image_path);
        frame.source = into_.source.id;
        std::vector<storage::Passage> own;
        for (const auto& passage : of_time_) {
            if (passage.end > passage.begin && passage.start_s == frame.time_s)
                own.push_back(passage);
        }
        ++into_.frames;
        return counted(context_.library.add_frame(frame, image, own));
    }

    Result<void> speech(std::vector<storage::Segment> segments)
    {
        std::vector<storage::Passage> own;
        for (const auto& passage : of_time_) {
            if (passage.end == passage.begin) own.push_back(passage);
        }
        if (segments.empty() && own.empty()) return {};
        for (auto& segment : segments) segment.id = 0;
        into_.segments = static_cast<int>(segments.size());
        return counted(context_.library.add_segments(into_.source.id, segments, own));
    }

private:
    Result<void> counted(const Result<std::vector<storage::PassageId>>& ids)
    {
        if (!ids) return tl::unexpected(ids.error());
        into_.passages += static_cast<int>(ids->size());
        context_.vectors.added(static_cast<int>(ids->size()));
        return {};
    }

    IngestContext& context_;
    IngestedSource& into_;
    std::map<int, std::vector<storage::Passage>> of_page_;
    std::vector<storage::Passage> of_time_;
};

} // namespace

Result<std::optional<storage::Source>> find_in_other_sessions(
    storage::Library& library,
    storage::SessionId except,
    std::string_view sha256)
{
    const auto sessions = library.sessions();
    if (!sessions) return tl::unexpected(sessions.error());
    for (const auto& session : *sessions) {
        if (session.id == except) continue;
        auto found = library.find_by_content(session.id, sha256);
        if (!found || *found) return found;
    }
    return std::optional<storage::Source>{};
}

Result<void> copy_source(
    IngestContext& context,
    const std::stop_token& stop,
    const storage::Source& from,
    IngestedSource& into)
{
    storage::Library& library = context.library;
    const auto stopped = [&] { return stop.stop_requested(); };
    auto passages = library.passages(from.id);
    if (!passages) return tl::unexpected(passages.error());
    Copy copy{context, into, std::move(*passages)};

    const auto numbers = library.page_numbers(from.id);
    if (!numbers) return tl::unexpected(numbers.error());
    for (const int number : *numbers) {
        if (stopped()) return fail(ErrorCode::Cancelled, "Stopped.");
        auto page = library.page(from.id, number);
        if (!page) return tl::unexpected(page.error());
        if (auto added = copy.page(std::move(*page)); !added) return added;
    }
    auto frames = library.frames(from.id);
    if (!frames) return tl::unexpected(frames.error());
    for (auto& frame : *frames) {
        if (stopped()) return fail(ErrorCode::Cancelled, "Stopped.");
        if (auto added = copy.frame(std::move(frame), library.data_dir()); !added) return added;
    }
    auto segments = library.segments(from.id);
    if (!segments) return tl::unexpected(segments.error());
    if (auto added = copy.speech(std::move(*segments)); !added) return added;
    auto gaps = library.gaps(from.id);
    if (!gaps) return tl::unexpected(gaps.error());
    for (auto& gap : *gaps) {
        gap.source = into.source.id;
        if (auto added = library.add_gap(gap); !added) return added;
    }
    return {};
}

} // namespace app
