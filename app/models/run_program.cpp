#include "app/models/run_program.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT(readability-identifier-naming): POSIX

namespace app::models {
namespace {

constexpr int kWaitMs = 100;
constexpr std::size_t kKeptErrorBytes = 8192;

/// The pieces of posix_spawn that must be given back.
struct SpawnSettings {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    SpawnSettings()
    {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
    }
    ~SpawnSettings()
    {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
};

std::vector<std::string>
with_environment(const std::vector<std::pair<std::string, std::string>>& extra)
{
    std::vector<std::string> entries;
    for (char** entry = environ; *entry; ++entry) {
        const std::string_view text = *entry;
        bool replaced = false;
        for (const auto& [name, value] : extra) replaced |= text.substr(0, text.find('=')) == name;
        if (!replaced) entries.emplace_back(text);
    }
    for (const auto& [name, value] : extra) entries.push_back(fmt::format("{}={}", name, value));
    return entries;
}

std::vector<char*> pointers_to(std::vector<std::string>& strings)
{
    std::vector<char*> pointers;
    pointers.reserve(strings.size() + 1);
    for (std::string& text : strings) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

std::string last_line(std::string text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    const auto begin = text.rfind('\n');
    return begin == std::string::npos ? text : text.substr(begin + 1);
}

/// Reads what the program says until it closes its end, which is at its end.
bool collect(int from, const ProgramCall& call, const std::stop_token& stop, std::string& said)
{
    pollfd waiting = {from, POLLIN, 0};
    std::array<char, 4096> block = {};
    for (;;) {
        if (stop.stop_requested()) return false;
        const int ready = ::poll(&waiting, 1, kWaitMs);
        if (call.on_wait) call.on_wait();
        if (ready <= 0) continue;
        const ssize_t n = ::read(from, block.data(), block.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return true;
        said.append(block.data(), static_cast<std::size_t>(n));
        if (said.size() > kKeptErrorBytes) said.erase(0, said.size() - kKeptErrorBytes);
    }
}

} // namespace

Result<ProgramResult> run_program(const ProgramCall& call, const std::stop_token& stop)
{
    std::array<int, 2> ends = {};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return fail(ErrorCode::Unavailable, "No pipe can be made for " + call.words[0] + ".");
    SpawnSettings settings;
    posix_spawn_file_actions_addopen(&settings.actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&settings.actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&settings.actions, ends[1], 2);
    posix_spawnattr_setflags(&settings.attributes, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&settings.attributes, 0);

    std::vector<std::string> words = call.words;
    std::vector<std::string> environment = with_environment(call.environment);
    const auto arguments = pointers_to(words);
    const auto variables = pointers_to(environment);
    pid_t child = 0;
    const int code = ::posix_spawnp(
        &child,
        words[0].c_str(),
        &settings.actions,
        &settings.attributes,
        arguments.data(),
        variables.data());
    ::close(ends[1]);
    if (code != 0) {
        ::close(ends[0]);
        if (code == ENOENT) return ProgramResult{127, words[0] + " is not installed"};
        return fail(ErrorCode::Unavailable, fmt::format("{} cannot be started.", words[0]));
    }
    std::string said;
    const bool ended = collect(ends[0], call, stop, said);
    ::close(ends[0]);
    if (!ended) ::kill(-child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!ended) return fail(ErrorCode::Cancelled, words[0] + " was stopped.");
    const int exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ProgramResult{exit_status, last_line(said)};
}

} // namespace app::models
