#pragma once

#include "app/result.h"

#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Handing a job to the program that writes to the library, since only one may.
///
/// The running program listens on the Unix socket `percept.sock` in the data folder (mode 0600;
/// both ends ask the kernel who the other is and speak only to the same user). A frame is its
/// length, 4 bytes little endian, then that many bytes of JSON, at most kMaxFrameBytes. One
/// connection is one job:
///
// clang-format off
///     command             running program
///     {"job": {...}}   ->                          once, within kFirstFrameLimit_s
///     {"cancel": true} ->                          any time; so is closing the connection
///                      <- {"refused": "why"}       instead of everything below
///                      <- {"progress": "line"}     as often as wanted; {"progress": null} ends the line
///                      <- {"error": "text"}        for standard error
///                      <- {"output": "text"}       for standard output, in pieces, once the job is done
///                      <- {"done": 0}              last: the exit status
///                      <- {"handed_back": true}    last: the program ends; the job is the command's again,
///                                                  and nothing of it was printed
// clang-format on
///
/// A connection that ends without a last frame means the same as handed_back. The job is the words
/// of the command line: whatever percept-cli can do, the running program can do for it, and a new
/// command needs nothing here.
namespace app::handover {

inline constexpr const char* kSocketName = "percept.sock";
inline constexpr int kVersion = 1;
inline constexpr std::size_t kMaxFrameBytes = std::size_t{1} << 20;
inline constexpr int kFirstFrameLimit_s = 5;
inline constexpr int kMaxJobs = 16; // at once; one more is refused

using Json = nlohmann::json;

struct Job {
    std::vector<std::string> words; // of the command line, without the program's name
    std::filesystem::path folder;   // in which relative paths are meant
    std::filesystem::path models;   // the running program's must be the same
    std::string input;              // first line of standard input, where the command reads one
    bool terminal = false;          // progress as a bar
};
Json to_json(const Job& job);
/// What came over the socket is not trusted to be a job. Errors: BadUsage.
Result<Job> parse_job(const Json& document);

/// Where the words of a job go: to the terminal, or through a socket to another one's. Safe from
/// any thread.
class Outlet {
public:
    virtual ~Outlet() = default;
    virtual void output(std::string_view text) = 0; // standard output
    virtual void error(std::string_view text) = 0;  // standard error, whole lines
    /// A line that the next one replaces; a hint, so it may be left out.
    virtual void progress(std::string_view line) = 0;
    virtual void end_progress() = 0;
    virtual bool terminal() const = 0;
};

} // namespace app::handover
