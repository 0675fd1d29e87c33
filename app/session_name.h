#pragma once

#include "app/ingest_job.h"
#include "storage/library.h"

#include <mutex>
#include <string>
#include <vector>

namespace app {

/// Keeps the name of a new session right while its files are read: that of the first file that has
/// not failed, or of the first if all have. Once the session has another name, somebody else gave
/// it, and it stays. Safe from any thread.
class SessionName {
public:
    /// `name` is what the session is called; empty: it was not named after a file, nothing is done.
    SessionName(
        storage::Library& library,
        storage::SessionId session,
        std::string name,
        std::vector<std::filesystem::path> files);

    /// File `at` is finished. A name that cannot be kept costs nothing but the name.
    void finished(std::size_t at, const IngestedSource& source);

    /// What a session is called that begins with this file.
    static std::string of(const std::filesystem::path& file);

private:
    storage::Library& library_;
    const storage::SessionId session_;
    const std::vector<std::filesystem::path> files_;
    std::mutex mutex_; // guards what follows
    std::string name_;
    std::vector<bool> failed_;
};

} // namespace app
