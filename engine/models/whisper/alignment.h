#pragma once

#include "engine/models/whisper/decoder.h"
#include "engine/models/whisper/segments.h"
#include "engine/models/whisper/vocabulary.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::whisper {

/// A word and its times in seconds; `tokens` counts the text tokens that it was made of.
struct TimedWord {
    std::string text;
    std::size_t tokens = 0;
    double start_s = 0;
    double end_s = 0;
    double probability = 0;
};

/// The words of a text: pieces of whole code points, joined where a piece has no space before it.
/// Languages that write without spaces get a word a piece.
std::vector<TimedWord>
split_words(std::span<const TokenId> text, const Vocabulary& vocabulary, std::string_view language);

/// For each row of a [rows, frames] cost matrix the first frame of the cheapest monotonic path
/// through it. Dynamic time warping: Sakoe & Chiba 1978; ties go left.
std::vector<int> warp(std::span<const float> cost, int rows, int frames);

/// Standardises each head's attention over the tokens, smooths it along time by a median of 7,
/// averages the heads. Rows [first, last) of [tokens, frames] are kept.
std::vector<float> alignment_map(
    std::span<const std::vector<float>> attention,
    int tokens,
    int frames,
    int first,
    int last);

/// Gives words their times from where the alignment heads look; `prompt` tokens stand before the
/// text in `alignment`. Times count from the start of the window.
void time_words(
    std::vector<TimedWord>& words,
    const Decoder::Alignment& alignment,
    int prompt,
    int text_tokens,
    int frames);

/// Shortens words that stretch over a pause, glues punctuation to its word and deals the words out
/// to their segments, whose ends move to their words'. `offset_s` is added; `last_speech_s` is
/// where speech ended before, and after.
std::vector<std::vector<TimedWord>> deal_words(
    std::vector<TimedWord> words,
    std::vector<TextSegment>& segments,
    const Vocabulary& vocabulary,
    double offset_s,
    double& last_speech_s);

} // namespace engine::whisper
