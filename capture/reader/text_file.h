#pragma once

#include "capture/reader/document.h"

#include <string>
#include <vector>

namespace capture::reader {

/// Text, Markdown, CSV, source code, and HTML as a person reads it. Sheets of whole lines take the
/// place of pages, so that passages and citations have something of a page's size to stand on.
class TextDocument final : public Document {
public:
    /// Errors: UnsupportedFile (no text), LimitExceeded.
    static Result<std::unique_ptr<Document>> open(Input& input);

    const FileInfo& info() const override { return info_; }
    Result<void> read_pages(int first, int last, Output& output) override;

private:
    struct Sheet {
        std::size_t begin = 0; // bytes in text_
        std::size_t end = 0;
        int first_line = 1;
    };

    void cut_into_sheets(int max_pages);
    void collect_headings();

    std::string text_;
    bool has_lines_ = true; // false for HTML: lines of the readable text are not those of the file
    std::vector<Sheet> sheets_;
    FileInfo info_;
};

} // namespace capture::reader
