#pragma once

#include "app/answer/result.h"
#include "storage/library.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace app::answer {

/// Bytes [begin, end) of a page's or frame's text.
struct ByteRange {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// Where the quote stands in the text; spaces, line ends, hyphenation, ligatures, soft hyphens and
/// the shapes of quotation marks and dashes do not count, every letter, digit and other sign does.
/// Of several places the first at or after `near`, else the first.
std::optional<ByteRange>
locate(std::string_view quote, std::string_view text, std::uint32_t near = 0);

/// One box a line: neighbouring words of the range that share a line are merged. Words in reading
/// order.
std::vector<storage::Box> line_boxes(std::span<const storage::Word> words, ByteRange range);

/// Seconds of the quote in speech, from word times where the segments have them, else from the
/// segments.
std::optional<std::pair<double, double>> locate_in_speech(
    std::string_view quote,
    std::span<const storage::Segment> segments,
    double near_s = 0);

/// The citation of `quote`, which was taken from `passage`, with page and boxes or times as the
/// library has them; empty when the quote does not stand there: what cannot be located is dropped,
/// never shown. `mark`, a part of the quote, gets a place of its own, unless it is all of it or
/// empty. Errors: those of Library::page(), frames(), segments().
Result<std::optional<storage::Citation>> cite(
    storage::Library& library,
    const storage::Passage& passage,
    std::string_view quote,
    int n,
    std::string_view mark = {});

} // namespace app::answer
