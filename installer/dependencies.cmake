# The engine's few dependencies, as the same targets from one of two places: the system, or DEPS_DIR, a folder that
# installer/collect_deps made on a machine with a package registry for one without (headers, static libraries,
# GoogleTest's sources).
#
#   nlohmann_json::nlohmann_json  JSON with a SAX interface and bounds we can set; header-only
#   tl::expected                  what std::expected will be; GCC 12 has none
#   PkgConfig::PCRE2              tokenizers' regular expressions, with match limits
#   ZLIB::ZLIB                    Whisper's compression ratio
find_package(Threads REQUIRED)

if(DEPS_DIR AND EXISTS ${DEPS_DIR}/include)
    message(STATUS "Dependencies from ${DEPS_DIR}")
    foreach(name nlohmann_json::nlohmann_json tl::expected)
        add_library(${name} INTERFACE IMPORTED GLOBAL)
        target_include_directories(${name} SYSTEM INTERFACE ${DEPS_DIR}/include)
    endforeach()
    foreach(pair PkgConfig::PCRE2=libpcre2-8.a ZLIB::ZLIB=libz.a)
        string(REPLACE "=" ";" pair ${pair})
        list(GET pair 0 name)
        list(GET pair 1 file)
        add_library(${name} STATIC IMPORTED GLOBAL)
        set_target_properties(${name} PROPERTIES
            IMPORTED_LOCATION ${DEPS_DIR}/lib/${file}
            INTERFACE_INCLUDE_DIRECTORIES ${DEPS_DIR}/include)
    endforeach()
    if(ENABLE_TESTS)
        set(INSTALL_GTEST OFF)
        add_subdirectory(${DEPS_DIR}/googletest ${PROJECT_BINARY_DIR}/googletest EXCLUDE_FROM_ALL)
        if(NOT TARGET GTest::gmock)
            add_library(GTest::gmock ALIAS gmock)
            add_library(GTest::gtest_main ALIAS gtest_main)
        endif()
    endif()
else()
    find_package(PkgConfig REQUIRED)
    find_package(nlohmann_json REQUIRED)
    find_package(tl-expected REQUIRED)
    find_package(ZLIB REQUIRED)
    pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET GLOBAL libpcre2-8)
    if(ENABLE_TESTS)
        find_package(GTest REQUIRED)
    endif()
endif()
if(ENABLE_APP)
    find_package(PkgConfig REQUIRED)
endif()
