#pragma once

#include <string>
#include <string_view>

namespace app::answer {

/// The stem of a lower-case English word, by the algorithm that the full-text index uses for
/// English too. Source: M. F. Porter, An algorithm for suffix stripping, Program 14(3), 1980.
std::string stem(std::string_view word);

} // namespace app::answer
