#pragma once

#include "storage/result.h"
#include "storage/types.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

// Lists of small values as one blob each, little endian, without padding. A row a word would cost
// ten times the bytes and the time, and nobody asks for a single word. Unpacking checks every
// length: a damaged blob is LibraryDamaged.

std::vector<std::byte> pack(std::span<const Word> words);            // 28 bytes a word
std::vector<std::byte> pack(std::span<const SegmentWord> words);     // 24 bytes and the text
std::vector<std::byte> pack(std::span<const Box> boxes);             // 16 bytes a box
std::vector<std::byte> pack(std::span<const std::uint32_t> numbers); // 4 bytes each
Result<std::vector<Word>> unpack_words(std::span<const std::byte> blob);
Result<std::vector<SegmentWord>> unpack_segment_words(std::span<const std::byte> blob);
Result<std::vector<Box>> unpack_boxes(std::span<const std::byte> blob);
Result<std::vector<std::uint32_t>> unpack_numbers(std::span<const std::byte> blob);

/// Sentences as one text, a line each; line breaks inside a sentence become spaces.
std::string join_lines(std::span<const std::string> lines);
std::vector<std::string> split_lines(std::string_view text);

} // namespace storage
