#include "app/answer/line_looks.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <span>
#include <utility>

namespace app::answer {

namespace {

constexpr float kQuarter = 4.0F; // steps a point

/// Where a word stands, in points.
struct Placed {
    float x0 = 0;
    float x1 = 0;
    float height = 0;
    std::size_t letters = 0;
    std::uint32_t begin = 0;
};

/// In reading order. What cannot be is left out, for offsets and boxes come from a file: words
/// outside the text or out of order, and letters of no height or of that of a house.
std::vector<Placed> placed(const storage::Page& page)
{
    constexpr float kTallest = 10'000; // points
    const auto width = static_cast<float>(page.width_pt);
    const auto height = static_cast<float>(page.height_pt);
    std::vector<Placed> words;
    words.reserve(page.words.size());
    std::uint32_t from = 0;
    for (const auto& word : page.words) {
        const auto& box = word.box;
        const float tall = (box.y1 - box.y0) * height;
        const bool stands = word.begin >= from && word.begin < word.end &&
                            word.end <= page.text.size() && tall > 0 && tall < kTallest;
        if (!stands) continue;
        words.push_back({box.x0 * width, box.x1 * width, tall, word.end - word.begin, word.begin});
        from = word.begin;
    }
    return words;
}

/// Words of the line that begins at the first of them, in reading order.
std::span<const Placed> line_from(std::span<const Placed> words, const std::string& text)
{
    const auto end = text.find('\n', words.front().begin);
    std::size_t count = 1;
    while (count < words.size() && words[count].begin < end) ++count;
    return words.first(count);
}

/// The height that most letters have.
float usual_height(std::span<const Placed> words)
{
    std::vector<std::pair<float, std::size_t>> heights;
    std::size_t all = 0;
    for (const auto& word : words) {
        heights.emplace_back(word.height, word.letters);
        all += word.letters;
    }
    std::sort(heights.begin(), heights.end());
    std::size_t below = 0;
    for (const auto& [height, letters] : heights) {
        below += letters;
        if (2 * below >= all) return height;
    }
    return heights.back().first;
}

/// Whether a gap that no line of text has parts the words; the gap behind a leading number is that
/// of a numbered title.
bool has_cells(std::span<const Placed> words, const std::string& text, float height)
{
    constexpr float kWidestGap = 1.5F; // heights
    const bool numbered = std::isdigit(static_cast<unsigned char>(text[words.front().begin])) != 0;
    for (std::size_t i = numbered ? 2 : 1; i < words.size(); ++i) {
        if (words[i].x0 - words[i - 1].x1 > kWidestGap * height) return true;
    }
    return false;
}

} // namespace

PageLooks LineLooks::see(const storage::Page& page)
{
    PageLooks looks;
    if (page.by_ocr) return looks;
    const auto words = placed(page);
    for (const auto& word : words)
        letters_[static_cast<int>(std::lround(kQuarter * word.height))] += word.letters;
    const float body = body_height();
    if (body <= 0) return looks;
    constexpr std::size_t kTitleWords = 12;
    constexpr int kSeen = 3; // larger lines; a title page alone has fewer
    for (std::span rest(words); !rest.empty();) {
        const auto line = line_from(rest, page.text);
        const float height = usual_height(line);
        const auto before = page.text.rfind('\n', line.front().begin);
        LineLook look;
        look.begin = before == std::string::npos ? 0 : static_cast<std::uint32_t>(before + 1);
        look.size = height / body;
        look.cells = has_cells(line, page.text, height);
        looks.lines.push_back(look);
        if (look.size >= kLarger && line.size() <= kTitleWords) ++larger_lines_;
        rest = rest.subspan(line.size());
    }
    looks.titles_are_larger = larger_lines_ >= kSeen;
    return looks;
}

float LineLooks::body_height() const
{
    std::size_t all = 0;
    for (const auto& [height, letters] : letters_) all += letters;
    std::size_t below = 0;
    for (const auto& [height, letters] : letters_) {
        below += letters;
        if (2 * below >= all) return static_cast<float>(height) / kQuarter;
    }
    return 0;
}

} // namespace app::answer
