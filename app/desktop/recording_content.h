#pragma once

#include "app/result.h"
#include "storage/library.h"
#include "ui/recording/types.h"

#include <vector>

/// What the view of a recording shows, read from the library. Runs in a lane, never on the UI
/// thread.
namespace app::desktop {

/// Source 0: the first recording of the session.
Result<ui::recording::RecordingInfo>
readRecording(storage::Library& library, storage::SessionId session, storage::SourceId source);
/// Speech, gaps, markers and silences of a recording, ascending.
Result<std::vector<ui::recording::TranscriptLine>>
readLines(storage::Library& library, storage::SourceId source);
Result<std::vector<ui::recording::OwnNote>>
readNotes(storage::Library& library, storage::SessionId session);

} // namespace app::desktop
