#pragma once

#include "app/result.h"

#include <filesystem>
#include <string_view>

namespace app {

/// The rotating log of one program: `<folder>/<program>.log`, 2 MB, three old ones. It holds what
/// happened and how it ended (ids, kinds, counts, durations, error codes), never names, words or
/// pictures of the user's files: a log is sent to others when something fails. Safe from any
/// thread. Does nothing until opened; a folder that cannot be written to is not an error of the job
/// that wants to log.
class Log {
public:
    static Log& instance();
    void open(const std::filesystem::path& folder, std::string_view program);
    void info(std::string_view line);
    void error(std::string_view line);
    /// "ingest: failed: ReaderDied"; the message may hold a path and stays out.
    void failed(std::string_view job, const Error& error);
};

} // namespace app
