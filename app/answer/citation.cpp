#include "app/answer/citation.h"

#include "app/answer/passages.h"
#include "app/answer/text.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace app::answer {

namespace {

/// Whether a word goes on in the line of the words before: the middle of each lies inside the
/// other, and no cell of a table that another column has lies between them.
bool same_line(const storage::Box& a, const storage::Box& b)
{
    constexpr float kWidestGap = 3; // heights of a line
    const float gap = std::max(b.x0 - a.x1, a.x0 - b.x1);
    if (gap > kWidestGap * std::max(a.y1 - a.y0, b.y1 - b.y0)) return false;
    const float middle_a = (a.y0 + a.y1) / 2;
    const float middle_b = (b.y0 + b.y1) / 2;
    return middle_a >= b.y0 && middle_a <= b.y1 && middle_b >= a.y0 && middle_b <= a.y1;
}

struct SpokenKey {
    std::string bytes;
    std::vector<std::pair<double, double>> times; // of the word that each byte belongs to
};

void append(SpokenKey& key, std::string_view text, double start_s, double end_s)
{
    key.bytes += match_key(text).bytes;
    key.times.resize(key.bytes.size(), {start_s, end_s});
}

/// Boxes of the mark where it stands in that range.
std::vector<storage::Box> boxes_within(
    ByteRange range,
    std::string_view mark,
    std::string_view text,
    std::span<const storage::Word> words)
{
    const auto place = locate(mark, text.substr(range.begin, range.end - range.begin));
    if (!place) return {};
    return line_boxes(words, {range.begin + place->begin, range.begin + place->end});
}

} // namespace

std::optional<ByteRange> locate(std::string_view quote, std::string_view text, std::uint32_t near)
{
    const auto wanted = match_key(quote);
    if (wanted.bytes.empty()) return std::nullopt;
    const auto page = match_key(text);
    const auto from =
        std::lower_bound(page.begin.begin(), page.begin.end(), near) - page.begin.begin();
    auto at = page.bytes.find(wanted.bytes, static_cast<std::size_t>(from));
    if (at == std::string::npos) at = page.bytes.find(wanted.bytes);
    if (at == std::string::npos) return std::nullopt;
    return ByteRange{page.begin[at], page.end[at + wanted.bytes.size() - 1]};
}

std::vector<storage::Box> line_boxes(std::span<const storage::Word> words, ByteRange range)
{
    std::vector<storage::Box> boxes;
    for (const auto& word : words) {
        if (word.end <= range.begin || word.begin >= range.end) continue;
        if (!boxes.empty() && same_line(boxes.back(), word.box)) {
            auto& line = boxes.back();
            line.x0 = std::min(line.x0, word.box.x0);
            line.y0 = std::min(line.y0, word.box.y0);
            line.x1 = std::max(line.x1, word.box.x1);
            line.y1 = std::max(line.y1, word.box.y1);
        } else {
            boxes.push_back(word.box);
        }
    }
    return boxes;
}

std::optional<std::pair<double, double>>
locate_in_speech(std::string_view quote, std::span<const storage::Segment> segments, double near_s)
{
    SpokenKey spoken;
    for (const auto& recognised : segments) {
        const auto segment = corrected(recognised);
        if (segment.words.empty()) {
            append(spoken, segment.text, segment.start_s, segment.end_s);
        } else {
            for (const auto& word : segment.words)
                append(spoken, word.text, word.start_s, word.end_s);
        }
    }
    const auto wanted = match_key(quote).bytes;
    if (wanted.empty()) return std::nullopt;
    // The same words are often said twice: of all places the nearest in time.
    std::optional<std::pair<double, double>> best;
    for (auto at = spoken.bytes.find(wanted); at != std::string::npos;
         at = spoken.bytes.find(wanted, at + 1)) {
        const std::pair times{spoken.times[at].first, spoken.times[at + wanted.size() - 1].second};
        if (!best || std::abs(times.first - near_s) < std::abs(best->first - near_s)) best = times;
    }
    return best;
}

Result<std::optional<storage::Citation>> cite(
    storage::Library& library,
    const storage::Passage& passage,
    std::string_view quote,
    int n,
    std::string_view mark)
{
    if (mark == quote) mark = {};
    storage::Citation citation;
    citation.n = n;
    citation.source = passage.source;
    citation.passage = passage.id;
    citation.page = passage.page;
    citation.quote = std::string(quote);

    if (passage.page > 0) {
        const auto page = library.page(passage.source, passage.page);
        if (!page) return tl::unexpected(page.error());
        const auto place = locate(quote, page->text, passage.begin);
        if (!place) return std::nullopt;
        citation.boxes = line_boxes(page->words, *place);
        citation.marked_boxes = boxes_within(*place, mark, page->text, page->words);
        return citation;
    }
    if (passage.end > passage.begin && passage.start_s) { // words in a picture of a video
        constexpr double kSameFrame_s = 0.0005;
        const auto frames = library.frames(
            passage.source,
            {*passage.start_s - kSameFrame_s, *passage.start_s + kSameFrame_s});
        if (!frames) return tl::unexpected(frames.error());
        for (const auto& frame : *frames) {
            const auto place = locate(quote, frame.text, passage.begin);
            if (!place) return std::nullopt;
            citation.boxes = line_boxes(frame.words, *place);
            citation.marked_boxes = boxes_within(*place, mark, frame.text, frame.words);
            citation.start_s = frame.time_s;
            citation.end_s = passage.end_s;
            return citation;
        }
        return std::nullopt;
    }
    // An hour has a thousand segments with all their words; a quote stands in few of them, next to
    // its passage. Where it does not, all are looked at.
    constexpr double kAround_s = 60;
    const double near_s = passage.start_s.value_or(0);
    auto segments = library.segments(
        passage.source,
        {near_s - kAround_s, passage.end_s.value_or(near_s) + kAround_s});
    if (!segments) return tl::unexpected(segments.error());
    auto times = locate_in_speech(quote, *segments, near_s);
    if (!times || std::abs(times->first - near_s) > kAround_s) {
        segments = library.segments(passage.source);
        if (!segments) return tl::unexpected(segments.error());
        times = locate_in_speech(quote, *segments, near_s);
    }
    if (!times) return std::nullopt;
    citation.start_s = times->first;
    citation.end_s = times->second;
    const auto marked = locate_in_speech(mark, *segments, times->first);
    if (marked && marked->first >= times->first && marked->second <= times->second) {
        citation.marked_start_s = marked->first;
        citation.marked_end_s = marked->second;
    }
    return citation;
}

} // namespace app::answer
