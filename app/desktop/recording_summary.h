#pragma once

#include "app/answer/summarize.h"
#include "app/engines.h"
#include "app/result.h"
#include "storage/library.h"
#include "ui/recording/types.h"

#include <optional>
#include <QString>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// Summaries of a session for the view of a recording: kept ones, and new ones. Runs in a lane.
namespace app::desktop {

/// "decisions", as templates and stored moves name a list.
std::string listWord(ui::recording::ListKind kind);
ui::recording::ListKind listKind(std::string_view word);
ui::recording::ListKind listKind(answer::SectionKind kind);

/// A summary in the form of the command line, as the library keeps it, with the user's moves.
/// `kinds`: of its lists in their order; empty: told from the titles of the built-in templates.
Result<ui::recording::SummaryContent> readSummary(
    storage::Library& library,
    storage::SessionId session,
    const std::string& json,
    const std::vector<ui::recording::ListKind>& kinds);
/// Tells whether a summary was made of other words than those that are there now.
Result<std::string> fingerprint(storage::Library& library, storage::SessionId session);

/// The newest one of a template (a name or a file), with the user's moves; `outdated` where words,
/// speakers or markers changed since. Nothing: none was made so far.
Result<std::optional<ui::recording::SummaryContent>>
storedSummary(storage::Library& library, storage::SessionId session, const QString& form);

/// Picks a summary; kept as an artifact where `saves`. Errors: Cancelled, those of app::summarize.
Result<ui::recording::SummaryContent> makeSummary(
    storage::Library& library,
    Engines& engines,
    storage::SessionId session,
    const QString& form,
    bool saves,
    const std::stop_token& stop);

} // namespace app::desktop
