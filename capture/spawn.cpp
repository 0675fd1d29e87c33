#include "capture/spawn.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <unistd.h>

namespace capture {
namespace {

/// posix_spawn's two lists, freed whatever happens.
class Actions {
public:
    Actions()
    {
        posix_spawn_file_actions_init(&actions_);
        posix_spawnattr_init(&attributes_);
    }
    ~Actions()
    {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
        for (const int fd : held_) close(fd);
    }
    Actions(const Actions&) = delete;
    Actions& operator=(const Actions&) = delete;

    bool describe(const SpawnOptions& options)
    {
        const std::string folder = options.folder.empty() ? "/" : options.folder.string();
        posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
        for (int fd = 0; fd < 3; ++fd) {
            posix_spawn_file_actions_addopen(&actions_, fd, "/dev/null", O_RDWR, 0);
        }
        int above = 3;
        for (const auto& [ours, theirs] : options.inherit) above = std::max(above, theirs + 1);
        for (const auto& [ours, theirs] : options.inherit) {
            // Ours might be the number that another one is to get: all are moved out of the way
            // first.
            const int moved = fcntl(ours, F_DUPFD_CLOEXEC, above);
            if (moved < 0) return false;
            held_.push_back(moved);
            posix_spawn_file_actions_adddup2(&actions_, moved, theirs);
        }
        posix_spawn_file_actions_addclosefrom_np(&actions_, above);

        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(
            &attributes_,
            POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
        return true;
    }
    const posix_spawn_file_actions_t* actions() const { return &actions_; }
    const posix_spawnattr_t* attributes() const { return &attributes_; }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
    std::vector<int> held_;
};

std::vector<char*> pointers(std::vector<std::string>& strings)
{
    std::vector<char*> out;
    out.reserve(strings.size() + 1);
    for (std::string& s : strings) out.push_back(s.data());
    out.push_back(nullptr);
    return out;
}

} // namespace

Result<pid_t> spawn(const std::filesystem::path& program, const SpawnOptions& options)
{
    std::vector<std::string> arguments = options.arguments;
    std::vector<std::string> environment = options.environment;
    Actions actions;
    pid_t pid = -1;
    int error = EMFILE;
    if (actions.describe(options)) {
        error = posix_spawn(
            &pid,
            program.c_str(),
            actions.actions(),
            actions.attributes(),
            pointers(arguments).data(),
            pointers(environment).data());
    }
    if (error == 0) return pid;
    if (error == ENOENT || error == EACCES) {
        return fail(
            ErrorCode::MissingTool,
            fmt::format("{} cannot be started: {}.", program.string(), std::strerror(error)),
            "Percept's programs belong together in one folder; install it again.");
    }
    return fail(
        ErrorCode::OutOfMemory,
        fmt::format("{} cannot be started: {}.", program.string(), std::strerror(error)),
        "Close other programs and try again.");
}

std::vector<std::string> reader_environment()
{
    // Tesseract's threads make a page ten times slower: they wait for one another.
    std::vector<std::string> out =
        {"LC_ALL=C.UTF-8", "HOME=/nonexistent", "TZ=UTC", "OMP_THREAD_LIMIT=1"};
    if (const char* tessdata = std::getenv("TESSDATA_PREFIX")) {
        out.push_back(fmt::format("TESSDATA_PREFIX={}", tessdata));
    }
    return out;
}

std::filesystem::path own_folder()
{
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
}

} // namespace capture
