#include "capture/reader/text_file.h"

#include "capture/reader/html_text.h"
#include "capture/reader/text_decode.h"

#include <algorithm>
#include <fmt/format.h>

namespace capture::reader {
namespace {

constexpr std::size_t kSheetBytes = 4096;
constexpr std::size_t kMaxLineBytes = 1u << 20; // longer lines are cut: minified scripts, data
constexpr std::uint64_t kMaxFileBytes = 200u << 20;
constexpr std::size_t kMaxHeadings = 5000;

bool ends_with(const std::string& name, std::string_view ending)
{
    if (name.size() < ending.size()) return false;
    return std::equal(
        ending.begin(),
        ending.end(),
        name.end() - static_cast<std::ptrdiff_t>(ending.size()),
        [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
}

/// Where the line that begins at `begin` ends, its \n included.
std::size_t line_end(const std::string& text, std::size_t begin)
{
    const std::size_t found = text.find('\n', begin);
    std::size_t end = found == std::string::npos ? text.size() : found + 1;
    if (end - begin <= kMaxLineBytes) return end;
    end = begin + kMaxLineBytes;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return end;
}

} // namespace

Result<std::unique_ptr<Document>> TextDocument::open(Input& input)
{
    const std::string& name = input.options().name;
    if (input.size_bytes() > kMaxFileBytes) {
        return fail(
            ErrorCode::LimitExceeded,
            fmt::format("{} is text of more than {} MB.", name, kMaxFileBytes >> 20),
            "Split it into smaller files.");
    }
    const auto bytes = input.bytes();
    if (!bytes) return tl::unexpected(bytes.error());
    auto decoded = decode_text(*bytes, name);
    if (!decoded) return tl::unexpected(decoded.error());

    auto document = std::make_unique<TextDocument>();
    FileInfo& info = document->info_;
    info.kind = FileKind::Text;
    const char* format = "text";
    const bool markdown = ends_with(name, ".md") || ends_with(name, ".markdown");
    const bool page =
        ends_with(name, ".html") || ends_with(name, ".htm") || ends_with(name, ".xhtml");
    // Markdown may begin with a tag as well.
    if (page || (!markdown && looks_like_html(decoded->utf8))) {
        HtmlText html = read_html(decoded->utf8);
        document->text_ = std::move(html.text);
        document->has_lines_ = false;
        info.title = std::move(html.title);
        format = "HTML";
    } else {
        document->text_ = std::move(decoded->utf8);
        if (markdown) format = "Markdown";
        if (ends_with(name, ".csv")) format = "CSV";
    }
    info.format = fmt::format("{} {}", decoded->encoding, format);
    document->cut_into_sheets(input.limits().max_pages);
    info.pages = static_cast<int>(document->sheets_.size());
    if (std::string_view(format) == "Markdown") document->collect_headings();
    return document;
}

void TextDocument::cut_into_sheets(int max_pages)
{
    // Larger sheets rather than a file whose end is missing.
    const std::size_t sheet_bytes =
        std::max(kSheetBytes, 2 * text_.size() / static_cast<std::size_t>(max_pages));
    Sheet sheet;
    int line = 1;
    for (std::size_t at = 0; at < text_.size();) {
        const std::size_t end = line_end(text_, at);
        if (end - sheet.begin > sheet_bytes && at > sheet.begin) {
            sheet.end = at;
            sheets_.push_back(sheet);
            sheet = {at, at, line};
        }
        if (text_[end - 1] == '\n') ++line;
        at = end;
    }
    sheet.end = text_.size();
    sheets_.push_back(sheet);
}

/// "# Title" lines outside of code fences.
void TextDocument::collect_headings()
{
    bool in_code = false;
    for (std::size_t s = 0; s < sheets_.size(); ++s) {
        for (std::size_t at = sheets_[s].begin; at < sheets_[s].end;) {
            const std::size_t end = line_end(text_, at);
            const std::string_view line(text_.data() + at, end - at);
            at = end;
            if (line.starts_with("```") || line.starts_with("~~~")) in_code = !in_code;
            const std::size_t marks = line.find_first_not_of('#');
            if (in_code || marks == 0 || marks > 6 || marks == std::string_view::npos ||
                line[marks] != ' ') {
                continue;
            }
            std::string title(line.substr(marks + 1));
            while (!title.empty() &&
                   std::string_view(" #\n").find(title.back()) != std::string_view::npos) {
                title.pop_back();
            }
            if (title.empty() || info_.outline.size() >= kMaxHeadings) continue;
            if (info_.title.empty() && marks == 1) info_.title = title;
            info_.outline.push_back({static_cast<int>(marks) - 1, title, static_cast<int>(s) + 1});
        }
    }
}

Result<void> TextDocument::read_pages(int first, int last, Output& output)
{
    for (int number = first; number <= last; ++number) {
        const Sheet& sheet = sheets_[static_cast<std::size_t>(number) - 1];
        Page page;
        page.number = number;
        page.text = text_.substr(sheet.begin, sheet.end - sheet.begin);
        if (has_lines_) {
            page.first_line = sheet.first_line;
            for (std::size_t at = 0; at < page.text.size();) {
                page.line_starts.push_back(static_cast<std::uint32_t>(at));
                const std::size_t found = page.text.find('\n', at);
                at = found == std::string::npos ? page.text.size() : found + 1;
            }
        }
        output.page(std::move(page));
    }
    return {};
}

} // namespace capture::reader
