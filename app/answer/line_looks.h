#pragma once

#include "storage/types.h"

#include <cstdint>
#include <map>
#include <vector>

namespace app::answer {

/// How a line of a page is set, as far as a reader would use it to tell titles from text.
struct LineLook {
    std::uint32_t begin = 0; // byte offset of the line in the page's text
    float size = 1.0F;  // height of its letters over that of the text around; 1 is running text
    bool cells = false; // a row of a table: words stand far apart
};

/// What tells titles from text on a page.
struct PageLooks {
    std::vector<LineLook> lines;     // in order of `begin`; only those that hold words
    bool titles_are_larger = false;  // in this document; so a line as tall as the text is none
    bool titles_have_hashes = false; // as in Markdown; elsewhere "# ..." is a comment
};

/// From here on a line is set larger than running text.
inline constexpr float kLarger = 1.15F;

/// Learns page by page how tall the running text of a document is, by letters, and whether its
/// titles are larger. Pages without places of words, and pages read by OCR, whose boxes are as tall
/// as the letters happen to be, have no looks.
class LineLooks {
public:
    PageLooks see(const storage::Page& page);

private:
    float body_height() const;

    std::map<int, std::size_t> letters_; // by height in quarters of a point
    int larger_lines_ = 0;
};

} // namespace app::answer
