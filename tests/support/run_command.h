#pragma once

#include "tests/support/temporary_folder.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace support {

struct CommandResult {
    int status = -1; // exit status, 128 + signal, or -1 where it ran out of time
    std::string out;
    std::string err;
    double elapsed_s = 0;
};

/// A program at work; its output goes to files so that no pipe can fill up.
class Command {
public:
    explicit Command(const std::vector<std::string>& words, const std::string& input = {})
    {
        const auto in_file = folder_.write("in", input);
        pid_ = ::fork();
        if (pid_ != 0) return;
        const auto redirect = [&](const std::string& file, int flags, int to) {
            const int opened = ::open(file.c_str(), flags, 0600);
            ::dup2(opened, to);
        };
        redirect(in_file.string(), O_RDONLY, 0);
        redirect((folder_ / "out").string(), O_CREAT | O_WRONLY, 1);
        redirect((folder_ / "err").string(), O_CREAT | O_WRONLY, 2);
        std::vector<char*> arguments;
        arguments.reserve(words.size() + 1);
        for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;
    ~Command()
    {
        if (running_) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, nullptr, 0);
        }
    }

    void send(int signal) const { ::kill(pid_, signal); }
    pid_t process() const { return pid_; }
    std::string err() const { return read_file(folder_ / "err"); }
    std::string out() const { return read_file(folder_ / "out"); }

    /// Until `seen` says yes, the program ends or the limit passes; true where `seen` did.
    bool wait_for(const std::function<bool()>& seen, double limit_s = 60) const
    {
        while (!seen()) {
            siginfo_t ended{};
            ::waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT);
            if (since_start() > limit_s || ended.si_pid != 0) return seen();
            std::this_thread::yield();
        }
        return true;
    }

    CommandResult wait(double limit_s = 110)
    {
        CommandResult result;
        int status = 0;
        while (::waitpid(pid_, &status, WNOHANG) == 0) {
            if (since_start() > limit_s) return {-1, out(), err(), since_start()};
            ::usleep(2000); // polling a child, not waiting for an event of our own
        }
        running_ = false;
        result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        result.out = out();
        result.err = err();
        result.elapsed_s = since_start();
        return result;
    }

private:
    double since_start() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

    TemporaryFolder folder_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    pid_t pid_ = 0;
    bool running_ = true;
};

inline CommandResult run_command(
    const std::vector<std::string>& words,
    const std::string& input = {},
    double limit_s = 110)
{
    return Command{words, input}.wait(limit_s);
}

inline bool has_program(const std::string& name)
{
    return run_command({"sh", "-c", "command -v " + name}).status == 0;
}

} // namespace support
