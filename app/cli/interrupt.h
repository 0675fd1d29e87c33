#pragma once

#include <functional>
#include <stop_token>
#include <thread>

namespace app::cli {

/// Ctrl+C and SIGTERM: the first asks the job to stop and keep what is done, the second ends the
/// program at once. One object a program. A broken pipe is an error of the write, not the end of
/// the program.
class Interrupt {
public:
    /// `on_first` runs on a thread of its own.
    explicit Interrupt(std::function<void()> on_first);
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    std::stop_token token() const { return stop_.get_token(); }

private:
    std::stop_source stop_;
    std::thread thread_;
};

} // namespace app::cli
