#include "app/answer/page_lines.h"
#include "app/answer/sentence_ends.h"
#include "app/answer/sentences.h"
#include "app/answer/text.h"

#include <algorithm>
#include <cmath>

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

/// Whether a title may stand above these lines: running text, not the next cell of a table.
bool can_stand_below_title(
    std::string_view text,
    const std::vector<PageLine>& lines,
    const Block& block)
{
    const auto body =
        text.substr(lines[block.first].begin, lines[block.last - 1].end - lines[block.first].begin);
    constexpr std::size_t kRunning = 60; // bytes
    return body.size() >= kRunning ||
           std::string_view(".:?!").find(body.back()) != std::string_view::npos ||
           starts_item(body);
}

bool has_letters(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        if (is_letter(next_code_point(text, at))) return true;
    }
    return false;
}

/// How many lines from `first` are a title because they are set larger than the text, 0 if none.
std::size_t larger_lines(
    std::string_view text,
    const std::vector<PageLine>& lines,
    const Block& block,
    std::size_t first)
{
    constexpr float kAlike = 0.03F;
    constexpr std::size_t kMostLines = 4;
    constexpr std::ptrdiff_t kMostWords = 25;
    const float size = lines[first].size;
    if (size < kLarger) return 0;
    auto end = first + 1;
    while (end < block.last && std::abs(lines[end].size - size) <= kAlike * size &&
           !is_section_number(view(text, lines[end]).substr(0, view(text, lines[end]).find(' '))))
        ++end;
    const auto title = text.substr(lines[first].begin, lines[end - 1].end - lines[first].begin);
    const bool fits = end - first <= kMostLines && has_letters(title) &&
                      std::count(title.begin(), title.end(), ' ') < kMostWords &&
                      std::string_view(".,;").find(title.back()) == std::string_view::npos;
    return fits ? end - first : 0;
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

std::size_t heading_lines(
    std::string_view text,
    const std::vector<PageLine>& lines,
    const Block& block,
    const Block* next,
    std::size_t first,
    int widest,
    const PageLooks& looks)
{
    if (const auto larger = larger_lines(text, lines, block, first); larger > 0) return larger;
    constexpr std::size_t kMostLines = 4;
    const auto line = view(text, lines[first]);
    const bool numbered = line.find('.') != std::string_view::npos &&
                          is_section_number(line.substr(0, line.find(' ')));
    const bool as_text = lines[first].size > 0 && looks.titles_are_larger && !numbered;
    const bool comment = line.starts_with('#') && !looks.titles_have_hashes;
    if (lines[first].cells || as_text || comment) return 0;
    if (first != block.first && !numbered) return 0;
    const auto most = std::min(block.last, first + kMostLines);
    for (auto end = first + 1; end <= most; ++end) {
        const auto flat = readable(
            text.substr(lines[first].begin, lines[end - 1].end - lines[first].begin),
            text);
        if (flat.ends_with('?') && looks_like_heading(flat)) {
            return numbered || sentence_ends(flat, 0, flat.size(), "en").size() == 1 ? end - first
                                                                                     : 0;
        }
        if (end == block.last || !is_full(text, lines[end - 1], lines[end], widest)) break;
    }
    if (!looks_like_heading(readable(line, text))) return 0;
    if (numbered || line.starts_with("Chapter ") || line.starts_with('#')) return 1;
    if (block.last == block.first + 1)
        return next != nullptr && can_stand_below_title(text, lines, *next) ? 1 : 0;
    // A short line above a paragraph that starts anew.
    const Block rest{first + 1, block.last};
    auto at = lines[first + 1].begin;
    constexpr double kShort = 0.6;
    return lines[first].length < kShort * widest && is_upper(next_code_point(text, at)) &&
                   lines[first + 1].length > kShort * widest &&
                   can_stand_below_title(text, lines, rest)
               ? 1
               : 0;
}

} // namespace app::answer
