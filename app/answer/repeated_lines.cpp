#include "app/answer/sentences.h"

#include <algorithm>
#include <cctype>
#include <functional>

namespace app::answer {

namespace {

std::size_t line_key(std::string_view line)
{
    std::string key;
    for (const char c : line) {
        const auto u = static_cast<unsigned char>(c);
        if (u > ' ' && !std::isdigit(u)) key += c;
    }
    // A bare page number has nothing else, and still is the same line on every page.
    return std::hash<std::string>{}(key);
}

bool has_cells(const PageLooks& looks, std::size_t begin)
{
    const auto look = std::find_if(looks.lines.begin(), looks.lines.end(), [&](const auto& line) {
        return line.begin == begin;
    });
    return look != looks.lines.end() && look->cells;
}

/// "Chapter 1: Introduction 4", "Manual 3 / 123", "USD:31-2 Star Trek" on pages 4, 3 and 2.
bool begins_or_ends_with_number(std::string_view line, std::string_view label)
{
    if (label.empty()) return false;
    line = line.substr(0, line.find(" / "));
    const auto first = line.substr(0, line.find(' '));
    const auto last = line.substr(line.rfind(' ') + 1);
    const auto is_number = [&](std::string_view word) {
        if (!word.ends_with(label)) return false;
        word.remove_suffix(label.size());
        return word.empty() || !std::isalnum(static_cast<unsigned char>(word.back()));
    };
    return is_number(first) || is_number(last);
}

} // namespace

std::vector<std::uint32_t>
RepeatedLines::see(std::string_view page_text, std::string_view label, const PageLooks& looks)
{
    constexpr std::size_t kEdge = 3;    // lines at the top and at the foot
    constexpr int kNear = 6;            // pages
    constexpr double kShare = 0.30;     // of all pages so far
    constexpr int kFewest = 3;          // pages that must have had it for the share to count
    constexpr std::size_t kMost = 4096; // different edge lines remembered

    struct Edge {
        std::size_t begin;
        std::string_view line;
    };
    std::vector<Edge> lines;
    for (std::size_t at = 0; at < page_text.size();) {
        auto end = page_text.find_first_of("\n\f", at);
        if (end == std::string_view::npos) end = page_text.size();
        const auto line = page_text.substr(at, end - at);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) lines.push_back({at, line});
        at = end + 1;
    }
    if (lines.size() > 2 * kEdge) {
        lines.erase(
            lines.begin() + static_cast<std::ptrdiff_t>(kEdge),
            lines.end() - static_cast<std::ptrdiff_t>(kEdge));
    }

    ++page_;
    std::vector<std::uint32_t> repeated;
    for (const auto& edge : lines) {
        const auto key = line_key(edge.line);
        auto seen =
            std::find_if(seen_.begin(), seen_.end(), [&](const Seen& s) { return s.key == key; });
        if (seen == seen_.end()) {
            if (seen_.size() >= kMost) seen_.erase(seen_.begin());
            seen_.push_back({key, 0, {-100, -100, -100}});
            seen = seen_.end() - 1;
        }
        const auto earlier = seen->last[0] == page_ ? 1 : 0; // the line may stand twice on a page
        const bool near = page_ - seen->last[earlier + 1] <= kNear;
        if (earlier == 0) {
            ++seen->pages;
            seen->last[2] = seen->last[1];
            seen->last[1] = seen->last[0];
            seen->last[0] = page_;
        }
        const bool often = seen->pages >= kFewest && seen->pages >= kShare * page_;
        const bool outermost = &edge == &lines.front() || &edge == &lines.back();
        const bool numbered = outermost && has_cells(looks, edge.begin) &&
                              begins_or_ends_with_number(edge.line, label);
        if (near || often || numbered) repeated.push_back(static_cast<std::uint32_t>(edge.begin));
    }
    return repeated;
}

} // namespace app::answer
