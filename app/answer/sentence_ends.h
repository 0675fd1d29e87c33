#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace app::answer {

/// Ends of the sentences inside bytes [begin, end) of the text, each behind its mark and what
/// closes with it; the last one is `end`. Marks are . ! ? … and their Chinese, Japanese, Arabic,
/// Devanagari and Ethiopic kin; lines do not count.
std::vector<std::size_t>
sentence_ends(std::string_view text, std::size_t begin, std::size_t end, std::string_view language);

/// Whether the text ends in such a mark, or in one and what closes with it.
bool ends_a_sentence(std::string_view text);

} // namespace app::answer
