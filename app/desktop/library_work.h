#pragma once

#include "app/result.h"
#include "engine/text_embedder.h"
#include "storage/library.h"
#include "ui/library/types.h"

#include <functional>
#include <stop_token>

/// What the library view asks for, as values. Everything here blocks and is called in a lane.
namespace app::desktop {

/// Of sources.
std::vector<std::string> kindsOf(ui::LibraryShow show);
storage::SessionQuery queryOf(const ui::LibraryFilter& filter);
/// "2026-11-22T09:00:00Z" where the user is.
QDateTime localTime(const std::string& utc);

/// Sessions from `offset` on, at least 200 and at least `at_least`.
Result<ui::LibraryPage> loadLibraryPage(
    storage::Library& library,
    const ui::LibraryFilter& filter,
    int offset,
    int at_least);
Result<ui::LibraryNumbers> loadLibraryNumbers(storage::Library& library);

/// Everything that `query` finds in what the filter leaves; `embedder` null: by words only.
Result<ui::SearchResult> findInLibrary(
    const QString& query,
    const ui::LibraryFilter& filter,
    storage::Library& library,
    engine::TextEmbedder* embedder,
    const std::stop_token& stop);
/// The latest sessions, as hits.
Result<ui::SearchResult> latestSessions(storage::Library& library, int limit);

/// Where exports go by themselves: the folder for documents where there is one, else home. No
/// folder is made because somebody looks at the dialog.
QString exportFolder();
/// Writes each session to a file. Where one exists already and may not be replaced, nothing is
/// written and all those are named.
ui::ExportOutcome exportSessions(
    const ui::ExportOrder& order,
    storage::Library& library,
    const std::function<void(const ui::ExportProgress&)>& progress,
    const std::stop_token& stop);

} // namespace app::desktop
