#include "app/answer/quotes.h"

#include "app/answer/passages.h"
#include "app/answer/text.h"

#include <algorithm>
#include <set>
#include <unordered_map>

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

std::size_t word_count(std::string_view text)
{
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

/// The same sentence of overlapping passages has one key.
std::string key_of(const storage::Passage& passage, std::string_view text)
{
    return std::to_string(passage.source) + ":" + std::to_string(passage.page) + ":" +
           std::string(text);
}

} // namespace

Result<std::vector<ScoredSentence>> score_sentences(
    const Question& question,
    const Candidates& candidates,
    SentenceVectors& vectors,
    std::stop_token stop)
{
    std::vector<ScoredSentence> sentences;
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t c = 0; c < candidates.best.size(); ++c) {
        const auto& passage = candidates.best[c].passage;
        const auto lines = passage_lines(passage);
        std::string heading;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines[i].heading) {
                heading = lines[i].carried && !heading.empty()
                              ? heading + " " + std::string(lines[i].text)
                              : std::string(lines[i].text);
                continue;
            }
            ScoredSentence sentence;
            sentence.candidate = c;
            sentence.line = i;
            sentence.text = lines[i].text;
            sentence.heading = heading;
            if (i + 1 < lines.size() && !lines[i + 1].heading) sentence.next = lines[i + 1].text;
            std::size_t first = 0;
            const bool goes_on = is_lower(next_code_point(sentence.text, first));
            if (goes_on && i > 0 && !lines[i - 1].heading) sentence.previous = lines[i - 1].text;
            const auto [place, fresh] =
                known.emplace(key_of(passage, sentence.text), sentences.size());
            if (fresh) {
                sentences.push_back(std::move(sentence));
            } else if (auto& earlier = sentences[place->second]; earlier.next.empty()) {
                earlier.next = sentence.next; // its passage ended with it, this one goes on
            }
        }
    }

    if (candidates.by_meaning) {
        std::vector<std::string> texts;
        for (const auto& sentence : sentences) texts.push_back(sentence.text);
        for (const auto& sentence : sentences) {
            texts.push_back(
                sentence.heading.empty() ? sentence.text : sentence.heading + ": " + sentence.text);
        }
        const auto made = vectors.of(texts, engine::Priority::Interactive, stop);
        if (!made) return tl::unexpected(made.error());
        for (std::size_t i = 0; i < sentences.size(); ++i) {
            const double alone = cosine((*made)[i], candidates.question_vector);
            const double below = cosine((*made)[i + sentences.size()], candidates.question_vector);
            sentences[i].cosine = std::max(alone, below);
        }
    }
    for (auto& sentence : sentences) {
        const auto context = stems_of(sentence.heading + " " + sentence.next);
        sentence.overlap = idf_overlap(question, stems_of(sentence.text), context, kContextShare);
        if (!candidates.by_meaning) sentence.cosine = kCosineOfWords * sentence.overlap;
        sentence.right_type = holds(question.type, sentence.text, question.words) ||
                              holds(question.type, sentence.next, question.words);
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

std::vector<ScoredSentence> choose_quotes(
    const std::vector<ScoredSentence>& sentences,
    const Candidates& candidates,
    double least)
{
    std::vector<ScoredSentence> chosen;
    std::set<std::string> shown; // sentences that stand in a quote already
    std::set<std::pair<storage::SourceId, int>> pages;
    for (const bool other_pages : {true, false}) {
        for (const auto& sentence : sentences) {
            if (chosen.size() == kQuotes) break;
            if (sentence.score < least) break;
            const auto& passage = candidates.best[sentence.candidate].passage;
            const std::pair page{passage.source, passage.page};
            if (other_pages && passage.page > 0 && pages.contains(page)) continue;
            if (shown.contains(sentence.text)) continue;
            chosen.push_back(sentence);
            pages.insert(page);
            shown.insert(sentence.text);
            shown.insert(sentence.next);
            shown.insert(sentence.previous);
        }
    }
    std::stable_sort(chosen.begin(), chosen.end(), [](const auto& a, const auto& b) {
        return a.score > b.score;
    });
    return chosen;
}

bool differ_in_numbers(const Question& question, const std::vector<ScoredSentence>& quotes)
{
    if (question.type != AnswerType::Number && question.type != AnswerType::Time) return false;
    constexpr double kSameWords = 0.6; // of the question, by rarity, in both
    const auto numbers = [&](const ScoredSentence& quote) {
        std::set<std::string> found;
        for (const auto& word : words_of(quote.text)) {
            const bool asked = std::find(question.words.begin(), question.words.end(), word) !=
                               question.words.end();
            if (is_digit(static_cast<unsigned char>(word.front())) && !asked) found.insert(word);
        }
        return found;
    };
    for (std::size_t a = 0; a < quotes.size(); ++a) {
        for (std::size_t b = a + 1; b < quotes.size(); ++b) {
            if (quotes[a].overlap < kSameWords || quotes[b].overlap < kSameWords) continue;
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
