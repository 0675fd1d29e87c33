#pragma once

#include "app/handover/protocol.h"
#include "app/result.h"

#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace app::cli {

/// One JSON document with its keys in the order in which the contract names them.
using Json = nlohmann::ordered_json;

inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kBadUsage = 2;
inline constexpr int kInterrupted = 130;

/// Standard output and standard error of this program. Progress is rewritten on a terminal, else
/// printed when it says something new and at most every two seconds.
class StandardOutlet final : public handover::Outlet {
public:
    StandardOutlet();
    void output(std::string_view text) override;
    void error(std::string_view text) override;
    void progress(std::string_view line) override;
    void end_progress() override;
    bool terminal() const override { return terminal_; }

private:
    void clear_line();

    std::mutex mutex_; // guards the line of progress
    bool terminal_;
    bool line_open_ = false;
    std::string last_line_;
    double last_printed_s_ = -1e9;
};

/// Results on standard output, everything else on standard error. With `json` the result is one
/// JSON document; with `quiet` there is no progress and no warning, but errors are still said.
class Console {
public:
    Console(bool json, bool quiet, handover::Outlet& outlet);

    bool json() const { return json_; }
    bool quiet() const { return quiet_; }

    /// The result for people; one that ends without a line end gets one.
    void print(std::string_view text) const;
    void print_json(const Json& document) const;
    void warn(std::string_view sentence);
    /// A line about the work that stays, unlike progress().
    void note(std::string_view line);
    /// Says the error in the form of the contract and returns the exit status for it.
    int fail(const Error& error);

    /// A line that shows how far the work is; the next one replaces it.
    void progress(std::string_view line);
    /// A bar with 20 cells for `done` of `total`, e.g. "[#####.....]"; empty where there is no
    /// terminal.
    std::string bar(double done, double total) const;
    void end_progress();
    handover::Outlet& outlet() { return outlet_; }

private:
    bool json_;
    bool quiet_;
    handover::Outlet& outlet_;
};

/// 2 for BadUsage, 130 for Cancelled, else 1.
int exit_status(const Error& error);

/// "7,8" as {"7", "8"}; empty parts are left out.
std::vector<std::string> split_list(std::string_view words);

/// Columns padded to their widest cell, two spaces apart; the last one is not padded.
std::string table(const std::vector<std::vector<std::string>>& rows);

} // namespace app::cli
