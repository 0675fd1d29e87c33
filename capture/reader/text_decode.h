#pragma once

#include "capture/result.h"

#include <cstddef>
#include <span>
#include <string>

namespace capture::reader {

/// A text file as UTF-8 with lines ending in \n, and the name of the encoding it had ("UTF-8",
/// "WINDOWS-1252").
struct DecodedText {
    std::string utf8;
    std::string encoding;
};

/// Byte order mark, then UTF-8 if it is valid, then UTF-16 without a mark by its zero bytes, then
/// uchardet's guess; ICU converts. Errors: UnsupportedFile for what is no text (zero or control
/// bytes in it).
Result<DecodedText> decode_text(std::span<const std::byte> bytes, const std::string& name);

} // namespace capture::reader
