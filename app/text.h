#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Words and numbers as people read them, shared by the two faces and the exports.
namespace app {

/// `text` with every byte that is not valid UTF-8, and every control character but tab and line
/// feed, replaced by U+FFFD or dropped. What files say is not trusted to be text: XML, JSON and
/// Pango refuse such bytes.
std::string clean_utf8(std::string_view text);

/// `text` on one line: runs of white space become one space, none at the ends.
std::string one_line(std::string_view text);

/// At most `max_bytes` bytes, cut between code points, with "…" where something was cut.
std::string shortened(std::string_view text, std::size_t max_bytes);

/// "1:05", "1:02:05". Whole seconds, rounded down, as a player shows them.
std::string clock_time(double seconds);

/// "01:02:05.250" with the given decimal sign; for subtitles.
std::string subtitle_time(double seconds, char decimal_sign);

/// "3.4 MB", in powers of ten.
std::string human_size(std::uint64_t bytes);

/// "3.1 s", "2 min 5 s".
std::string human_duration(double seconds);

/// "1 page", "3 pages".
std::string counted(std::int64_t count, std::string_view singular, std::string_view plural = {});

} // namespace app
