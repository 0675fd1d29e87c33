#include "app/answer/sentences.h"
#include "app/answer/text.h"

#include <algorithm>
#include <functional>

namespace app::answer {

namespace {

/// "4.2", "B.1.3", "5." with what follows after a space; the number of its parts, 0 if there is
/// none.
int numbered_parts(std::string_view line)
{
    std::size_t at = 0;
    int parts = 0;
    if (at + 1 < line.size() && line[at] >= 'A' && line[at] <= 'Z' && line[at + 1] == '.') {
        parts = 1;
        at += 2;
    }
    while (at < line.size() && std::isdigit(static_cast<unsigned char>(line[at]))) {
        while (at < line.size() && std::isdigit(static_cast<unsigned char>(line[at]))) ++at;
        ++parts;
        if (at < line.size() && line[at] == '.') ++at;
    }
    return at < line.size() && line[at] == ' ' ? parts : 0;
}

bool has_signs_of_code(std::string_view line)
{
    return line.find_first_of("=$<>|;{}\\`~^") != std::string_view::npos ||
           line.find("--") != std::string_view::npos || line.find(" -") != std::string_view::npos ||
           line.find('/') != std::string_view::npos;
}

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

} // namespace

bool looks_like_heading(std::string_view line)
{
    constexpr std::size_t kLongest = 260;
    if (line.empty() || line.size() > kLongest) return false;
    const auto word_count = static_cast<std::size_t>(std::count(line.begin(), line.end(), ' ')) + 1;
    const bool letters = std::any_of(line.begin(), line.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || std::isalpha(static_cast<unsigned char>(c));
    });
    if (!letters) return false;
    if (line.starts_with('#')) {
        const auto text = line.find_first_not_of('#');
        return text != std::string_view::npos && text <= 6 && line[text] == ' ';
    }
    const auto parts = numbered_parts(line);
    if (line.ends_with('?')) return word_count >= 2 && (word_count <= 25 || parts >= 2);
    const bool open_end = std::string_view(".,;:!").find(line.back()) == std::string_view::npos;
    if (parts >= 2) return word_count <= 16 && open_end;
    if (line.starts_with("Chapter ") || line.starts_with("Appendix ")) return word_count <= 14;
    if (!open_end || word_count > 9 || line.size() > 80 || has_signs_of_code(line)) return false;
    std::size_t at = 0;
    const auto first = next_code_point(line, at);
    if (parts == 1) {
        const auto title = line.find(' ') + 1;
        at = title;
        return is_upper(next_code_point(line, at));
    }
    return is_upper(first);
}

std::vector<std::uint32_t> RepeatedLines::see(std::string_view page_text)
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
        if (near || often) repeated.push_back(static_cast<std::uint32_t>(edge.begin));
    }
    return repeated;
}

} // namespace app::answer
