#pragma once

#include "app/answer/line_looks.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace app::answer {

/// A line of a page, as the splitting into sentences sees it.
struct PageLine {
    std::size_t begin = 0; // bytes in the page's text, without spaces at either end
    std::size_t end = 0;
    int length = 0;     // code points
    bool blank = false; // or left out: a running head, an entry of a table of contents
    float size = 0;     // over running text; 0 where it is unknown
    bool cells = false; // a row of a table
};

/// Lines [first, last) between blank lines.
struct Block {
    std::size_t first = 0;
    std::size_t last = 0;
};

/// `dropped` holds the offsets of lines to leave out, sorted.
std::vector<PageLine> lines_of(
    std::string_view text,
    const std::vector<std::uint32_t>& dropped,
    const std::vector<LineLook>& looks);

std::vector<Block> blocks_of(const std::vector<PageLine>& lines);

std::string_view view(std::string_view text, const PageLine& line);

/// Sentence::size of a heading that is set in this size.
inline float title_size(float size)
{
    return size >= kLarger ? size : 0.0F;
}

/// "• ", "2) ", "(a) ".
bool starts_item(std::string_view line);

/// "5.17", alone.
bool is_section_number(std::string_view line);

/// Characters in a full line of the block: the longest line, not counting those that are as long as
/// two because the text layer joined a hyphenated word at their end.
int full_width(const std::vector<PageLine>& lines, const Block& block);

/// Whether the first word of `next` had no room in `line`, so that the line had to end there.
bool is_full(std::string_view text, const PageLine& line, const PageLine& next, int widest);

/// False where lines between the two are left out.
bool only_space_between(
    std::string_view text,
    const std::vector<PageLine>& lines,
    const Block& above,
    const Block& below);

/// How many lines from `first` of the block make a heading, 0 if none. A line that is set larger
/// than the text is one, a row of a table never; without looks the words tell, and a numbered
/// question may take several lines. `next` is the block below, if any; `widest` that of
/// full_width().
std::size_t heading_lines(
    std::string_view text,
    const std::vector<PageLine>& lines,
    const Block& block,
    const Block* next,
    std::size_t first,
    int widest,
    const PageLooks& looks);

} // namespace app::answer
