#include "app/answer/passages.h"
#include "app/answer/text.h"

#include <algorithm>

namespace app::answer {

namespace {

constexpr double kSilence = 2.0; // seconds without speech that end a sentence

/// Text of neighbouring segments of one speaker, with a time for every byte.
struct Stretch {
    std::string text;
    std::string speaker;
    std::vector<double> start_s; // of the word that the byte belongs to
    std::vector<double> end_s;
};

void append(Stretch& stretch, std::string_view text, double start_s, double end_s)
{
    stretch.text += text;
    stretch.start_s.resize(stretch.text.size(), start_s);
    stretch.end_s.resize(stretch.text.size(), end_s);
}

void append_segment(Stretch& stretch, const storage::Segment& segment)
{
    if (!stretch.text.empty()) append(stretch, " ", segment.start_s, segment.start_s);
    if (!segment.words.empty()) {
        for (const auto& word : segment.words) append(stretch, word.text, word.start_s, word.end_s);
        return;
    }
    // Without word times: as if every byte took equally long.
    const double per_byte = (segment.end_s - segment.start_s) /
                            static_cast<double>(std::max<std::size_t>(1, segment.text.size()));
    for (std::size_t i = 0; i < segment.text.size(); ++i) {
        const double at = segment.start_s + per_byte * static_cast<double>(i);
        append(stretch, std::string_view(segment.text).substr(i, 1), at, at + per_byte);
    }
}

/// Words with the spaces before them, as recognisers give them.
std::vector<std::string_view> spaced_words(std::string_view text)
{
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = text.find_first_not_of(' ', at);
        if (begin == std::string_view::npos) break;
        const auto end = std::min(text.find(' ', begin), text.size());
        words.push_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

} // namespace

storage::Segment corrected(storage::Segment segment)
{
    if (!segment.edited) return segment;
    segment.text = std::move(*segment.edited);
    segment.edited.reset();
    const auto words = spaced_words(segment.text);
    if (words.size() != segment.words.size()) {
        segment.words.clear();
        return segment;
    }
    for (std::size_t i = 0; i < words.size(); ++i) segment.words[i].text = words[i];
    return segment;
}

std::vector<SpokenSentence>
spoken_sentences(std::span<const storage::Segment> recognised, std::string_view language)
{
    std::vector<storage::Segment> segments;
    for (const auto& segment : recognised) {
        if (storage::spoken_text(segment).empty()) continue;
        segments.push_back(corrected(segment));
    }
    std::vector<SpokenSentence> sentences;
    for (std::size_t i = 0; i < segments.size();) {
        Stretch stretch;
        stretch.speaker = segments[i].speaker;
        auto next = i;
        while (next < segments.size() && segments[next].speaker == stretch.speaker &&
               (next == i || segments[next].start_s - segments[next - 1].end_s < kSilence)) {
            append_segment(stretch, segments[next]);
            ++next;
        }
        for (const auto& sentence : split_spoken(stretch.text, language)) {
            SpokenSentence spoken;
            spoken.start_s = stretch.start_s[sentence.begin];
            spoken.end_s = stretch.end_s[sentence.end - 1];
            spoken.speaker = stretch.speaker;
            spoken.text = sentence.text;
            sentences.push_back(std::move(spoken));
        }
        i = next;
    }
    return sentences;
}

} // namespace app::answer
