#include "app/answer/page_lines.h"

#include "app/answer/text.h"

#include <algorithm>
#include <cctype>

namespace app::answer {

namespace {

int code_points(std::string_view s)
{
    return static_cast<int>(std::count_if(s.begin(), s.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

/// Four or more dots that only lead the eye: "1.2 Running it . . . . . . 14".
bool is_contents_line(std::string_view line)
{
    int dots = 0;
    for (const char c : line) {
        if (c == '.') {
            if (++dots >= 4) return true;
        } else if (c != ' ') {
            dots = 0;
        }
    }
    return line.find("………") != std::string_view::npos;
}

/// A row of a table that is set with spaces; the gap behind a leading number is that of a title.
bool has_wide_gap(std::string_view line)
{
    const bool numbered = !line.empty() && std::isdigit(static_cast<unsigned char>(line.front()));
    const auto from = numbered ? line.find_first_not_of(' ', line.find(' ')) : 0;
    return from < line.size() && line.find("   ", from) != std::string_view::npos;
}

bool ends_in_number(std::string_view line)
{
    return !line.empty() && std::isdigit(static_cast<unsigned char>(line.back()));
}

std::size_t first_word_length(std::string_view line)
{
    const auto end = line.find(' ');
    return static_cast<std::size_t>(code_points(line.substr(0, end)));
}

} // namespace

std::string_view view(std::string_view text, const PageLine& line)
{
    return text.substr(line.begin, line.end - line.begin);
}

std::vector<PageLine> lines_of(
    std::string_view text,
    const std::vector<std::uint32_t>& dropped,
    const std::vector<LineLook>& looks)
{
    std::vector<PageLine> lines;
    auto look = looks.begin();
    int leaders = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto end = text.find_first_of("\n\f", at);
        if (end == std::string_view::npos) end = text.size();
        PageLine line;
        line.begin = at;
        line.end = end;
        while (look != looks.end() && look->begin < at) ++look;
        if (look != looks.end() && look->begin == at) {
            line.size = look->size;
            line.cells = look->cells;
        }
        while (line.end > line.begin && static_cast<unsigned char>(text[line.end - 1]) <= ' ')
            --line.end;
        while (line.begin < line.end && static_cast<unsigned char>(text[line.begin]) <= ' ')
            ++line.begin;
        if (line.size == 0) line.cells = has_wide_gap(view(text, line));
        const bool is_contents = is_contents_line(view(text, line));
        leaders += is_contents ? 1 : 0;
        const bool is_dropped =
            std::binary_search(dropped.begin(), dropped.end(), static_cast<std::uint32_t>(at)) ||
            is_contents;
        line.blank = line.begin == line.end || is_dropped;
        line.length = code_points(view(text, line));
        lines.push_back(line);
        at = end + 1;
    }
    // Chapters in a table of contents have no leaders, but their page number.
    constexpr int kTable = 3; // lines with leaders on a page
    if (leaders >= kTable) {
        for (auto& line : lines) line.blank |= line.cells && ends_in_number(view(text, line));
    }
    return lines;
}

std::vector<Block> blocks_of(const std::vector<PageLine>& lines)
{
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < lines.size();) {
        if (lines[i].blank) {
            ++i;
            continue;
        }
        Block block{i, i};
        while (block.last < lines.size() && !lines[block.last].blank) ++block.last;
        blocks.push_back(block);
        i = block.last;
    }
    return blocks;
}

bool starts_item(std::string_view line)
{
    for (const std::string_view mark : {"• ", "– ", "- ", "* ", "◦ ", "▪ ", "· ", "+ ", "‣ "}) {
        if (line.starts_with(mark)) return true;
    }
    // "1. ", "2) ", "(a) "
    std::size_t at = line.starts_with('(') ? 1 : 0;
    const auto first = at;
    while (at < line.size() && at - first < 3 && std::isdigit(static_cast<unsigned char>(line[at])))
        ++at;
    if (at == first && at < line.size() && std::islower(static_cast<unsigned char>(line[at]))) ++at;
    return at > first && at + 1 < line.size() && (line[at] == '.' || line[at] == ')') &&
           line[at + 1] == ' ';
}

bool is_section_number(std::string_view line)
{
    if (line.empty() || line.size() > 12) return false;
    const bool numeric = std::all_of(line.begin(), line.end(), [](char c) {
        return std::isdigit(static_cast<unsigned char>(c)) || c == '.';
    });
    return numeric && std::isdigit(static_cast<unsigned char>(line.front()));
}

int full_width(const std::vector<PageLine>& lines, const Block& block)
{
    constexpr double kDouble = 1.6; // of the median
    std::vector<int> lengths;
    for (auto i = block.first; i < block.last; ++i) lengths.push_back(lines[i].length);
    std::sort(lengths.begin(), lengths.end());
    const int median = lengths[lengths.size() / 2];
    int width = median;
    for (const int length : lengths) {
        if (length <= kDouble * median) width = length;
    }
    return width;
}

bool is_full(std::string_view text, const PageLine& line, const PageLine& next, int widest)
{
    constexpr double kSlack = 0.86; // fonts are proportional
    return line.length + 1 + static_cast<int>(first_word_length(view(text, next))) >=
           kSlack * widest;
}

bool only_space_between(
    std::string_view text,
    const std::vector<PageLine>& lines,
    const Block& above,
    const Block& below)
{
    const auto from = lines[above.last - 1].end;
    return text.substr(from, lines[below.first].begin - from).find_first_not_of(" \t\r\n\f") ==
           std::string_view::npos;
}

} // namespace app::answer
