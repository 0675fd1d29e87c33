#pragma once

#include "app/result.h"
#include "storage/library.h"
#include "ui/evidence/types.h"

#include <filesystem>
#include <functional>
#include <QString>
#include <stop_token>
#include <vector>

/// What the evidence pane needs of the library, in its own values. Runs in a lane, never on the UI
/// thread.
namespace app::desktop {

struct SourceAndSize {
    ui::EvidenceSource source;
    QSizeF page_pt; // of the page that is wanted
};
/// `page` < 1: the first. The note says when the user's file is gone, or is another one by size or
/// by name and version.
Result<SourceAndSize> readSource(storage::Library& library, storage::SourceId id, int page);

/// Whether the user's file holds other bytes than the stored copy, though it has the same size:
/// reads it all. False where it is not there.
bool hasChanged(const storage::Source& source, const std::stop_token& stop);
QString changedWords(const storage::Source& source);

/// All sizes, in points; pages that are not stored have the size of the one before.
std::vector<QSizeF>
readSizes(storage::Library& library, storage::SourceId id, int pages, const std::stop_token& stop);
Result<ui::PageText> readText(storage::Library& library, storage::SourceId id, int page);

/// Words of the query in a row, without regard to case and to white space between them. `found`
/// gets all hits so far, some pages at a time; the last call has `complete` set.
void findInSource(
    storage::Library& library,
    storage::SourceId id,
    int pages,
    const QString& query,
    const std::stop_token& stop,
    const std::function<void(const std::vector<ui::TextHit>& hits, bool complete)>& found);

Result<std::vector<ui::TranscriptLine>>
readTranscript(storage::Library& library, storage::SourceId id);

/// A read-only copy of the source under its own name in `folder`, for other programs: the stored
/// one has no name that they would know, and must not be written to.
Result<std::filesystem::path>
placeCopy(storage::Library& library, storage::SourceId id, const std::filesystem::path& folder);

/// A page of the library with positions in UTF-16.
ui::PageText toPageText(const storage::Page& page);
/// The name of a source for people: that of its file.
QString nameOf(const storage::Source& source);

} // namespace app::desktop
