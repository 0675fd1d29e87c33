#include "app/export/export.h"

#include "app/text.h"

#include <fmt/format.h>

namespace app::exporting {
namespace {

std::string spoken_line(const storage::Segment& segment)
{
    const std::string text = one_line(clean_utf8(storage::spoken_text(segment)));
    if (text.empty()) return {};
    return segment.speaker.empty() ? text : one_line(clean_utf8(segment.speaker)) + ": " + text;
}

/// WebVTT reads cue text as a small markup; "-->" would end it.
std::string vtt_escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

} // namespace

std::string srt(std::span<const storage::Segment> segments)
{
    std::string out;
    int number = 0;
    for (const auto& segment : segments) {
        const std::string line = spoken_line(segment);
        if (line.empty()) continue;
        out += fmt::format(
            "{}\n{} --> {}\n{}\n\n",
            ++number,
            subtitle_time(segment.start_s, ','),
            subtitle_time(segment.end_s, ','),
            line);
    }
    return out;
}

std::string vtt(std::span<const storage::Segment> segments)
{
    std::string out = "WEBVTT\n\n";
    for (const auto& segment : segments) {
        const std::string line = spoken_line(segment);
        if (line.empty()) continue;
        out += fmt::format(
            "{} --> {}\n{}\n\n",
            subtitle_time(segment.start_s, '.'),
            subtitle_time(segment.end_s, '.'),
            vtt_escaped(line));
    }
    return out;
}

} // namespace app::exporting
