#pragma once

#include "capture/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// What a process that reads strangers' bytes gives up before the first of them. Three layers, each
/// of which holds alone: limits of the kernel on resources, Landlock on paths, seccomp on system
/// calls.
namespace capture::reader {

/// Resources from now on. Each is set as a hard limit and cannot be raised again.
struct ResourceLimits {
    std::uint64_t more_memory_bytes = 0; // address space beyond what is mapped now
    int open_files = 64;
};
Result<void> limit_resources(const ResourceLimits& limits);

/// Ends the process by SIGXCPU once it has used `seconds` more of processor time; called again for
/// each page. A reader taken over could call it too: the client's wall time is the bound that it
/// cannot reach.
void allow_processor_time(int seconds);

/// The paths that stay reachable; everything else is refused. Missing paths are left out.
struct PathRules {
    std::vector<std::filesystem::path> read;       // files and folders, with what they hold
    std::vector<std::filesystem::path> execute;    // may also be read
    std::vector<std::filesystem::path> read_write; // folders
};
/// No new privileges, then Landlock with every right that this kernel knows; TCP, abstract sockets
/// and signals to others are refused where it can. Returns a warning where the kernel has no
/// Landlock ("" otherwise).
Result<std::string> limit_paths(const PathRules& rules);

/// The list of system calls for percept-reader: memory, time, threads, reading; files are opened
/// for reading only. No socket, process, signal to others, writing file or executable mapping. exec
/// and ptrace kill (SIGSYS), the rest answers EPERM, so that a library that merely asks goes on.
Result<void> limit_system_calls();
/// Afterwards no thread can be started either: what is known to be no recording needs none.
Result<void> forbid_threads();

/// The list for LibreOffice: everything but networks, tracing, kernel and mount calls, and leaving
/// the process group.
Result<void> limit_system_calls_of_office();

/// All of it for percept-reader. Returns the warnings for FileInfo.
Result<std::vector<std::string>> enter_reader_sandbox(std::uint64_t more_memory_bytes);

} // namespace capture::reader
