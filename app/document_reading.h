#pragma once

#include "app/answer/passages.h"
#include "app/ingest_context.h"
#include "capture/reader_client.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace app {

/// Pages of one document into the library, in order, read by one or two reader processes that fetch
/// runs of a few pages each. A page that kills its reader is skipped and said; a third such page
/// ends the document.
class DocumentReading {
public:
    using Opener = std::function<Result<std::unique_ptr<capture::FileReader>>()>;

    /// `into` holds the source with its id; counts, pages and warnings are added to it. Pages that
    /// the library holds already are not read again.
    DocumentReading(IngestContext& context, IngestFile file, IngestedSource& into, Opener open);

    /// `first` is the reader that found out what the file is. Errors: those of the readers, after
    /// which what was stored stays; Cancelled.
    Result<void> run(std::unique_ptr<capture::FileReader> first, bool may_use_two);

private:
    struct Run {
        int first = 0;
        int last = 0;
    };

    Result<void> prepare(const capture::FileInfo& info);
    void work(std::unique_ptr<capture::FileReader> reader);
    bool read_run(capture::FileReader& reader, Run run);
    void deliver(capture::Page page);
    void store_in_order();
    void store(capture::Page page);
    void skip(int page, const Error& why);
    void end_with(const Error& error);
    void warn(std::string sentence);

    IngestContext& context_;
    IngestFile file_;
    IngestedSource& into_;
    Opener open_;
    answer::PassageBuilder builder_;
    std::chrono::steady_clock::time_point began_;
    int total_ = 0;
    int held_before_ = 0;

    std::mutex mutex_; // guards what follows
    std::condition_variable_any changed_;
    std::deque<Run> runs_;
    std::vector<int> wanted_;              // ascending
    std::size_t next_ = 0;                 // of wanted_, to be stored
    std::map<int, capture::Page> waiting_; // read, but an earlier page is not there yet
    std::set<int> skipped_;
    int deaths_ = 0;
    std::optional<Error> error_;
};

} // namespace app
