#pragma once

#include "app/ask_job.h"
#include "app/ingest_job.h"
#include "ui/ask/types.h"

/// From the values of jobs and library to those that Ask shows. Reads the library: not for the UI
/// thread.
namespace app::desktop {

ui::SessionItem sessionItem(const storage::Session& session);
/// "5 sources", "1 video", "2 PDFs", "no sources".
QString holdsWords(const storage::Session& session);

/// A card of what the library holds.
ui::SourceItem sourceItem(const storage::Source& source);
/// A card of what was just read: knows more about errors and OCR. `tried_password`: one was given.
ui::SourceItem sourceItem(const IngestedSource& ingested, bool tried_password);

/// Where the answer is in it: narrower than the quote, which has its surroundings.
ui::Place placeOf(const storage::Citation& citation, const storage::Source& source);
/// Its beginning, to open it without a place.
ui::Place wholeSource(const storage::Source& source);
/// Sources, questions and answers of a session.
Result<ui::SessionView> loadSession(storage::Library& library, storage::SessionId id);
/// Fills in what the job answered; `exchange` has key and question.
void fill(ui::Exchange& exchange, const AskReply& reply, storage::Library& library);

QString fileName(const std::string& path);

} // namespace app::desktop
