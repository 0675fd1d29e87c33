#include "app/answer/sentences.h"

#include "app/answer/page_lines.h"
#include "app/answer/sentence_ends.h"
#include "app/answer/text.h"

#include <algorithm>
#include <utility>

namespace app::answer {

namespace {

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

    void add(std::size_t begin, std::size_t end, bool heading, float size = 0)
    {
        while (begin < end && static_cast<unsigned char>(text_[begin]) <= ' ') ++begin;
        while (end > begin && static_cast<unsigned char>(text_[end - 1]) <= ' ') --end;
        while (end - begin > kLongest) {
            auto cut = text_.find_last_of("\n ", begin + kLongest);
            if (cut == std::string_view::npos || cut <= begin) {
                cut = begin + kLongest;
                while ((static_cast<unsigned char>(text_[cut]) & 0xC0) == 0x80) --cut;
            }
            push(begin, cut, false, 0);
            begin = cut;
            while (begin < end && static_cast<unsigned char>(text_[begin]) <= ' ') ++begin;
        }
        if (begin < end) push(begin, end, heading, size);
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
    void push(std::size_t begin, std::size_t end, bool heading, float size)
    {
        Sentence sentence;
        sentence.begin = static_cast<std::uint32_t>(begin);
        sentence.end = static_cast<std::uint32_t>(end);
        sentence.heading = heading;
        sentence.size = size;
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

/// Whether the text goes on from line `line` to `next`: the line had no room for more, or it is a
/// fairly long line of words without an end and the next one starts small.
bool runs_on(std::string_view text, const PageLine& line, const PageLine& next, int widest)
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

void split_block(
    Splitter& out,
    std::string_view text,
    const std::vector<PageLine>& lines,
    const Block& block,
    const Block* next,
    const PageLooks& looks)
{
    const auto whole =
        text.substr(lines[block.first].begin, lines[block.last - 1].end - lines[block.first].begin);
    const bool listing = is_listing(whole);
    const int widest = full_width(lines, block);
    for (auto i = block.first; i < block.last;) {
        const auto count = heading_lines(text, lines, block, next, i, widest, looks);
        if (count > 0) {
            const auto end = lines[i + count - 1].end;
            out.add(lines[i].begin, end, true, title_size(lines[i].size));
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
    const std::vector<std::uint32_t>& dropped_lines,
    const PageLooks& looks)
{
    const auto lines = lines_of(text, dropped_lines, looks.lines);
    const auto blocks = blocks_of(lines);
    Splitter out(text, language);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto& block = blocks[i];
        const bool number_alone =
            block.last == block.first + 1 && is_section_number(view(text, lines[block.first]));
        if (number_alone) {
            // "5.17", blank line, "NEWS": a number set apart from its title.
            const bool title_follows = i + 1 < blocks.size() &&
                                       only_space_between(text, lines, block, blocks[i + 1]) &&
                                       blocks[i + 1].last == blocks[i + 1].first + 1 &&
                                       lines[blocks[i + 1].first].length <= 80 &&
                                       !is_section_number(view(text, lines[blocks[i + 1].first]));
            if (title_follows) {
                const float size =
                    std::max(lines[block.first].size, lines[blocks[i + 1].first].size);
                out.add(
                    lines[block.first].begin,
                    lines[blocks[i + 1].first].end,
                    true,
                    title_size(size));
                ++i;
            }
            continue; // else a page number or an entry of a table of contents
        }
        const auto* next = i + 1 < blocks.size() ? &blocks[i + 1] : nullptr;
        split_block(out, text, lines, block, next, looks);
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
