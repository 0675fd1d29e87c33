#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace app::answer {

/// The entries of resources/language/<language>/<list>.txt in their order; empty where there is
/// none.
const std::vector<std::string>& word_list(std::string_view language, std::string_view list);

/// Whether the list has the entry.
bool in_list(std::string_view language, std::string_view list, std::string_view entry);

} // namespace app::answer
