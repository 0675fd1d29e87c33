#include "app/export/writers.h"

#include <cctype>

namespace app::exporting {
namespace {

/// Length of "[12]" at the start of `text`, 0 where there is none.
std::size_t citation_mark(std::string_view text)
{
    std::size_t end = 1;
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0) ++end;
    return end > 1 && end < text.size() && text[end] == ']' ? end + 1 : 0;
}

std::string escaped(std::string_view text, bool at_line_start)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '[') {
            if (const std::size_t mark = citation_mark(text.substr(i)); mark > 0) {
                out.append(text.substr(i, mark));
                i += mark - 1;
                continue;
            }
        }
        const bool always = std::string_view{"\\`*_[]<>|"}.find(c) != std::string_view::npos;
        const bool first =
            at_line_start && i == 0 && std::string_view{"#+-=~&"}.find(c) != std::string_view::npos;
        // "1. " and "1) " begin a list only at the start of a line.
        bool list = false;
        if (at_line_start && (c == '.' || c == ')') && i > 0 && i < 10) {
            list = true;
            for (std::size_t d = 0; d < i; ++d)
                list = list && std::isdigit(static_cast<unsigned char>(text[d])) != 0;
        }
        if (always || first || list) out += '\\';
        out += c;
    }
    return out;
}

/// Marks stand at the words, not at the spaces around them: "** a**" is not bold.
std::string marked(const Run& run, bool at_line_start)
{
    const std::string_view mark = run.bold ? "**" : run.italic ? "*" : "";
    const std::size_t spaces = std::min(run.text.find_first_not_of(' '), run.text.size());
    std::string out(spaces, ' ');
    if (spaces == run.text.size()) return out;
    out += mark;
    out += escaped(
        std::string_view{run.text}.substr(spaces),
        at_line_start && spaces == 0 && mark.empty());
    out += mark;
    return out;
}

std::string_view prefix(BlockKind kind)
{
    switch (kind) {
    case BlockKind::Title:
        return "# ";
    case BlockKind::Heading:
        return "## ";
    case BlockKind::Subheading:
        return "### ";
    case BlockKind::Item:
        return "- ";
    case BlockKind::Note:
        return "*";
    case BlockKind::Paragraph:
        break;
    }
    return "";
}

} // namespace

std::string markdown(const std::vector<Block>& blocks)
{
    std::string out;
    const Block* before = nullptr;
    for (const auto& block : blocks) {
        const bool same_list =
            before != nullptr && before->kind == BlockKind::Item && block.kind == BlockKind::Item;
        if (before != nullptr && !same_list) out += '\n';
        out += prefix(block.kind);
        bool first = block.kind == BlockKind::Paragraph || block.kind == BlockKind::Item;
        for (const auto& run : block.runs) {
            out += marked(run, first);
            first = false;
        }
        if (block.kind == BlockKind::Note) out += '*';
        out += '\n';
        before = &block;
    }
    return out;
}

} // namespace app::exporting
