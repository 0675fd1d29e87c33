#include "app/transcript_edit.h"

#include "app/answer/passages.h"
#include "app/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

namespace app {
namespace {

// Somebody else may change the same lines between our reading and writing; not for ever.
constexpr int kAttempts = 5;

bool same(const storage::Passage& a, const storage::Passage& b)
{
    return a.text == b.text && a.start_s == b.start_s && a.end_s == b.end_s &&
           a.language == b.language;
}

/// Which stored passages of speech go and which come when the source holds these segments.
Result<void> compare_passages(
    storage::Library& library,
    const storage::Source& source,
    std::span<const storage::Segment> segments,
    storage::SegmentEdit& edit)
{
    auto stored = library.passages(source.id);
    if (!stored) return tl::unexpected(stored.error());
    // Words in the pictures of a video have a place in their text, speech has none.
    std::erase_if(*stored, [](const storage::Passage& p) { return p.page > 0 || p.end > p.begin; });
    answer::PassageBuilder builder(source);
    edit.fresh = builder.add_segments(segments);
    auto rest = builder.finish();
    std::move(rest.begin(), rest.end(), std::back_inserter(edit.fresh));
    for (const auto& passage : *stored) {
        const auto kept =
            std::find_if(edit.fresh.begin(), edit.fresh.end(), [&](const storage::Passage& fresh) {
                return same(fresh, passage);
            });
        if (kept == edit.fresh.end())
            edit.gone.push_back(passage.id);
        else
            edit.fresh.erase(kept);
    }
    return {};
}

/// Of lines of one recording.
template <typename Change>
Result<void>
change(storage::Library& library, std::span<const std::int64_t> ids, Change change_segment)
{
    Result<void> done;
    for (int attempt = 0; attempt < kAttempts && !ids.empty(); ++attempt) {
        const auto before = library.segment(ids.front());
        if (!before) return tl::unexpected(before.error());
        const auto source = library.source(before->source);
        if (!source) return tl::unexpected(source.error());
        auto segments = library.segments(before->source);
        if (!segments) return tl::unexpected(segments.error());
        std::set<std::int64_t> wanted(ids.begin(), ids.end());
        std::vector<storage::SegmentEdit> edits;
        for (auto& segment : *segments) {
            if (wanted.erase(segment.id) == 0) continue;
            change_segment(segment);
            storage::SegmentEdit edit;
            edit.segment = segment.id;
            edit.text = segment.edited;
            edit.speaker = segment.speaker;
            edits.push_back(std::move(edit));
        }
        if (!wanted.empty())
            return fail(
                ErrorCode::NotFound,
                fmt::format("There is no line {} of speech.", *wanted.begin()));
        auto compared = compare_passages(library, *source, *segments, edits.front());
        if (!compared) return compared;
        done = library.edit_segments(edits);
        if (done || done.error().code != ErrorCode::Unavailable) return done;
    }
    return done;
}

} // namespace

Result<void> set_segment_edit(
    storage::Library& library,
    std::int64_t segment,
    const std::optional<std::string>& text)
{
    return change(library, {&segment, 1}, [&](storage::Segment& changed) {
        changed.edited.reset();
        if (text && one_line(clean_utf8(*text)) != one_line(changed.text))
            changed.edited = one_line(clean_utf8(*text));
    });
}

Result<void>
set_segment_speaker(storage::Library& library, std::int64_t segment, std::string_view speaker)
{
    return set_speaker_of(library, {&segment, 1}, speaker);
}

Result<void> set_speaker_of(
    storage::Library& library,
    std::span<const std::int64_t> segments,
    std::string_view speaker)
{
    return change(library, segments, [&](storage::Segment& changed) {
        changed.speaker = one_line(clean_utf8(speaker));
    });
}

Result<int> rename_speaker(
    storage::Library& library,
    storage::SourceId source,
    std::string_view from,
    std::string_view to)
{
    const auto segments = library.segments(source);
    if (!segments) return tl::unexpected(segments.error());
    std::vector<std::int64_t> lines;
    for (const auto& segment : *segments)
        if (segment.speaker == from) lines.push_back(segment.id);
    if (auto done = set_speaker_of(library, lines, to); !done) return tl::unexpected(done.error());
    return static_cast<int>(lines.size());
}

} // namespace app
