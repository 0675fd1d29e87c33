#pragma once

#include "app/engines.h"
#include "app/result.h"
#include "capture/reader_client.h"
#include "storage/library.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace app {

struct IngestRequest {
    std::vector<std::filesystem::path> inputs; // files and folders
    std::optional<storage::SessionId> session; // into this one; else a new one
    std::string new_name;                      // of the new session; empty: the first file's
    /// What `session` was named after the first of the inputs; it changes to that of the first that
    /// can be read. A new session without `new_name` does so anyway.
    std::string named_after_file;
    std::string password; // for encrypted documents
    std::string ocr_language = "eng";
    std::string speech_language; // empty: detected
    capture::ReaderOptions reader;
    /// The stop of one file, by its absolute path: that file ends as cancelled, the others go on.
    /// Called from the threads that read.
    std::function<std::stop_token(const std::filesystem::path&)> stop_of;
};

/// One file after reading; `source.id` is 0 where it never reached the library.
struct IngestedSource {
    storage::Source source;
    int segments = 0;
    int frames = 0;
    int passages = 0;
    std::vector<int> ocr_pages;
    std::optional<Error> error;
    /// As it was given. `source.path` is where the content lay when it was first read.
    std::filesystem::path input;
};
struct IngestReport {
    storage::SessionId session = 0;      // 0: nothing was stored
    std::vector<IngestedSource> sources; // in the order of the inputs
    bool cancelled = false;
};

enum class IngestPhase { Opening, Reading, Listening, Indexing };
struct IngestProgress {
    std::string file;            // its name; empty for Indexing, which is of the session
    std::filesystem::path input; // the file as it was given
    IngestPhase phase = IngestPhase::Opening;
    double done = 0;  // pages, seconds or passages
    double total = 0; // 0: unknown
    std::optional<double> left_s;
};
/// Called from several threads, one call at a time.
struct IngestObserver {
    /// Its row is there, and what kind it is, how long and how large.
    std::function<void(const std::filesystem::path& input, const storage::Source&)> on_begun;
    std::function<void(const IngestProgress&)> on_progress;
    std::function<void(const IngestedSource&)> on_source; // finished, in whatever way
};

/// Reads files into a session: up to two reader processes at once, every page, picture and stretch
/// of speech stored with its passages as it comes, vectors made in the background. A file that
/// cannot be read fails alone. Content that the library holds already is not read again; content
/// that an earlier run left half-read is read on from there. Stopping keeps what is done.
///
/// Blocks; the calling thread only waits. Errors: FileNotFound and FileUnreadable (all inputs
/// refused, nothing was stored), NotFound (no such session), those of the library that concern all
/// files.
Result<IngestReport> ingest(
    const IngestRequest& request,
    storage::Library& library,
    Engines& engines,
    const IngestObserver& observer,
    const std::stop_token& stop);

} // namespace app
