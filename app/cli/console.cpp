#include "app/cli/console.h"

#include "app/text.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

namespace app::cli {
namespace {

constexpr int kBarCells = 20;
constexpr double kLineEveryS = 2;

double now_s()
{
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double>(since).count();
}

void put(std::FILE* file, std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), file);
    std::fflush(file);
}

std::size_t terminal_columns()
{
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

/// Code points, which is near enough to columns for padding.
std::size_t width(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

} // namespace

StandardOutlet::StandardOutlet() : terminal_(::isatty(STDERR_FILENO) == 1)
{
}

void StandardOutlet::output(std::string_view text)
{
    put(stdout, text);
}

void StandardOutlet::error(std::string_view text)
{
    const std::lock_guard lock{mutex_};
    clear_line();
    put(stderr, text);
}

void StandardOutlet::progress(std::string_view line)
{
    const std::lock_guard lock{mutex_};
    if (line == last_line_) return;
    if (terminal_) {
        put(stderr, "\r\x1b[K" + shortened(line, terminal_columns() - 4));
        line_open_ = true;
        last_line_ = line;
        return;
    }
    const double now = now_s();
    if (now - last_printed_s_ < kLineEveryS) return;
    last_printed_s_ = now;
    last_line_ = line;
    put(stderr, std::string{line} + "\n");
}

void StandardOutlet::end_progress()
{
    const std::lock_guard lock{mutex_};
    clear_line();
}

void StandardOutlet::clear_line()
{
    if (line_open_) put(stderr, "\r\x1b[K");
    line_open_ = false;
    last_line_.clear();
}

Console::Console(bool json, bool quiet, handover::Outlet& outlet)
    : json_(json), quiet_(quiet), outlet_(outlet)
{
}

void Console::print(std::string_view text) const
{
    outlet_.output(text.ends_with('\n') ? std::string{text} : std::string{text} + "\n");
}

void Console::print_json(const Json& document) const
{
    print(document.dump(2, ' ', false, Json::error_handler_t::replace));
}

void Console::warn(std::string_view sentence)
{
    if (!quiet_) outlet_.error("percept-cli: " + std::string{sentence} + "\n");
}

void Console::note(std::string_view line)
{
    if (!quiet_) outlet_.error(std::string{line} + "\n");
}

int Console::fail(const Error& error)
{
    const std::string hint = error.hint.empty() ? "" : " " + error.hint;
    outlet_.error("percept-cli: " + clean_utf8(error.message) + clean_utf8(hint) + "\n");
    if (json_) {
        print_json(Json{
            {"error",
             {{"code", base::name(error.code)},
              {"message", clean_utf8(error.message)},
              {"hint", error.hint.empty() ? Json(nullptr) : Json(clean_utf8(error.hint))}}}});
    }
    return exit_status(error);
}

void Console::progress(std::string_view line)
{
    if (!quiet_) outlet_.progress(line);
}

std::string Console::bar(double done, double total) const
{
    if (!outlet_.terminal() || total <= 0) return {};
    const int filled =
        static_cast<int>(std::lround(kBarCells * std::clamp(done / total, 0.0, 1.0)));
    std::string cells = "[";
    cells.append(static_cast<std::size_t>(filled), '#');
    cells.append(static_cast<std::size_t>(kBarCells - filled), '.');
    return cells + "] ";
}

void Console::end_progress()
{
    outlet_.end_progress();
}

int exit_status(const Error& error)
{
    if (error.code == ErrorCode::BadUsage) return kBadUsage;
    if (error.code == ErrorCode::Cancelled) return kInterrupted;
    return kFailed;
}

std::vector<std::string> split_list(std::string_view words)
{
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= words.size();) {
        const std::size_t end = std::min(words.find_first_of(",\n", at), words.size());
        if (end > at) parts.emplace_back(words.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

std::string table(const std::vector<std::vector<std::string>>& rows)
{
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        if (row.size() > widths.size()) widths.resize(row.size(), 0);
        for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width(row[c]));
    }
    std::string out;
    for (const auto& row : rows) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            out += row[c];
            if (c + 1 < row.size()) out.append(widths[c] - width(row[c]) + 2, ' ');
        }
        out += '\n';
    }
    return out;
}

} // namespace app::cli
