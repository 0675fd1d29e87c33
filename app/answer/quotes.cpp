#include "app/answer/quotes.h"

#include "app/answer/passages.h"
#include "app/answer/sentence_ends.h"
#include "app/answer/text.h"

#include <algorithm>
#include <set>
#include <utility>

namespace app::answer {

namespace {

constexpr double kCosine = 1.5;
constexpr double kOverlap = 1.0;
constexpr double kType = 0.25;
constexpr double kSamePage = 0.2; // what another page may score less and still come first
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
        // A sentence alone, below its heading, and with the next one.
        constexpr std::size_t kReadings = 3;
        std::vector<std::string> texts;
        texts.reserve(kReadings * sentences.size());
        for (const auto& sentence : sentences) {
            const auto* next = sentence_at(strips[sentence.strip], sentence.line + 1);
            const auto& text = sentence.text;
            texts.push_back(text);
            texts.push_back(sentence.heading.empty() ? text : sentence.heading + ": " + text);
            texts.push_back(next == nullptr ? text : text + " " + next->text);
        }
        const auto made = vectors.of(texts, engine::Priority::Interactive, std::move(stop));
        if (!made) return tl::unexpected(made.error());
        for (std::size_t i = 0; i < texts.size(); ++i) {
            auto& nearest = sentences[i / kReadings].cosine;
            const double here = cosine((*made)[i], candidates.question_vector);
            nearest = i % kReadings == 0 ? here : std::max(nearest, here);
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
        sentence.score = kCosine * sentence.cosine + kOverlap * sentence.overlap +
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

double match(const std::vector<ScoredSentence>& sentences)
{
    constexpr double kNearness = 1.5;
    constexpr std::size_t kBest = 10;
    if (sentences.empty()) return 0.0;
    double nearest = sentences.front().cosine;
    for (std::size_t i = 1; i < std::min(kBest, sentences.size()); ++i)
        nearest = std::max(nearest, sentences[i].cosine);
    return sentences.front().score + kNearness * nearest;
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

/// Which lines of a strip a quote may take: never over a heading or into another quote.
class Surroundings {
public:
    Surroundings(const Strip& strip, const std::vector<bool>& taken, std::size_t line)
        : strip_(strip), taken_(taken), window_{line, line}, length_(strip.lines[line].text.size())
    {
    }

    /// The sentence and the next; the one before where the sentence is the end of one that a
    /// listing broke.
    Window sentence_and_next()
    {
        if (goes_on(strip_.lines[window_.first].text) && has_before()) take_before();
        if (has_behind() && length_ + behind().size() < kLongest) take_behind();
        return window_;
    }

    /// Then neighbours in turn, before and behind, until the quote is long enough: what a short
    /// sentence means stands around it.
    Window widened()
    {
        for (bool back = true; length_ < kLongEnough; back = !back) {
            const bool before = has_before() && length_ + this->before().size() < kLongest;
            const bool behind = has_behind() && length_ + this->behind().size() < kLongest;
            if (!before && !behind) break;
            if (before && (back || !behind))
                take_before();
            else
                take_behind();
        }
        return window_;
    }

private:
    bool free(std::size_t i) const { return sentence_at(strip_, i) != nullptr && !taken_[i]; }
    bool has_before() const { return window_.first > 0 && free(window_.first - 1); }
    bool has_behind() const { return free(window_.last + 1); }
    const std::string& before() const { return strip_.lines[window_.first - 1].text; }
    const std::string& behind() const { return strip_.lines[window_.last + 1].text; }
    void take_before()
    {
        length_ += before().size() + 1;
        --window_.first;
    }
    void take_behind()
    {
        length_ += behind().size() + 1;
        ++window_.last;
    }

    const Strip& strip_;
    const std::vector<bool>& taken_;
    Window window_;
    std::size_t length_;
};

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
    const auto best_left = [&] {
        const ScoredSentence* best = nullptr;
        double worth = 0.0;
        for (const auto& sentence : sentences) {
            if (sentence.score < least || (best != nullptr && sentence.score <= worth)) break;
            const auto& strip = strips[sentence.strip];
            if (taken[sentence.strip][sentence.line] || shown.contains(sentence.text)) continue;
            const bool same_page = strip.page > 0 && pages.contains({strip.source, strip.page});
            const double here = sentence.score - (same_page ? kSamePage : 0.0);
            if (best != nullptr && here <= worth) continue;
            best = &sentence;
            worth = here;
        }
        return best;
    };
    while (chosen.size() < kQuotes) {
        const auto* sentence = best_left();
        if (sentence == nullptr) break;
        const auto& strip = strips[sentence->strip];
        auto& lines = taken[sentence->strip];
        Surroundings around(strip, lines, sentence->line);
        const auto core = around.sentence_and_next();
        const auto window = around.widened();
        ChosenQuote quote;
        quote.sentence = *sentence;
        quote.focus = joined(strip, core.first, core.last);
        const auto goes_together = [&](std::size_t i) {
            return i <= core.last && ends_a_sentence(strip.lines[i].text);
        };
        const bool with_next = goes_together(sentence->line) && goes_together(sentence->line + 1);
        quote.mark = joined(strip, core.first, with_next ? core.last : sentence->line);
        quote.texts = {
            joined(strip, window.first, window.last),
            joined(strip, sentence->line, window.last),
            joined(strip, window.first, sentence->line),
            sentence->text};
        for (auto i = window.first; i <= window.last; ++i) {
            lines[i] = true;
            shown.insert(strip.lines[i].text);
        }
        pages.insert({strip.source, strip.page});
        chosen.push_back(std::move(quote));
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
