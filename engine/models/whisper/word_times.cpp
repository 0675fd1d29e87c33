#include "engine/models/whisper/alignment.h"

#include <algorithm>
#include <cmath>

// How the reference makes word times presentable. Its lists are searched for the word as a
// substring.
namespace engine::whisper {
namespace {

constexpr std::string_view kSentenceEnds = ".。!！?？";
constexpr std::string_view kOpening = "\"'“¿([{-";
constexpr std::string_view kClosing = "\"'.。,，!！?？:：”)]}、";

bool is_in(std::string_view word, std::string_view list)
{
    return list.find(word) != std::string_view::npos;
}

double round_to_cents(double seconds)
{
    return std::nearbyint(seconds * 100) / 100;
}

double length(const TimedWord& word)
{
    return word.end_s - word.start_s;
}

/// Median of the words that take any time, at most 0.7 s.
double usual_length(const std::vector<TimedWord>& words)
{
    std::vector<double> lengths;
    for (const TimedWord& word : words) {
        if (length(word) != 0) lengths.push_back(length(word));
    }
    if (lengths.empty()) return 0;
    std::sort(lengths.begin(), lengths.end());
    const std::size_t half = lengths.size() / 2;
    const double median =
        lengths.size() % 2 == 1 ? lengths[half] : (lengths[half - 1] + lengths[half]) / 2;
    return std::min(0.7, median);
}

/// The pause between two sentences belongs to neither the mark nor the word behind it.
void shorten_at_sentence_ends(std::vector<TimedWord>& words, double longest)
{
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (length(words[i]) <= longest) continue;
        if (is_in(words[i].text, kSentenceEnds)) {
            words[i].end_s = words[i].start_s + longest;
        } else if (is_in(words[i - 1].text, kSentenceEnds)) {
            words[i].start_s = words[i].end_s - longest;
        }
    }
}

/// Moves text and tokens; the word keeps its own times. What was glued stays behind empty.
void glue_punctuation(std::vector<TimedWord>& words)
{
    const auto strip = [](std::string_view text) {
        const auto first = text.find_first_not_of(' ');
        if (first == std::string_view::npos) return std::string_view();
        return text.substr(first, text.find_last_not_of(' ') - first + 1);
    };
    for (std::size_t i = words.size(), following = words.size(); i-- > 0;) {
        TimedWord& word = words[i];
        const bool opens = following < words.size() && word.text.starts_with(' ') &&
                           is_in(strip(word.text), kOpening);
        if (!opens) {
            following = i;
            continue;
        }
        words[following].text = word.text + words[following].text;
        words[following].tokens += word.tokens;
        word.text.clear();
        word.tokens = 0;
    }
    for (std::size_t i = 1, previous = 0; i < words.size(); ++i) {
        TimedWord& word = words[i];
        if (words[previous].text.ends_with(' ') || !is_in(word.text, kClosing)) {
            previous = i;
            continue;
        }
        words[previous].text += word.text;
        words[previous].tokens += word.tokens;
        word.text.clear();
        word.tokens = 0;
    }
}

/// Alignment stretches the first word of a segment over the pause before it, and the last one over
/// the pause behind.
void fit_to_segment(
    std::vector<TimedWord>& words,
    TextSegment& segment,
    double usual,
    double last_speech_s)
{
    const double longest = 2 * usual;
    TimedWord& first = words.front();
    const bool two = words.size() > 1;
    const bool stretched =
        length(first) > longest || (two && words[1].end_s - first.start_s > 2 * longest);
    if (first.end_s - last_speech_s > 4 * usual && stretched) {
        if (two && length(words[1]) > longest) {
            const double border = std::max(words[1].end_s / 2, words[1].end_s - longest);
            first.end_s = words[1].start_s = border;
        }
        first.start_s = std::max(0.0, first.end_s - longest);
    }
    if (segment.start_s < first.end_s && segment.start_s - 0.5 > first.start_s) {
        first.start_s = std::max(0.0, std::min(first.end_s - usual, segment.start_s));
    } else {
        segment.start_s = first.start_s;
    }
    TimedWord& last = words.back();
    if (segment.end_s > last.start_s && segment.end_s + 0.5 < last.end_s) {
        last.end_s = std::max(last.start_s + usual, segment.end_s);
    } else {
        segment.end_s = last.end_s;
    }
}

} // namespace

std::vector<std::vector<TimedWord>> deal_words(
    std::vector<TimedWord> words,
    std::vector<TextSegment>& segments,
    const Vocabulary& vocabulary,
    double offset_s,
    double& last_speech_s)
{
    const double usual = usual_length(words);
    if (usual > 0) shorten_at_sentence_ends(words, 2 * usual);
    glue_punctuation(words);

    std::vector<std::vector<TimedWord>> dealt;
    std::size_t at = 0;
    for (TextSegment& segment : segments) {
        const auto due = static_cast<std::size_t>(
            std::count_if(segment.tokens.begin(), segment.tokens.end(), [&](TokenId id) {
                return id < vocabulary.end_of_text;
            }));
        std::vector<TimedWord>& own = dealt.emplace_back();
        for (std::size_t tokens = 0; at < words.size() && tokens < due; ++at) {
            TimedWord& word = words[at];
            tokens += word.tokens;
            if (word.text.empty()) continue;
            word.start_s = round_to_cents(offset_s + word.start_s);
            word.end_s = round_to_cents(offset_s + word.end_s);
            own.push_back(std::move(word));
        }
        if (own.empty()) continue;
        fit_to_segment(own, segment, usual, last_speech_s);
        last_speech_s = segment.end_s;
    }
    return dealt;
}

} // namespace engine::whisper
