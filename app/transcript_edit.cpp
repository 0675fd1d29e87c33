#include "app/transcript_edit.h"

#include "app/answer/passages.h"
#include "app/text.h"

#include <algorithm>
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

template <typename Change>
Result<void> change(storage::Library& library, std::int64_t id, Change change_segment)
{
    Result<void> done;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const auto before = library.segment(id);
        if (!before) return tl::unexpected(before.error());
        const auto source = library.source(before->source);
        if (!source) return tl::unexpected(source.error());
        auto segments = library.segments(before->source);
        if (!segments) return tl::unexpected(segments.error());
        storage::SegmentEdit edit;
        edit.segment = id;
        for (auto& segment : *segments) {
            if (segment.id != id) continue;
            change_segment(segment);
            edit.text = segment.edited;
            edit.speaker = segment.speaker;
        }
        if (auto compared = compare_passages(library, *source, *segments, edit); !compared)
            return compared;
        done = library.edit_segment(edit);
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
    return change(library, segment, [&](storage::Segment& changed) {
        changed.edited.reset();
        if (text && one_line(clean_utf8(*text)) != one_line(changed.text))
            changed.edited = one_line(clean_utf8(*text));
    });
}

Result<void>
set_segment_speaker(storage::Library& library, std::int64_t segment, std::string_view speaker)
{
    return change(library, segment, [&](storage::Segment& changed) {
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
    int changed = 0;
    for (const auto& segment : *segments) {
        if (segment.speaker != from) continue;
        if (auto done = set_segment_speaker(library, segment.id, to); !done)
            return tl::unexpected(done.error());
        ++changed;
    }
    return changed;
}

} // namespace app
