#pragma once

#include "capture/reader_client.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

/// percept-reader of this build; tests do not stand beside it.
inline capture::ReaderOptions this_build()
{
    capture::ReaderOptions options;
    options.program = std::filesystem::path(PERCEPT_BIN_DIR) / "percept-reader";
    return options;
}

inline capture::Result<std::unique_ptr<capture::FileReader>>
open_file(const std::filesystem::path& path, const capture::OpenOptions& open_options = {})
{
    return capture::FileReader::open(path, open_options, this_build());
}

/// A file and its pages, or why not.
struct WholeFile {
    capture::FileInfo info;
    std::vector<capture::Page> pages;
    capture::Error error;
    bool good = false;
};

inline WholeFile
read_all(const std::filesystem::path& path, const capture::OpenOptions& open_options = {})
{
    WholeFile out;
    const auto reader = open_file(path, open_options);
    if (!reader) {
        out.error = reader.error();
        return out;
    }
    out.info = (*reader)->info();
    capture::ReadHandler handler;
    handler.on_page = [&](capture::Page page) { out.pages.push_back(std::move(page)); };
    const auto read = (*reader)->read_pages(1, out.info.pages, handler, {});
    out.good = read.has_value();
    if (!read) out.error = read.error();
    return out;
}

inline std::string word_text(const capture::Page& page, std::size_t index)
{
    const capture::Word& word = page.words.at(index);
    return page.text.substr(word.begin, word.end - word.begin);
}
