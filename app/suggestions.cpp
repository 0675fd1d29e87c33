#include "app/suggestions.h"

#include "app/answer/ask.h"
#include "app/answer/dates.h"
#include "app/answer/language.h"
#include "app/answer/passages.h"
#include "app/answer/text.h"
#include "app/ask_job.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <set>
#include <string_view>
#include <utility>

namespace app {
namespace {

constexpr std::size_t kLongestSentence = 240; // bytes; std::regex recurses, and such a sentence
                                              // says several things
constexpr std::size_t kLongestThing = 9;      // words
constexpr int kTriesAQuestion = 6;
constexpr int kMostOfAPage = 2;

/// What a question asks for, in the order in which questions are taken in turn.
enum class Asks { When, Cost, Where, HowLong, What, About };
constexpr std::array
    kAll{Asks::When, Asks::Cost, Asks::Where, Asks::HowLong, Asks::What, Asks::About};

struct Draft {
    std::string question;
    std::string thing;    // what it is about
    std::string sentence; // that answers it; empty: the part under a heading
    storage::SourceId source = 0;
    int page = 0;
    std::size_t turn = 0; // its place among those of its source
};

bool has_number(std::string_view text)
{
    if (text.find_first_of("0123456789") != std::string_view::npos) return true;
    const auto words = answer::words_of(text);
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return answer::in_list("en", "number_words", word);
    });
}

bool has_time(const std::string& text)
{
    static const std::regex kEvery{
        R"(\bevery (day|week|month|year|\d+|other)|\b(in|since|until) (19|20)\d\d\b)"};
    return !answer::dates_in(text).empty() || std::regex_search(text, kEvery);
}

bool starts_with_place(const std::string& text)
{
    static const std::regex kPlace{
        "(in|at|on|under|behind|beside|next to|near|above|below|between) (the|a|an|our) .*"};
    return std::regex_match(text, kPlace) && !has_time(text);
}

/// Turns sentences into questions about the thing that they begin with.
class Drafting {
public:
    /// Words that stand in small letters somewhere: they are no names.
    void learn(std::string_view text)
    {
        for (std::size_t at = 0; at < text.size();) {
            const auto begin = text.find_first_of("abcdefghijklmnopqrstuvwxyz", at);
            if (begin == std::string_view::npos) return;
            auto end = begin;
            while (end < text.size() &&
                   (text[end] == '-' || (text[end] >= 'a' && text[end] <= 'z')))
                ++end;
            const bool whole = begin == 0 || text[begin - 1] == ' ' || text[begin - 1] == '\n' ||
                               text[begin - 1] == '(';
            if (whole) common_.emplace(text.substr(begin, end - begin));
            at = end + 1;
        }
    }

