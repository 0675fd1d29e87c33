#pragma once

#include "capture/reader/frame_change.h"
#include "capture/types.h"

#include <string>
#include <vector>

namespace capture::reader {

/// One line of text as it was read; offsets of its words are in `text`, boxes are fractions of the
/// whole picture.
struct FrameLine {
    std::string text;
    std::vector<Word> words;
    bool new_paragraph = false;
};

/// The lines of `text` (separated by \n, paragraphs by \n\n), read from the rows `band` of a
/// picture of `height_px`: boxes are brought to the whole picture.
std::vector<FrameLine>
split_lines(const std::string& text, const std::vector<Word>& words, RowBand band, int height_px);

/// The rows that a line's words stand on.
RowBand rows_of(const FrameLine& line, int height_px);

/// What a new picture still shows of the lines of the one before.
struct SeenLines {
    std::vector<FrameLine> kept;   // where they are now, in their old order
    std::vector<RowBand> doubtful; // where a line is seen in part: to be read anew
};
SeenLines still_seen(const std::vector<FrameLine>& lines, const FrameChange& change, int height_px);

/// Puts `fresh`, read from `band`, before the first line that stands below it.
void insert_lines(
    std::vector<FrameLine>& lines,
    std::vector<FrameLine> fresh,
    RowBand band,
    int height_px);

/// Text and words as a Frame carries them.
void join_lines(const std::vector<FrameLine>& lines, std::string& text, std::vector<Word>& words);

} // namespace capture::reader
