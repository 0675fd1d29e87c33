#include "capture/reader/fence.h"

#include "capture/reader/protocol.h"
#include "capture/reader/sandbox.h"

#include <csignal>
#include <filesystem>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace capture::reader {
namespace {

constexpr int kCannotStart = 125;
constexpr int kFenceFailed = 126;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kLimitsAddressSpace = false;
#else
constexpr bool kLimitsAddressSpace = true;
#endif

bool set_limit(__rlimit_resource resource, rlim_t value)
{
    const rlimit limit{value, value};
    return setrlimit(resource, &limit) == 0;
}

bool limit_office()
{
    struct sysinfo info {};
    sysinfo(&info);
    // Tasks are counted per user, so what already runs is added.
    bool good = set_limit(RLIMIT_NPROC, info.procs + 64u) && set_limit(RLIMIT_CPU, 300) &&
                set_limit(RLIMIT_FSIZE, 1u << 30) && set_limit(RLIMIT_NOFILE, 512) &&
                set_limit(RLIMIT_CORE, 0);
    if (kLimitsAddressSpace) good = good && set_limit(RLIMIT_AS, 6ull << 30);
    return good;
}

PathRules rules_for(const std::filesystem::path& folder, const std::filesystem::path& program)
{
    PathRules rules;
    // Its own programs and the loader. It likes to ask gpg and a shell about keys and paper: not
    // here.
    rules.execute = {
        program.parent_path(),
        "/lib64/ld-linux-x86-64.so.2",
        "/lib/ld-linux-aarch64.so.1"};
    rules.read = {
        "/usr",
        "/lib",
        "/lib64",
        "/etc/fonts",
        "/etc/libreoffice",
        "/etc/ld.so.cache",
        "/etc/ld.so.conf",
        "/etc/ld.so.conf.d",
        "/etc/localtime",
        "/var/cache/fontconfig",
        "/var/lib/libreoffice",
        "/var/spool/libreoffice",
        "/proc/cpuinfo",
        "/proc/meminfo",
        "/sys/devices/system/cpu",
        "/dev/urandom",
        "/dev/random",
        "/dev/zero"};
    rules.read_write = {folder, "/dev/null"};
    return rules;
}

} // namespace

int run_fenced(int argc, char** argv)
{
    if (argc < 2) return kFenceFailed;
    const std::filesystem::path folder = argv[0];
    const std::filesystem::path program = argv[1];
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    const bool fenced =
        limit_office() && limit_paths(rules_for(folder, program)) && limit_system_calls_of_office();
    if (!fenced) return kFenceFailed;

    const pid_t child = fork();
    if (child < 0) return kCannotStart;
    if (child == 0) {
        close(kChannelFd);
        execv(argv[1], argv + 1);
        _exit(kCannotStart);
    }
    std::thread([] {
        pollfd channel{kChannelFd, POLLRDHUP, 0};
        while (poll(&channel, 1, -1) < 0) {
        }
        kill(0, SIGKILL);
    }).detach();
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
    }
    // As shells do: 128 and the signal.
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

} // namespace capture::reader