    void sentence(const std::string& text, storage::SourceId source, int page)
    {
        if (text.size() > kLongestSentence || text.ends_with('?')) return;
        std::smatch m;
        const auto from = [&](Asks asks, const std::string& subject, auto&& form) {
            const auto thing = thing_of(subject);
            if (!thing) return;
            add(asks, {form(*thing), *thing, text, source, page});
        };
        static const std::regex kCost{R"((.+?) (costs?) (.*))"};
        static const std::regex kPay{R"((.+?) pays (.*))"};
        static const std::regex kPlace{R"((.+?) (takes?) place (.*))"};
        static const std::regex kOpen{R"((.+?) (is|are) (open|closed)\b(.*))"};
        static const std::regex kLast{R"((.+?) (may|must|can) last (.*))"};
        static const std::regex kValid{R"((.+?) (is|are) valid for (.*))"};
        static const std::regex kDone{
            R"((.+?) (is|are|was|were) (kept|held|built|found|\w+ed) (.*))"};
        static const std::regex kHangs{R"((.+?) (hang|stand|lie)(s?) (.*))"};
        static const std::regex kIsOn{R"((.+?) (is|are) ((?:on|at) .*))"};
        static const std::regex kIsNumber{R"((.+?) (is) (\d[\d .,-]*\b)(.*))"};
        if (std::regex_match(text, m, kCost) && has_number(m[3].str().substr(0, 40))) {
            from(Asks::Cost, m[1], [&](const std::string& thing) {
                return (m[2] == "cost" ? "What do " : "What does ") + thing + " cost?";
            });
        } else if (std::regex_match(text, m, kPay) && has_number(m[2].str())) {
            from(Asks::Cost, m[1], [&](const std::string& thing) {
                return "What does " + thing + " pay?";
            });
        } else if (std::regex_match(text, m, kPlace) && has_time(m[3])) {
            from(Asks::When, m[1], [&](const std::string& thing) {
                return (m[2] == "take" ? "When do " : "When does ") + thing + " take place?";
            });
        } else if (std::regex_match(text, m, kOpen) && has_time(m[4])) {
            from(Asks::When, m[1], [&](const std::string& thing) {
                return "When " + m[2].str() + ' ' + thing + ' ' + m[3].str() + '?';
            });
        } else if (std::regex_match(text, m, kLast) && has_number(m[3].str())) {
            from(Asks::HowLong, m[1], [&](const std::string& thing) {
                return "How long " + m[2].str() + ' ' + thing + " last?";
            });
        } else if (std::regex_match(text, m, kValid) && has_number(m[3].str())) {
            from(Asks::HowLong, m[1], [&](const std::string& thing) {
                return "How long " + m[2].str() + ' ' + thing + " valid?";
            });
        } else if (std::regex_match(text, m, kIsNumber)) {
            from(Asks::What, m[1], [&](const std::string& thing) {
                return "What is " + thing + '?';
            });
        } else if (std::regex_match(text, m, kDone)) {
            const std::string rest = m[4];
            const bool place = starts_with_place(rest);
            if (!place && !has_time(rest)) return;
            from(place ? Asks::Where : Asks::When, m[1], [&](const std::string& thing) {
                return (place ? "Where " : "When ") + m[2].str() + ' ' + thing + ' ' + m[3].str() +
                       '?';
            });
        } else if (std::regex_match(text, m, kHangs) && starts_with_place(m[4])) {
            from(Asks::Where, m[1], [&](const std::string& thing) {
                return (m[3].length() > 0 ? "Where does " : "Where do ") + thing + ' ' +
                       m[2].str() + '?';
            });
        } else if (std::regex_match(text, m, kIsOn) && has_time(m[3])) {
            from(Asks::When, m[1], [&](const std::string& thing) {
                return "When " + m[2].str() + ' ' + thing + '?';
            });
        }
    }

    void heading(std::string_view text, storage::SourceId source, int page)
    {
        // "4. Introductions", "## Introductions"
        const auto begin = text.find_first_not_of("0123456789.# ");
        if (begin == std::string_view::npos) return;
        const std::string title{text.substr(begin)};
        if (title.find_first_of("?:,.()|") != std::string::npos) return;
        const auto words = answer::words_of(title);
        if (words.size() < 2 || words.size() > kLongestThing) return;
        const std::string thing = without_capital(title);
        add(Asks::About, {"What does it say about " + thing + '?', thing, {}, source, page});
    }

    /// All drafts of one kind, those of each source in turn.
    std::vector<Draft> of(Asks asks)
    {
        auto& drafts = drafts_[asks];
        std::stable_sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) {
            return a.turn < b.turn;
        });
        return drafts;
    }

private:
    void add(Asks asks, Draft draft)
    {
        draft.turn = turns_[{asks, draft.source}]++;
        drafts_[asks].push_back(std::move(draft));
    }

    std::string without_capital(std::string text) const
    {
        const auto end = std::min(text.find(' '), text.size());
        std::string word = text.substr(0, end);
        if (word.empty() || word[0] < 'A' || word[0] > 'Z') return text;
        word[0] = static_cast<char>(word[0] - 'A' + 'a');
        if (!common_.contains(word) && !answer::in_list("en", "function_words", word)) return text;
        return word + text.substr(end);
    }

    /// The subject of a sentence as it stands in a question; nothing where it is a pronoun or more
    /// than one thing.
    std::optional<std::string> thing_of(std::string subject) const
    {
        // Speech runs on: "Thank you, the next meeting". What stands before the comma is not it.
        if (const auto comma = subject.find_last_of(",;:"); comma != std::string::npos)
            subject =
                subject.substr(std::min(subject.find_first_not_of(' ', comma + 1), subject.size()));
        static const std::set<std::string> kNoThings{
            "it",      "he",     "she",      "they",      "we",      "i",   "you",   "this",
            "that",    "these",  "those",    "there",     "here",    "who", "what",  "which",
            "whoever", "when",   "where",    "if",        "and",     "but", "or",    "so",
            "then",    "yes",    "no",       "let",       "because", "one", "after", "before",
            "every",   "nobody", "somebody", "everybody", "nothing", "as"};
        static const std::set<std::string> kVerbs{
            "is",    "are", "was",  "were", "has",  "have", "had",  "will", "would", "can",
            "could", "may", "must", "do",   "does", "did",  "be",   "been", "not",   "never",
            "i",     "we",  "you",  "he",   "she",  "it",   "they", "that", "which", "who"};
        const auto words = answer::words_of(subject);
        if (words.empty() || words.size() > kLongestThing) return std::nullopt;
        if (kNoThings.contains(words.front())) return std::nullopt;
        bool says_something = false;
        for (const auto& word : words) {
            if (kVerbs.contains(word)) return std::nullopt;
            says_something |= word.size() > 2 && !answer::in_list("en", "function_words", word);
        }
        if (!says_something || has_number(subject)) return std::nullopt;
        return without_capital(subject);
    }

    std::set<std::string> common_;
    std::map<Asks, std::vector<Draft>> drafts_;
    std::map<std::pair<Asks, storage::SourceId>, std::size_t> turns_;
};

