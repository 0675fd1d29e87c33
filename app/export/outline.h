#pragma once

#include "app/session_content.h"

#include <string>
#include <string_view>
#include <vector>

namespace app::exporting {

/// The parts of a written page that Markdown, DOCX and PDF all have.
enum class BlockKind { Title, Heading, Subheading, Paragraph, Item, Note };
struct Run {
    std::string text; // clean UTF-8 without line breaks
    bool bold = false;
    bool italic = false;
};
struct Block {
    BlockKind kind = BlockKind::Paragraph;
    std::vector<Run> runs;
};

/// A session in reading order: sources, questions with their answers and citations, summaries,
/// notes, what was said, and what was read from pictures. The text layer of a document is not
/// repeated: the file itself is at hand; JSON has it.
std::vector<Block> outline(const SessionContent& content);

/// "Quoted from your sources" or "Written by MODEL": the words for a mode, everywhere.
std::string mode_words(std::string_view mode, std::string_view engine);

/// "manual.pdf, page 4" or "meeting.wav, 1:05".
std::string place_words(std::string_view path, int page, const std::optional<double>& start_s);

/// "[1] manual.pdf, page 4", and on a line below what stands there, where the answer does not say
/// all of it.
std::string
cited_words(const storage::Citation& citation, std::string_view path, std::string_view answer);

} // namespace app::exporting
