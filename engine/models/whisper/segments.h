#pragma once

#include "engine/models/whisper/search.h"
#include "engine/models/whisper/vocabulary.h"

#include <cstdint>
#include <vector>

namespace engine::whisper {

/// Part of a window's text between two timestamps; seconds from the start of the sound.
struct TextSegment {
    double start_s = 0;
    double end_s = 0;
    std::vector<TokenId> tokens; // timestamps included
    std::vector<float> log_probs;
};

struct WindowSegments {
    std::vector<TextSegment> segments;
    std::int64_t seek = 0;           // frame where the next window starts
    bool ends_with_one_time = false; // nothing is said after the last timestamp
};

/// Cuts the text of the window [seek, seek + frames) where two timestamps stand side by side. An
/// unfinished rest behind the last such pair is left for the next window. Source: the released
/// transcription loop.
WindowSegments cut_segments(
    const Transcript& text,
    const Vocabulary& vocabulary,
    std::int64_t seek,
    std::int64_t frames);

} // namespace engine::whisper
