#pragma once

#include <string>

namespace capture::reader {

/// What a person would read of a web page.
struct HtmlText {
    std::string title;
    std::string
        text; // blocks on lines of their own, paragraphs apart, cells of a row divided by tabs
};

/// Scripts, styles, templates and elements marked as hidden are left out. Nothing is fetched.
/// `html` is valid UTF-8.
HtmlText read_html(const std::string& html);

/// Whether a text begins as a page of HTML or a piece of one does; declarations, comments and white
/// space aside.
bool looks_like_html(const std::string& text);

} // namespace capture::reader
