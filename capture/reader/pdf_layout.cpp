#include "capture/reader/pdf_layout.h"

#include "capture/utf8.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace capture::reader {
namespace {

/// A word on its way into the text, in points.
struct Placed {
    double x0 = 0;
    double y0 = 0;
    double x1 = 0;
    double y1 = 0;
    int rotation = 0; // quarter turns of the writing
    bool space_after = true;
    std::string text;

    double height() const { return rotation % 2 == 0 ? y1 - y0 : x1 - x0; }
};
using Line = std::vector<Placed>;

enum class Gap { NewLine, Paragraph };

double overlap(double a0, double a1, double b0, double b1)
{
    return std::min(a1, b1) - std::max(a0, b0);
}

bool share_a_baseline(const Placed& a, const Placed& b)
{
    if (a.rotation != b.rotation) return false;
    const double least = std::min(a.height(), b.height());
    if (a.rotation % 2 != 0) return overlap(a.x0, a.x1, b.x0, b.x1) > 0.5 * least;
    // Raised and lowered figures overlap by a third only.
    return overlap(a.y0, a.y1, b.y0, b.y1) > 0.3 * least;
}

/// Puts `word` at its place in the line: at the end, or into a gap (cells of a table arrive column
/// by column). False where it does not fit, which begins a new line or column.
bool join_line(Line& line, const Placed& word)
{
    const Placed& last = line.back();
    if (!share_a_baseline(last, word)) return false;
    const double slack = 0.3 * std::min(last.height(), word.height());
    if (word.rotation % 2 != 0 || word.x0 > last.x1 - slack) {
        line.push_back(word);
        return true;
    }
    for (std::size_t i = line.size() - 1; i > 0; --i) {
        if (word.x0 < line[i - 1].x1 - slack) continue;
        if (word.x1 > line[i].x0 + slack) return false;
        line.insert(line.begin() + static_cast<std::ptrdiff_t>(i), word);
        return true;
    }
    return false;
}

/// Parts of one word come apart where its font changes; what is further off is another word, space
/// or not.
bool needs_space(const Placed& before, const Placed& next)
{
    if (before.space_after) return true;
    if (before.rotation % 2 != 0) return false;
    return next.x0 - before.x1 > 0.1 * std::max(before.height(), next.height());
}

bool ends_sentence(std::string_view text)
{
    while (!text.empty() && std::string_view(")\"'").find(text.back()) != std::string_view::npos) {
        text.remove_suffix(1);
    }
    return text.empty() || std::string_view(".!?:;").find(text.back()) != std::string_view::npos;
}

bool begins_like_a_continuation(std::string_view word)
{
    return !word.empty() && word.front() >= 'a' && word.front() <= 'z';
}

/// What stands between two lines that follow one another.
Gap gap_between(const Line& above, const Line& below)
{
    const Placed& first = above.front();
    const Placed& before = above.back();
    const Placed& next = below.front();
    if (before.rotation != next.rotation) return Gap::Paragraph;
    if (before.rotation % 2 != 0) return Gap::NewLine;
    const double height = std::max(before.height(), 1.0);
    const bool upwards = next.y0 < before.y0 - 0.5 * height;
    if (upwards) {
        // The next column. A sentence may run on into it.
        const bool runs_on = !ends_sentence(before.text) && begins_like_a_continuation(next.text);
        return runs_on ? Gap::NewLine : Gap::Paragraph;
    }
    const double leading = next.y0 - before.y1;
    if (leading > 0.8 * height) return Gap::Paragraph;
    // Headings stand close to their text but are larger.
    const double ratio = next.height() / height;
    if (ratio > 1.25 || ratio < 0.8) return Gap::Paragraph;
    const bool indented = next.x0 > first.x0 + 0.8 * height && next.x0 < first.x0 + 5 * height;
    if (indented && ends_sentence(before.text)) return Gap::Paragraph;
    return Gap::NewLine;
}

Box fraction(const Placed& word, const PageSize& size)
{
    const auto part = [](double value, double whole) {
        return whole > 0 ? static_cast<float>(std::clamp(value / whole, 0.0, 1.0)) : 0.0f;
    };
    return {
        part(word.x0, size.width_pt),
        part(word.y0, size.height_pt),
        part(word.x1, size.width_pt),
        part(word.y1, size.height_pt)};
}

bool is_outside(const Placed& word, const PageSize& size)
{
    return word.x1 <= 0 || word.y1 <= 0 || word.x0 >= size.width_pt || word.y0 >= size.height_pt;
}

/// poppler's own conversion opens iconv for every word, which costs more than reading the word.
std::string to_text(const poppler::ustring& units)
{
    std::string text;
    for (std::size_t i = 0; i < units.size(); ++i) {
        char32_t c = units[i];
        const bool pair = c >= 0xD800 && c < 0xDC00 && i + 1 < units.size() &&
                          units[i + 1] >= 0xDC00 && units[i + 1] < 0xE000;
        if (pair) c = 0x10000 + ((c - 0xD800) << 10) + (units[++i] - 0xDC00u);
        if (c == 0xFEFF) continue; // byte order mark
        // A control or line break within a word would look like its end to everything that comes
        // later.
        const bool blank = c == '\t' || c == '\n' || c == '\r' || c == 0xA0;
        append_utf8(text, blank ? U' ' : c < 0x20 || c == 0x7F ? U'\uFFFD' : c);
    }
    return text;
}

std::vector<Line> to_lines(const std::vector<poppler::text_box>& words, const PageSize& size)
{
    std::vector<Line> lines;
    for (const poppler::text_box& source : words) {
        const poppler::rectf box = source.bbox();
        const Placed word{
            std::min(box.left(), box.right()),
            std::min(box.top(), box.bottom()),
            std::max(box.left(), box.right()),
            std::max(box.top(), box.bottom()),
            source.rotation(),
            source.has_space_after(),
            to_text(source.text())};
        if (word.text.empty() || is_outside(word, size)) continue;
        if (lines.empty() || !join_line(lines.back(), word)) lines.push_back({word});
    }
    return lines;
}

} // namespace

void lay_out(const std::vector<poppler::text_box>& words, const PageSize& size, Page& page)
{
    const std::vector<Line> lines = to_lines(words, size);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0) page.text += gap_between(lines[i - 1], lines[i]) == Gap::NewLine ? "\n" : "\n\n";
        const Placed* before = nullptr;
        for (const Placed& placed : lines[i]) {
            if (before != nullptr && needs_space(*before, placed)) page.text += ' ';
            Word word;
            word.begin = static_cast<std::uint32_t>(page.text.size());
            page.text += placed.text;
            word.end = static_cast<std::uint32_t>(page.text.size());
            word.box = fraction(placed, size);
            page.words.push_back(word);
            before = &placed;
        }
    }
    if (!page.text.empty()) page.text += '\n';
}

} // namespace capture::reader
