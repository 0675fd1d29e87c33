#pragma once

#include "app/result.h"
#include "storage/library.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace app {

/// What the user makes of one line of speech; nullopt: back to what was recognised. Search,
/// answers, summaries and exports work with the new words from here on: the passages that hold the
/// line are made again as an ingest would make them, and wait for their vectors. Citations that are
/// there keep their quote. Errors: NotFound and those of the library.
Result<void> set_segment_edit(
    storage::Library& library,
    std::int64_t segment,
    const std::optional<std::string>& text);

/// Who said it; empty: unknown. A change of speaker ends a sentence, so passages change with it.
Result<void>
set_segment_speaker(storage::Library& library, std::int64_t segment, std::string_view speaker);
/// The same for many lines of one recording, all or none; its passages are worked out once.
Result<void> set_speaker_of(
    storage::Library& library,
    std::span<const std::int64_t> segments,
    std::string_view speaker);

/// The same for all lines of a recording that one speaker has: how many lines were changed.
Result<int> rename_speaker(
    storage::Library& library,
    storage::SourceId source,
    std::string_view from,
    std::string_view to);

} // namespace app
