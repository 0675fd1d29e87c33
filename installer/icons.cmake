# The window's icons: Lucide's, from one package of the Python index, checked against its hash and never committed, and
# ours of resources/icons. Sets PERCEPT_ICONS_QRC and PERCEPT_ICONS_LICENCE.
#
# The package is fetched once: it is kept in the build folder, where other build folders inside build/ find it too, so that
# neither a second configure nor a second preset needs a network.
set(lucide_version 0.575.0)
set(lucide_file justmyresource_lucide-${lucide_version}-py3-none-any.whl)
set(lucide_sha256 41dc87cf8bf0f1b237c94d05cb4af26917c12a1d0244be121de75dc3e229a5d9)
set(icons_dir ${PROJECT_BINARY_DIR}/icons)
set(icons_names ${PROJECT_SOURCE_DIR}/resources/icons/names.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${icons_names})

set(icons_shared ${PROJECT_SOURCE_DIR}/build/icons)

# True in `result` where the file is there and is the one we know.
function(lucide_is_whole file result)
    set(${result} FALSE PARENT_SCOPE)
    if(EXISTS ${file})
        file(SHA256 ${file} found)
        if(found STREQUAL lucide_sha256)
            set(${result} TRUE PARENT_SCOPE)
        endif()
    endif()
endfunction()

function(lucide_fetch folder)
    find_program(PYTHON3 python3)
    if(NOT PYTHON3)
        message(FATAL_ERROR "The icons need python3 with pip at build time; install python3-pip.")
    endif()
    file(WRITE ${folder}/requirements.txt
        "justmyresource-lucide==${lucide_version} --hash=sha256:${lucide_sha256}\n")
    message(STATUS "Fetching the icons (Lucide, 0.4 MB)")
    execute_process(
        COMMAND ${PYTHON3} -m pip download --no-deps --only-binary=:all: --require-hashes --no-cache-dir
            --disable-pip-version-check --progress-bar=off --no-input
            --requirement ${folder}/requirements.txt --dest ${folder}
        RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE said)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "The icons could not be fetched from the Python index. Check the connection, or put "
            "${lucide_file} into ${folder}.\n${said}")
    endif()
endfunction()

set(lucide_wheel ${icons_dir}/${lucide_file})
lucide_is_whole(${lucide_wheel} whole)
if(NOT whole)
    file(MAKE_DIRECTORY ${icons_dir})
    lucide_is_whole(${icons_shared}/${lucide_file} whole)
    if(whole)
        file(COPY ${icons_shared}/${lucide_file} DESTINATION ${icons_dir})
    else()
        lucide_fetch(${icons_dir})
        lucide_is_whole(${lucide_wheel} whole)
        if(NOT whole)
            message(FATAL_ERROR "${lucide_wheel} does not match its checksum; delete it and configure again.")
        endif()
    endif()
endif()

file(STRINGS ${icons_names} icon_names)
set(icon_patterns ${icon_names})
list(TRANSFORM icon_patterns APPEND .svg)
file(ARCHIVE_EXTRACT INPUT ${lucide_wheel} DESTINATION ${icons_dir}/package
    PATTERNS justmyresource_lucide/icons.zip *LUCIDE-LICENSE)
file(REMOVE_RECURSE ${icons_dir}/svg)
file(ARCHIVE_EXTRACT INPUT ${icons_dir}/package/justmyresource_lucide/icons.zip
    DESTINATION ${icons_dir}/svg PATTERNS ${icon_patterns})

set(PERCEPT_ICONS_QRC ${icons_dir}/percept_icons.qrc)
set(PERCEPT_ICONS_LICENCE ${icons_dir}/LUCIDE-LICENSE)
file(GLOB_RECURSE licence ${icons_dir}/package/*/LUCIDE-LICENSE)
if(NOT licence)
    message(FATAL_ERROR "The package of the icons holds no licence; it cannot be passed on.")
endif()
file(COPY_FILE ${licence} ${PERCEPT_ICONS_LICENCE} ONLY_IF_DIFFERENT)

set(qrc "<RCC><qresource prefix=\"/icons\">\n")
foreach(name ${icon_names})
    if(NOT EXISTS ${icons_dir}/svg/${name}.svg)
        message(FATAL_ERROR "Lucide ${lucide_version} has no icon named ${name}; see resources/icons/names.txt.")
    endif()
    string(APPEND qrc "<file alias=\"${name}.svg\">${icons_dir}/svg/${name}.svg</file>\n")
endforeach()
foreach(name stop-filled play-filled dot-filled)
    string(APPEND qrc "<file alias=\"${name}.svg\">${PROJECT_SOURCE_DIR}/resources/icons/${name}.svg</file>\n")
endforeach()
string(APPEND qrc "</qresource></RCC>\n")
file(CONFIGURE OUTPUT ${PERCEPT_ICONS_QRC} CONTENT "${qrc}" @ONLY)

install(FILES ${PERCEPT_ICONS_LICENCE} DESTINATION ${CMAKE_INSTALL_DOCDIR}/licences RENAME Lucide)
