#include "capture/reader/frame_lines.h"

#include <algorithm>
#include <cmath>

namespace capture::reader {
namespace {

constexpr double kMustBeSeen = 0.9; // of a line's rows; an accent may be under the pointer
constexpr double kDoubtful = 0.3;   // blank rows alone may make as much

void move_down(FrameLine& line, int rows, int height_px)
{
    const float by = static_cast<float>(rows) / static_cast<float>(height_px);
    for (Word& word : line.words) {
        word.box.y0 = std::clamp(word.box.y0 + by, 0.0f, 1.0f);
        word.box.y1 = std::clamp(word.box.y1 + by, 0.0f, 1.0f);
    }
}

} // namespace

std::vector<FrameLine>
split_lines(const std::string& text, const std::vector<Word>& words, RowBand band, int height_px)
{
    const float part = static_cast<float>(band.height()) / static_cast<float>(height_px);
    const float top = static_cast<float>(band.begin) / static_cast<float>(height_px);
    std::vector<FrameLine> out;
    std::size_t line_begin = 0;
    auto word = words.begin();
    bool new_paragraph = true;
    while (line_begin < text.size()) {
        const std::size_t line_end = std::min(text.find('\n', line_begin), text.size());
        FrameLine line;
        line.text = text.substr(line_begin, line_end - line_begin);
        line.new_paragraph = new_paragraph;
        for (; word != words.end() && word->end <= line_end; ++word) {
            Word moved = *word;
            moved.begin -= static_cast<std::uint32_t>(line_begin);
            moved.end -= static_cast<std::uint32_t>(line_begin);
            moved.box.y0 = std::clamp(top + moved.box.y0 * part, 0.0f, 1.0f);
            moved.box.y1 = std::clamp(top + moved.box.y1 * part, 0.0f, 1.0f);
            line.words.push_back(moved);
        }
        new_paragraph = line.words.empty();
        if (!line.words.empty()) out.push_back(std::move(line));
        line_begin = line_end + 1;
    }
    return out;
}

RowBand rows_of(const FrameLine& line, int height_px)
{
    float top = 1;
    float bottom = 0;
    for (const Word& word : line.words) {
        top = std::min(top, word.box.y0);
        bottom = std::max(bottom, word.box.y1);
    }
    const auto height = static_cast<float>(height_px);
    const int begin = std::clamp(static_cast<int>(top * height), 0, height_px - 1);
    const int end = static_cast<int>(std::ceil(bottom * height));
    return {begin, std::clamp(end, begin + 1, height_px)};
}

SeenLines still_seen(const std::vector<FrameLine>& lines, const FrameChange& change, int height_px)
{
    // Which part of the rows, moved down by `by`, the new picture shows.
    const auto part_seen = [&](const std::vector<char>& seen, RowBand rows, int by) {
        int count = 0;
        for (int y = rows.begin + by; y < rows.end + by; ++y) {
            if (y >= 0 && y < height_px) count += seen[static_cast<std::size_t>(y)];
        }
        return static_cast<double>(count) / rows.height();
    };
    SeenLines out;
    for (const FrameLine& line : lines) {
        const RowBand rows = rows_of(line, height_px);
        const double stayed = part_seen(change.in_place, rows, 0);
        const double moved = change.shift == 0 ? 0 : part_seen(change.shifted, rows, change.shift);
        if (std::max(stayed, moved) >= kMustBeSeen) {
            out.kept.push_back(line);
            if (stayed < moved) move_down(out.kept.back(), change.shift, height_px);
        } else if (std::max(stayed, moved) >= kDoubtful) {
            const int by = stayed < moved ? change.shift : 0;
            out.doubtful.push_back(
                {std::max(0, rows.begin + by), std::min(height_px, rows.end + by)});
        }
    }
    return out;
}

void insert_lines(
    std::vector<FrameLine>& lines,
    std::vector<FrameLine> fresh,
    RowBand band,
    int height_px)
{
    const auto below = std::find_if(lines.begin(), lines.end(), [&](const FrameLine& line) {
        return rows_of(line, height_px).begin >= band.end;
    });
    if (!fresh.empty() && below != lines.begin()) {
        const RowBand above = rows_of(*std::prev(below), height_px);
        const int gap = rows_of(fresh.front(), height_px).begin - above.end;
        fresh.front().new_paragraph = gap > above.height() || gap < -2 * above.height();
    }
    lines.insert(
        below,
        std::make_move_iterator(fresh.begin()),
        std::make_move_iterator(fresh.end()));
}

void join_lines(const std::vector<FrameLine>& lines, std::string& text, std::vector<Word>& words)
{
    text.clear();
    words.clear();
    for (const FrameLine& line : lines) {
        if (line.new_paragraph && !text.empty()) text += '\n';
        const auto begin = static_cast<std::uint32_t>(text.size());
        text += line.text;
        text += '\n';
        for (Word word : line.words) {
            word.begin += begin;
            word.end += begin;
            words.push_back(word);
        }
    }
}

} // namespace capture::reader
