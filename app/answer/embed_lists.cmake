# Writes word_lists.cpp from resources/language: answers must not depend on a file that may be missing at run time.
set(languages_dir ${PROJECT_SOURCE_DIR}/resources/language)
set(table "")
foreach(language en de fr es)
    file(GLOB lists ${languages_dir}/${language}/*.txt)
    foreach(file ${lists})
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
        get_filename_component(list ${file} NAME_WE)
        file(READ ${file} text)
        string(APPEND table "    {\"${language}\", \"${list}\", R\"list(${text})list\"},\n")
    endforeach()
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/word_lists.cpp @ONLY CONTENT
"#include \"app/answer/word_lists.h\"

namespace app::answer {

static constexpr WordListFile kFiles[] = {
@table@};
const std::span<const WordListFile> kWordLists(kFiles);

} // namespace app::answer
")
