#pragma once

#include <span>
#include <string_view>

namespace app::answer {

/// The files of resources/language, compiled in by CMakeLists.txt.
struct WordListFile {
    std::string_view language;
    std::string_view list;
    std::string_view text;
};
extern const std::span<const WordListFile> kWordLists;

} // namespace app::answer
