#pragma once

#include <string>
#include <string_view>

namespace capture {

/// Whether `text` is well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
/// NUL counts as malformed, since everything behind it would be lost in C interfaces (SQLite,
/// Pango).
bool is_utf8(std::string_view text);

/// `text` with each malformed sequence and each control character except tab and line feed replaced
/// by U+FFFD.
std::string to_valid_utf8(std::string_view text);

/// Appends one code point; what is no code point becomes U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

/// The first code point of `text` and its length in bytes; {U+FFFD, 1} where it is malformed.
/// `text` is not empty.
struct CodePoint {
    char32_t value = 0xFFFD;
    int size_bytes = 1;
};
CodePoint first_code_point(std::string_view text);

} // namespace capture
