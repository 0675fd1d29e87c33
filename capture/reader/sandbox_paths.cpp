#include "capture/reader/sandbox.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Source: Linux Documentation/userspace-api/landlock.rst. Debian 12's header ends at ABI 2, so the
// newer rights are written out; a kernel that lacks one is asked for less.
namespace capture::reader {
namespace {

constexpr std::uint64_t kTruncate = 1ull << 14;    // ABI 3
constexpr std::uint64_t kIoctlDevice = 1ull << 15; // ABI 5
constexpr std::uint64_t kAllTcp = 3;               // ABI 4: bind, connect
constexpr std::uint64_t kAllScopes = 3;            // ABI 6: abstract sockets, signals

constexpr std::uint64_t kFileRights = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
                                      LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate;
constexpr std::uint64_t kReadRights = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

/// As the kernel reads it, by size; every ABI knows a prefix.
struct RulesetAttributes {
    std::uint64_t files = 0;
    std::uint64_t tcp = 0;
    std::uint64_t scopes = 0;
};

std::uint64_t file_rights(long abi)
{
    std::uint64_t rights = (1ull << 13) - 1; // ABI 1: execute .. make_sym
    if (abi >= 2) rights |= LANDLOCK_ACCESS_FS_REFER;
    if (abi >= 3) rights |= kTruncate;
    if (abi >= 5) rights |= kIoctlDevice;
    return rights;
}

class Ruleset {
public:
    explicit Ruleset(long abi) : handled_(file_rights(abi))
    {
        RulesetAttributes attributes{handled_, 0, 0};
        std::size_t size = sizeof(attributes.files);
        if (abi >= 4) {
            attributes.tcp = kAllTcp;
            size += sizeof(attributes.tcp);
        }
        if (abi >= 6) {
            attributes.scopes = kAllScopes;
            size += sizeof(attributes.scopes);
        }
        fd_ = static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, size, 0));
    }
    ~Ruleset()
    {
        if (fd_ >= 0) close(fd_);
    }
    Ruleset(const Ruleset&) = delete;
    Ruleset& operator=(const Ruleset&) = delete;

    bool ok() const { return fd_ >= 0; }
    bool allow(const std::filesystem::path& path, std::uint64_t rights)
    {
        const int at = open(path.c_str(), O_PATH | O_CLOEXEC);
        if (at < 0) return true; // not on this machine: nothing to allow
        struct stat status {};
        if (fstat(at, &status) == 0 && !S_ISDIR(status.st_mode)) rights &= kFileRights;
        const landlock_path_beneath_attr beneath{rights & handled_, at};
        const bool added =
            syscall(SYS_landlock_add_rule, fd_, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;
        close(at);
        return added;
    }
    bool enter() const { return syscall(SYS_landlock_restrict_self, fd_, 0) == 0; }

private:
    std::uint64_t handled_;
    int fd_ = -1;
};

} // namespace

Result<std::string> limit_paths(const PathRules& rules)
{
    const auto failed = [](const char* step) {
        return fail(
            ErrorCode::Internal,
            fmt::format("The sandbox cannot be entered: {}: {}.", step, std::strerror(errno)));
    };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("no_new_privs");
    const long abi =
        syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1) {
        return std::string("This kernel has no Landlock: the reader is held by its list of system "
                           "calls alone and could open files that the user may read.");
    }
    Ruleset ruleset(abi);
    if (!ruleset.ok()) return failed("Landlock rules");
    bool good = true;
    for (const auto& path : rules.read) good = good && ruleset.allow(path, kReadRights);
    for (const auto& path : rules.execute) {
        good = good && ruleset.allow(path, kReadRights | LANDLOCK_ACCESS_FS_EXECUTE);
    }
    for (const auto& path : rules.read_write) {
        good = good && ruleset.allow(path, ~std::uint64_t{LANDLOCK_ACCESS_FS_EXECUTE});
    }
    if (!good || !ruleset.enter()) return failed("Landlock");
    return std::string();
}

} // namespace capture::reader