Result<void>
draft_source(storage::Library& library, const storage::Source& source, Drafting& drafting)
{
    const auto passages = library.passages(source.id);
    if (!passages) return tl::unexpected(passages.error());
    for (const auto& passage : *passages)
        if (passage.language == "en") drafting.learn(passage.text);
    std::set<std::pair<int, std::string>> known; // neighbouring passages share sentences
    for (const auto& passage : *passages) {
        if (passage.language != "en") continue;
        const bool of_a_picture = passage.page == 0 && passage.end > passage.begin;
        if (of_a_picture) continue; // words on a slide are seldom sentences
        for (const auto& line : answer::passage_lines(passage)) {
            const std::string text{line.text};
            if (line.carried || !known.emplace(passage.page, text).second) continue;
            if (line.heading)
                drafting.heading(text, source.id, passage.page);
            else
                drafting.sentence(text, source.id, passage.page);
        }
    }
    return {};
}

/// Found, and first of all in the sentence that the question was made from.
bool answers(const answer::Answer& answer, const Draft& draft)
{
    if (answer.outcome != answer::Outcome::Found || answer.quotes.empty()) return false;
    const auto& best = answer.quotes.front();
    if (best.citation.source != draft.source || best.citation.page != draft.page) return false;
    return draft.sentence.empty() || best.focus.find(draft.sentence) != std::string::npos;
}

} // namespace

Result<std::vector<Suggestion>> suggest_questions(
    storage::SessionId session,
    int n,
    storage::Library& library,
    engine::TextEmbedder* embedder,
    const std::stop_token& stop,
    Answerers* answerers)
{
    if (auto known = library.session(session); !known) return tl::unexpected(known.error());
    const auto sources = library.sources(session);
    if (!sources) return tl::unexpected(sources.error());
    Drafting drafting;
    for (const auto& source : *sources)
        if (auto done = draft_source(library, source, drafting); !done)
            return tl::unexpected(done.error());
    std::map<Asks, std::vector<Draft>> drafts;
    for (const auto asks : kAll) drafts[asks] = drafting.of(asks);

    const auto answerer = answerers != nullptr
                              ? answerers->of(library, embedder)
                              : std::make_shared<answer::Answerer>(library, embedder);
    std::vector<Suggestion> kept;
    std::set<std::string> things;
    std::map<std::pair<storage::SourceId, int>, int> of_page;
    int tries = n * kTriesAQuestion;
    const auto full = [&] { return kept.size() >= static_cast<std::size_t>(std::max(0, n)); };
    const auto left = [&](Asks last) {
        return std::any_of(kAll.begin(), kAll.end(), [&](Asks asks) {
            return asks <= last && !drafts[asks].empty();
        });
    };
    // One of each kind in turn; parts under headings, which ask less, come only after all others.
    while (!full() && tries > 0 && left(Asks::About)) {
        const bool others = left(Asks::What);
        for (const auto asks : kAll) {
            if (full() || tries == 0 || drafts[asks].empty()) continue;
            if (asks == Asks::About && others) continue;
            const Draft draft = drafts[asks].front();
            drafts[asks].erase(drafts[asks].begin());
            // A recording is no page: what is said in it may be asked for as often as one likes.
            int& count = of_page[{draft.source, draft.page}];
            if (things.contains(draft.thing) || (draft.page > 0 && count >= kMostOfAPage)) continue;
            --tries;
            const auto answer = answerer->ask(draft.question, {{session}, {}, {}}, stop);
            if (!answer && answer.error().code == ErrorCode::BadUsage) continue;
            if (!answer) return tl::unexpected(answer.error());
            if (!answers(*answer, draft)) continue;
            things.insert(draft.thing);
            ++count;
            kept.push_back({draft.question, draft.source, draft.page});
        }
    }
    return kept;
}

} // namespace app
