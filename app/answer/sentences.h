#pragma once

#include "app/answer/line_looks.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace app::answer {

/// One sentence of a page or of a stretch of speech.
struct Sentence {
    std::uint32_t begin = 0; // bytes in the page's text
    std::uint32_t end = 0;
    bool heading = false; // searched, and context for what stands below it; never quoted alone
    float size = 0;       // of a heading, over running text, where it is larger; else 0
    std::string text; // as shown: ligatures and soft hyphens resolved, hyphenated line ends joined,
                      // one space
};

/// Sentences in reading order. `text` is UTF-8 with \n at line ends and \n\n between paragraphs;
/// anything else is accepted and gives poorer sentences. Lines of a table of contents (four or more
/// dot leaders) are left out. `dropped_lines` holds the byte offsets at which lines start that are
/// left out too: running heads and feet (RepeatedLines below). `looks` tells titles from text and
/// from rows of tables where the page has them; without them only the words do.
///
/// Ends are . ! ? … and their Chinese, Japanese, Arabic, Devanagari and Ethiopic kin. A full stop
/// does not end a sentence after an abbreviation of the language, an initial, inside a number, or
/// before a small letter.
std::vector<Sentence> split_sentences(
    std::string_view text,
    std::string_view language,
    const std::vector<std::uint32_t>& dropped_lines = {},
    const PageLooks& looks = {});

/// The same on text without pages and lines, such as speech; no headings.
std::vector<Sentence> split_spoken(std::string_view text, std::string_view language);

/// A numbered title ("4.2 Running it"), a question on a line of its own, or a short line in title
/// form.
bool looks_like_heading(std::string_view line);

/// Finds running heads and feet while pages arrive one by one, because a page is stored as soon as
/// it was read. A line among the first or last three of its page counts as repeated when the same
/// line, digits aside, stood there on two of the six pages before, or on 30 % of all pages so far
/// (three at least), and at once when it is the first or last line, has the number of the page set
/// apart from its words, and the page has looks. The price: the first two pages that carry another
/// running head keep it once. The alternative, a second pass over the document, would make passages
/// appear only after its last page.
class RepeatedLines {
public:
    /// Byte offsets of the starts of repeated lines of this page; remembers the page. `label` is
    /// the page's number as printed.
    std::vector<std::uint32_t>
    see(std::string_view page_text, std::string_view label = {}, const PageLooks& looks = {});

private:
    struct Seen {
        std::size_t key = 0; // hash of the line without digits and spaces
        int pages = 0;
        int last[3] = {-100, -100, -100}; // the latest pages that had it
    };
    std::vector<Seen> seen_;
    int page_ = 0;
};

} // namespace app::answer
