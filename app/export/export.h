#pragma once

#include "app/result.h"
#include "app/session_content.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// A session as a file. ("export" itself is a word of C++.)
namespace app::exporting {

enum class Format { Markdown, Json, Srt, Vtt, Docx, Pdf };

/// By the names of the command line: "md", "json", "srt", "vtt", "docx", "pdf".
std::optional<Format> parse_format(std::string_view name);
std::string_view name(Format format);

/// The bytes of the file. The same content gives the same bytes on any day, in any time zone and
/// from any program: dates are the session's, ids are counted. No Qt, so that the window writes the
/// same file. Errors: NotFound (subtitles of a session without speech), BadUsage (subtitles of
/// several recordings; times are of one).
Result<std::string> render(const SessionContent& content, Format format);

/// Subtitles of one recording.
std::string srt(std::span<const storage::Segment> segments);
std::string vtt(std::span<const storage::Segment> segments);

/// Writes to a new file beside `path`, syncs and renames, so that a killed program leaves the old
/// file or the new one. Errors: AlreadyExists (without `overwrite`; links are not followed),
/// NoSpace, FileUnreadable, FileNotFound (its folder).
Result<std::uint64_t>
write_file(const std::filesystem::path& path, std::string_view bytes, bool overwrite);

} // namespace app::exporting
