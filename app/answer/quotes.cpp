#include "app/answer/quotes.h"

#include "app/answer/passages.h"
#include "app/answer/text.h"

#include <algorithm>
#include <set>
#include <utility>

namespace app::answer {

namespace {

constexpr double kOverlap = 1.0;
constexpr double kType = 0.25;
constexpr double kPassage = 0.5;
constexpr double kFewWords = -0.15;
constexpr std::size_t kFew = 6;
constexpr double kIsQuestion = -0.35;
constexpr double kContextShare =
    0.5; // of a word that stands only in the heading or in the next sentence
constexpr std::size_t kQuotes = 3;
constexpr std::size_t kLongEnough = 320; // bytes; a shorter quote takes in its neighbours,
constexpr std::size_t kLongest = 500;    // as long as they keep it below this

std::size_t word_count(std::string_view text)
{
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

/// The end of a sentence that a listing broke.
bool goes_on(const std::string& text)
{
    std::size_t at = 0;
    return is_lower(next_code_point(text, at));
}

const StripLine* sentence_at(const Strip& strip, std::size_t line)
{
    return line < strip.lines.size() && !strip.lines[line].heading ? &strip.lines[line] : nullptr;
}

} // namespace

Result<std::vector<ScoredSentence>> score_sentences(
    const Question& question,
    const Candidates& candidates,
    const std::vector<Strip>& strips,
    SentenceVectors& vectors,
    std::stop_token stop)
{
    std::vector<ScoredSentence> sentences;
    for (std::size_t s = 0; s < strips.size(); ++s) {
        for (std::size_t i = 0; i < strips[s].lines.size(); ++i) {
            const auto& line = strips[s].lines[i];
            if (line.heading || !line.read) continue;
            ScoredSentence sentence;
            sentence.strip = s;
            sentence.line = i;
            sentence.candidate = line.candidate;
            sentence.text = line.text;
            sentence.heading = line.above;
            sentences.push_back(std::move(sentence));
        }
    }
    if (candidates.by_meaning) {
        std::vector<std::string> texts;
        texts.reserve(2 * sentences.size());
        for (const auto& sentence : sentences) texts.push_back(sentence.text);
        for (const auto& sentence : sentences) {
            texts.push_back(
                sentence.heading.empty() ? sentence.text : sentence.heading + ": " + sentence.text);
        }
        const auto made = vectors.of(texts, engine::Priority::Interactive, std::move(stop));
        if (!made) return tl::unexpected(made.error());
        for (std::size_t i = 0; i < sentences.size(); ++i) {
            const double alone = cosine((*made)[i], candidates.question_vector);
            const double below = cosine((*made)[i + sentences.size()], candidates.question_vector);
            sentences[i].cosine = std::max(alone, below);
        }
    }
    for (auto& sentence : sentences) {
        const auto& strip = strips[sentence.strip];
        const auto* next = sentence_at(strip, sentence.line + 1);
        const std::string behind = next != nullptr ? next->text : "";
        const auto own = stems_of(sentence.text);
        const auto context = stems_of(sentence.heading + " " + behind);
        sentence.overlap = idf_overlap(question, own, context, kContextShare);
        if (!candidates.by_meaning) sentence.cosine = kCosineOfWords * sentence.overlap;
        sentence.right_type = holds(question.type, sentence.text, question.words) ||
                              holds(question.type, behind, question.words);
        sentence.score = sentence.cosine + kOverlap * sentence.overlap +
                         (sentence.right_type ? kType : 0.0) +
                         kPassage * candidates.best[sentence.candidate].f() +
                         (word_count(sentence.text) < kFew ? kFewWords : 0.0) +
                         (sentence.text.ends_with('?') ? kIsQuestion : 0.0);
    }
    std::stable_sort(sentences.begin(), sentences.end(), [](const auto& a, const auto& b) {
        return a.score > b.score;
    });
    return sentences;
}

namespace {

std::string joined(const Strip& strip, std::size_t first, std::size_t last)
{
    std::string text;
    for (auto i = first; i <= last; ++i) text += (text.empty() ? "" : " ") + strip.lines[i].text;
    return text;
}

struct Window {
    std::size_t first;
    std::size_t last;
};

/// The sentence and the next, then neighbours in turn, before and behind, until the quote is long
/// enough: what a short sentence means stands around it. Never over a heading or into another
/// quote.
Window window_around(const Strip& strip, std::size_t line, const std::vector<bool>& taken)
{
    Window window{line, line};
    auto length = strip.lines[line].text.size();
    const auto free = [&](std::size_t i) { return sentence_at(strip, i) != nullptr && !taken[i]; };
    const auto take = [&](std::size_t i) { length += strip.lines[i].text.size() + 1; };
    if (goes_on(strip.lines[line].text) && line > 0 && free(line - 1)) take(--window.first);
    if (free(line + 1)) take(++window.last);
    for (bool back = true; length < kLongEnough; back = !back) {
        const auto fits = [&](std::size_t i) {
            return free(i) && length + strip.lines[i].text.size() < kLongest;
        };
        const bool before = window.first > 0 && fits(window.first - 1);
        const bool behind = fits(window.last + 1);
        if (!before && !behind) break;
        take(before && (back || !behind) ? --window.first : ++window.last);
    }
    return window;
}

} // namespace

std::vector<ChosenQuote> choose_quotes(
    const std::vector<ScoredSentence>& sentences,
    const std::vector<Strip>& strips,
    double least)
{
    std::vector<ChosenQuote> chosen;
    std::vector<std::vector<bool>> taken; // lines that stand in a quote already
    taken.reserve(strips.size());
    for (const auto& strip : strips) taken.emplace_back(strip.lines.size(), false);
    std::set<std::string> shown; // the same sentence may stand on several pages
    std::set<std::pair<storage::SourceId, int>> pages;
    for (const bool other_pages : {true, false}) {
        for (const auto& sentence : sentences) {
            if (chosen.size() == kQuotes || sentence.score < least) break;
            const auto& strip = strips[sentence.strip];
            const std::pair page{strip.source, strip.page};
            if (other_pages && strip.page > 0 && pages.contains(page)) continue;
            auto& lines = taken[sentence.strip];
            if (lines[sentence.line] || shown.contains(sentence.text)) continue;
            const auto window = window_around(strip, sentence.line, lines);
            ChosenQuote quote;
            quote.sentence = sentence;
            quote.texts = {
                joined(strip, window.first, window.last),
                joined(strip, sentence.line, window.last),
                joined(strip, window.first, sentence.line),
                sentence.text};
            for (auto i = window.first; i <= window.last; ++i) {
                lines[i] = true;
                shown.insert(strip.lines[i].text);
            }
            pages.insert(page);
            chosen.push_back(std::move(quote));
        }
    }
    std::stable_sort(chosen.begin(), chosen.end(), [](const auto& a, const auto& b) {
        return a.sentence.score > b.sentence.score;
    });
    return chosen;
}

bool differ_in_numbers(const Question& question, const std::vector<ChosenQuote>& quotes)
{
    if (question.type != AnswerType::Number && question.type != AnswerType::Time) return false;
    constexpr double kSameWords = 0.6; // of the question, by rarity, in both
    const auto numbers = [&](const ChosenQuote& quote) {
        std::set<std::string> found;
        for (const auto& word : words_of(quote.sentence.text)) {
            const bool asked = std::find(question.words.begin(), question.words.end(), word) !=
                               question.words.end();
            if (is_digit(static_cast<unsigned char>(word.front())) && !asked) found.insert(word);
        }
        return found;
    };
    for (std::size_t a = 0; a < quotes.size(); ++a) {
        for (std::size_t b = a + 1; b < quotes.size(); ++b) {
            if (quotes[a].sentence.overlap < kSameWords || quotes[b].sentence.overlap < kSameWords)
                continue;
            const auto first = numbers(quotes[a]);
            const auto second = numbers(quotes[b]);
            const bool shared = std::any_of(first.begin(), first.end(), [&](const auto& n) {
                return second.contains(n);
            });
            if (!first.empty() && !second.empty() && !shared) return true;
        }
    }
    return false;
}

} // namespace app::answer
