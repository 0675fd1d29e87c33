#pragma once

#include "app/ingest_job.h"
#include "app/vector_maker.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace app {

/// How many reader processes may run; two, because a page needs a core and the laptop that we build
/// for has two.
class ReaderSlots {
public:
    explicit ReaderSlots(int count) : free_(count) {}
    /// False when stopped while waiting.
    bool acquire(std::stop_token stop);
    bool try_acquire();
    void release();

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    int free_;
};

/// One file of an ingest, for the parts that read it.
struct IngestFile {
    std::filesystem::path path;
    std::string name;
    std::stop_token stop; // of this file: its own, or that of them all
};

/// Passes progress of several threads to the observer, one call at a time, and estimates the time
/// left.
class IngestReporter {
public:
    explicit IngestReporter(const IngestObserver& observer) : observer_(observer) {}
    /// `began` is when `done` was `done_before`.
    void progress(
        const IngestFile& file,
        IngestPhase phase,
        double done,
        double total,
        std::chrono::steady_clock::time_point began = {},
        double done_before = 0);
    void begun(const IngestFile& file, const storage::Source& source);
    void finished(const IngestedSource& source);
    /// Vectors are reported when nothing else is going on: two things on one line would flicker.
    void indexing(int done, int total);
    void all_read() { reading_ = false; }

private:
    const IngestObserver& observer_;
    std::atomic<bool> reading_{true};
    std::mutex mutex_;
};

/// What the parts of one ingest share. Outlives them all.
struct IngestContext {
    const IngestRequest& request;
    storage::Library& library;
    Engines& engines;
    IngestReporter& reporter;
    VectorMaker& vectors;
    ReaderSlots& slots;
    std::stop_source stop; // the user's stop, or a failure of the library
    storage::SessionId session = 0;

    std::mutex mutex = {};
    std::optional<Error> fatal = {}; // the library refused: nothing more can be stored

    /// Keeps the first error of the library and stops everything.
    void give_up(const Error& error);
};

} // namespace app
