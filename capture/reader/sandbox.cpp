#include "capture/reader/sandbox.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace capture::reader {
namespace {

// The sanitizers reserve terabytes of address space.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kLimitsAddressSpace = false;
#else
constexpr bool kLimitsAddressSpace = true;
#endif

std::uint64_t mapped_bytes()
{
    unsigned long pages = 0;
    if (std::FILE* file = std::fopen("/proc/self/statm", "re")) {
        if (std::fscanf(file, "%lu", &pages) != 1) pages = 0;
        std::fclose(file);
    }
    return std::uint64_t{pages} * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

bool set_limit(__rlimit_resource resource, rlim_t value)
{
    rlimit limit{};
    if (getrlimit(resource, &limit) != 0) return false;
    if (limit.rlim_max != RLIM_INFINITY && value > limit.rlim_max) value = limit.rlim_max;
    limit = {value, value};
    return setrlimit(resource, &limit) == 0;
}

} // namespace

Result<void> limit_resources(const ResourceLimits& limits)
{
    // RLIMIT_NPROC is left alone: it counts all tasks of the user, so any useful value would fail
    // on a busy desktop. seccomp forbids processes instead.
    bool good = set_limit(RLIMIT_NOFILE, static_cast<rlim_t>(limits.open_files)) &&
                set_limit(RLIMIT_FSIZE, 0) && set_limit(RLIMIT_CORE, 0) &&
                set_limit(RLIMIT_MEMLOCK, 0) && set_limit(RLIMIT_MSGQUEUE, 0);
    if (kLimitsAddressSpace) {
        good = good && set_limit(RLIMIT_AS, mapped_bytes() + limits.more_memory_bytes);
    }
    if (good) return {};
    return fail(
        ErrorCode::Internal,
        fmt::format("percept-reader cannot limit its resources: {}.", std::strerror(errno)));
}

void allow_processor_time(int seconds)
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    rlimit limit{};
    getrlimit(RLIMIT_CPU, &limit);
    const auto used = static_cast<rlim_t>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec);
    limit.rlim_cur = std::min<rlim_t>(used + static_cast<rlim_t>(seconds) + 1, limit.rlim_max);
    setrlimit(RLIMIT_CPU, &limit);
}

Result<std::vector<std::string>> enter_reader_sandbox(std::uint64_t more_memory_bytes)
{
    // Another program of the user must not attach to a process that has their file open, nor find
    // it in a core dump.
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    if (auto limited = limit_resources({more_memory_bytes, 64}); !limited) {
        return tl::unexpected(limited.error());
    }
    // Substitute fonts, character maps of CJK fonts that are not embedded, and OCR models. Code is
    // not among them: everything that runs was loaded before.
    PathRules rules;
    rules.read = {
        "/etc/fonts",
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/usr/share/fontconfig",
        "/var/cache/fontconfig",
        "/usr/share/poppler",
        "/usr/share/tesseract-ocr",
        "/usr/share/tessdata"};
    if (const char* tessdata = std::getenv("TESSDATA_PREFIX")) rules.read.emplace_back(tessdata);
    auto warning = limit_paths(rules);
    if (!warning) return tl::unexpected(warning.error());
    if (auto limited = limit_system_calls(); !limited) return tl::unexpected(limited.error());
    std::vector<std::string> warnings;
    if (!warning->empty()) warnings.push_back(*warning);
    return warnings;
}

} // namespace capture::reader
