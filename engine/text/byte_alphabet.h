#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace engine::text {

/// The alphabet in which byte-level vocabularies are written: printable Latin-1 characters stand
/// for their own byte, the other 68 bytes in ascending order for U+0100 and up. Source: GPT-2's
/// encoder.

/// "Ġt" -> " t". Nothing where a character is outside the alphabet.
std::optional<std::string> bytes_of_token(std::string_view token);

/// The character that stands for a byte, as UTF-8.
std::string_view character_of_byte(unsigned char byte);

} // namespace engine::text
