#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace engine::text {

inline constexpr char32_t kReplacement = 0xFFFD;

/// One code point of a text, and the bytes that it took.
struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 0; // 1 to 4
    bool valid = true;     // false: the bytes are no UTF-8, and value is U+FFFD
};

/// The first code point of `text`, which must not be empty. Overlong forms, surrogates and values
/// above U+10FFFF are not UTF-8; of a broken sequence the longest part that could have begun one
/// counts as one replacement (Unicode 15, 3.9).
CodePoint first_code_point(std::string_view text);

void append_utf8(std::string& text, char32_t code_point);

/// The text with U+FFFD for whatever is not UTF-8.
std::string valid_utf8(std::string_view text);

} // namespace engine::text
