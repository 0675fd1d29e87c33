#include "app/answer/sentences.h"

#include "app/answer/sentence_ends.h"
#include "app/answer/text.h"

#include <algorithm>
#include <utility>

namespace app::answer {

namespace {

struct Line {
    std::size_t begin = 0;
    std::size_t end = 0; // without the line end and trailing spaces
    int length = 0;      // code points
    bool blank = false;
};

std::string_view view(std::string_view text, const Line& line)
{
    return text.substr(line.begin, line.end - line.begin);
}

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

std::vector<Line> lines_of(std::string_view text, const std::vector<std::uint32_t>& dropped)
{
    std::vector<Line> lines;
    for (std::size_t at = 0; at < text.size();) {
        auto end = text.find_first_of("\n\f", at);
        if (end == std::string_view::npos) end = text.size();
        Line line{at, end, 0, false};
        while (line.end > line.begin && static_cast<unsigned char>(text[line.end - 1]) <= ' ')
            --line.end;
        while (line.begin < line.end && static_cast<unsigned char>(text[line.begin]) <= ' ')
            ++line.begin;
        const bool is_dropped =
            std::binary_search(dropped.begin(), dropped.end(), static_cast<std::uint32_t>(at)) ||
            is_contents_line(view(text, line));
        line.blank = line.begin == line.end || is_dropped;
        line.length = code_points(view(text, line));
        lines.push_back(line);
        at = end + 1;
    }
    return lines;
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

/// Signs that programs, tables and listings are made of.
bool is_listing(std::string_view block)
{
    int signs = 0;
    int letters = 0;
    int line_count = 1;
    for (std::size_t at = 0; at < block.size();) {
        const auto c = next_code_point(block, at);
        line_count += c == U'\n' ? 1 : 0;
        if (is_letter(c))
            ++letters;
        else if (!is_space(c) && c != U'.' && c != U',' && c != U'\'' && c != U'’')
            ++signs;
    }
    constexpr double kSigns = 0.25; // of the letters; prose about commands stays below 0.15
    return line_count >= 2 && signs > kSigns * letters;
}

constexpr std::size_t kLongest =
    700; // bytes of one sentence; a longer one is a table without marks

class Splitter {
public:
    Splitter(std::string_view text, std::string_view language) : text_(text), language_(language) {}

    void prose(std::size_t begin, std::size_t end)
    {
        auto from = begin;
        for (const auto sentence_end : sentence_ends(text_, begin, end, language_)) {
            add(from, sentence_end, false);
            from = sentence_end;
        }
    }

    void add(std::size_t begin, std::size_t end, bool heading)
    {
        while (begin < end && static_cast<unsigned char>(text_[begin]) <= ' ') ++begin;
        while (end > begin && static_cast<unsigned char>(text_[end - 1]) <= ' ') --end;
        while (end - begin > kLongest) {
            auto cut = text_.find_last_of("\n ", begin + kLongest);
            if (cut == std::string_view::npos || cut <= begin) {
                cut = begin + kLongest;
                while ((static_cast<unsigned char>(text_[cut]) & 0xC0) == 0x80) --cut;
            }
            push(begin, cut, false);
            begin = cut;
            while (begin < end && static_cast<unsigned char>(text_[begin]) <= ' ') ++begin;
        }
        if (begin < end) push(begin, end, heading);
    }

    /// Joins fragments without an end of their own ("-n", a cell of a table) with each other and
    /// with the sentence below, which describes them.
    std::vector<Sentence> take()
    {
        constexpr std::size_t kFragment = 3; // words
        constexpr std::size_t kJoined = 12;  // words that fragments alone may reach
        std::vector<Sentence> joined;
        std::size_t pending = 0; // words of the fragments at the end of `joined`
        for (auto& sentence : sentences_) {
            const auto words = static_cast<std::size_t>(
                                   std::count(sentence.text.begin(), sentence.text.end(), ' ')) +
                               1;
            const bool heading = sentence.heading;
            const bool fragment = !heading && words <= kFragment && !ends_a_sentence(sentence.text);
            const bool listed = pending > 0 && !fragment && starts_item(joined.back().text);
            const bool fits = pending > 0 && !heading && !listed &&
                              joined.back().text.size() + sentence.text.size() < kLongest &&
                              !(fragment && pending + words > kJoined);
            if (fits) {
                joined.back().text += " " + sentence.text;
                joined.back().end = sentence.end;
                pending = fragment ? pending + words : 0;
                continue;
            }
            pending = fragment ? words : 0;
            joined.push_back(std::move(sentence));
        }
        return joined;
    }

private:
    void push(std::size_t begin, std::size_t end, bool heading)
    {
        Sentence sentence;
        sentence.begin = static_cast<std::uint32_t>(begin);
        sentence.end = static_cast<std::uint32_t>(end);
        sentence.heading = heading;
        sentence.text = readable(text_.substr(begin, end - begin), text_);
        const bool says_something =
            std::any_of(sentence.text.begin(), sentence.text.end(), [](char c) {
                return static_cast<unsigned char>(c) >= 0x80 ||
                       std::isalnum(static_cast<unsigned char>(c));
            });
        if (says_something) sentences_.push_back(std::move(sentence));
    }

    std::string_view text_;
    std::string_view language_;
    std::vector<Sentence> sentences_;
};

std::size_t first_word_length(std::string_view line)
{
    const auto end = line.find(' ');
    return static_cast<std::size_t>(code_points(line.substr(0, end)));
}

constexpr double kSlack = 0.86; // fonts are proportional

/// Whether the first word of `next` had no room in `line`, so that the line had to end there.
bool is_full(std::string_view text, const Line& line, const Line& next, int widest)
{
    return line.length + 1 + static_cast<int>(first_word_length(view(text, next))) >=
           kSlack * widest;
}

/// Whether the text goes on from line `line` to `next`: the line had no room for more, or it is a
/// fairly long line of words without an end and the next one starts small.
bool runs_on(std::string_view text, const Line& line, const Line& next, int widest)
{
    constexpr int kNarrowest = 28; // characters; narrower columns are tables
    if (widest < kNarrowest || starts_item(view(text, next))) return false;
    if (is_full(text, line, next, widest)) return true;
    constexpr std::ptrdiff_t kWords = 5;
    const auto words = view(text, line);
    const bool open = std::string_view(".:!?;").find(words.back()) == std::string_view::npos;
    if (!open || std::count(words.begin(), words.end(), ' ') < kWords) return false;
    auto at = next.begin;
    return line.length >= (is_lower(next_code_point(text, at)) ? 0.6 : 0.75) * widest;
}

/// Lines [first, last) between blank lines.
struct Block {
    std::size_t first = 0;
    std::size_t last = 0;
};

/// Characters in a full line of the block: the longest line, not counting those that are as long as
/// two because the text layer joined a hyphenated word at their end.
int full_width(const std::vector<Line>& lines, const Block& block)
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

bool is_section_number(std::string_view line)
{
    if (line.empty() || line.size() > 12) return false;
    const bool numeric = std::all_of(line.begin(), line.end(), [](char c) {
        return std::isdigit(static_cast<unsigned char>(c)) || c == '.';
    });
    return numeric && std::isdigit(static_cast<unsigned char>(line.front()));
}

std::vector<Block> blocks_of(const std::vector<Line>& lines)
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

/// Whether a title may stand above these lines: running text, not the next cell of a table.
bool can_stand_below_title(
    std::string_view text,
    const std::vector<Line>& lines,
    const Block& block)
{
    const auto body =
        text.substr(lines[block.first].begin, lines[block.last - 1].end - lines[block.first].begin);
    constexpr std::size_t kRunning = 60; // bytes
    return body.size() >= kRunning ||
           std::string_view(".:?!").find(body.back()) != std::string_view::npos ||
           starts_item(body);
}

/// How many lines from `first` make a heading, 0 if none: a numbered question may take several.
/// `next` is the block below, if any.
std::size_t heading_lines(
    std::string_view text,
    const std::vector<Line>& lines,
    const Block& block,
    const Block* next,
    std::size_t first,
    int widest)
{
    constexpr std::size_t kMostLines = 4;
    const auto line = view(text, lines[first]);
    const bool numbered = line.find('.') != std::string_view::npos &&
                          is_section_number(line.substr(0, line.find(' ')));
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

void split_block(
    Splitter& out,
    std::string_view text,
    const std::vector<Line>& lines,
    const Block& block,
    const Block* next)
{
    const auto whole =
        text.substr(lines[block.first].begin, lines[block.last - 1].end - lines[block.first].begin);
    const bool listing = is_listing(whole);
    const int widest = full_width(lines, block);
    for (auto i = block.first; i < block.last;) {
        if (const auto count = heading_lines(text, lines, block, next, i, widest); count > 0) {
            out.add(lines[i].begin, lines[i + count - 1].end, true);
            i += count;
            continue;
        }
        auto last = i;
        while (!listing && last + 1 < block.last &&
               runs_on(text, lines[last], lines[last + 1], widest))
            ++last;
        out.prose(lines[i].begin, lines[last].end);
        i = last + 1;
    }
}

} // namespace

std::vector<Sentence> split_sentences(
    std::string_view text,
    std::string_view language,
    const std::vector<std::uint32_t>& dropped_lines)
{
    const auto lines = lines_of(text, dropped_lines);
    const auto blocks = blocks_of(lines);
    Splitter out(text, language);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto& block = blocks[i];
        const bool number_alone =
            block.last == block.first + 1 && is_section_number(view(text, lines[block.first]));
        if (number_alone) {
            // "5.17", blank line, "NEWS": a number set apart from its title.
            const bool title_follows = i + 1 < blocks.size() &&
                                       blocks[i + 1].last == blocks[i + 1].first + 1 &&
                                       lines[blocks[i + 1].first].length <= 80 &&
                                       !is_section_number(view(text, lines[blocks[i + 1].first]));
            if (title_follows) {
                out.add(lines[block.first].begin, lines[blocks[i + 1].first].end, true);
                ++i;
            }
            continue; // else a page number or an entry of a table of contents
        }
        split_block(out, text, lines, block, i + 1 < blocks.size() ? &blocks[i + 1] : nullptr);
    }
    return out.take();
}

std::vector<Sentence> split_spoken(std::string_view text, std::string_view language)
{
    Splitter out(text, language);
    out.prose(0, text.size());
    return out.take();
}

} // namespace app::answer
