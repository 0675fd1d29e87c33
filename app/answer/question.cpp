#include "app/answer/question.h"

#include "app/answer/dates.h"
#include "app/answer/language.h"
#include "app/answer/passages.h"
#include "app/answer/stem.h"
#include "app/answer/text.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace app::answer {

namespace {

constexpr double kKin = 0.6; // of a word for which a synonym stands

bool contains_sequence(const std::vector<std::string>& words, std::string_view sequence)
{
    const auto wanted = words_of(sequence);
    return std::search(words.begin(), words.end(), wanted.begin(), wanted.end()) != words.end();
}

bool contains_any(const std::vector<std::string>& words, std::string_view list)
{
    const auto& entries = word_list("en", list);
    return std::any_of(entries.begin(), entries.end(), [&](const std::string& entry) {
        return contains_sequence(words, entry);
    });
}

bool holds_number(std::string_view sentence, const std::vector<std::string>& question_words)
{
    for (const auto& word : words_of(sentence)) {
        const bool number = is_digit(static_cast<unsigned char>(word.front())) ||
                            in_list("en", "number_words", word);
        const bool asked =
            std::find(question_words.begin(), question_words.end(), word) != question_words.end();
        if (number && !asked) return true;
    }
    return false;
}

/// A capital letter inside the sentence: the first word tells nothing.
bool holds_name(std::string_view sentence, const std::vector<std::string>& question_words)
{
    bool first = true;
    for (std::size_t at = 0; at < sentence.size();) {
        auto end = sentence.find(' ', at);
        if (end == std::string_view::npos) end = sentence.size();
        const auto word = sentence.substr(at, end - at);
        std::size_t letter = 0;
        if (!first && word.size() > 1 && is_upper(next_code_point(word, letter)) &&
            is_lower(letter < word.size() ? next_code_point(word, letter) : 0)) {
            const auto lower = words_of(word);
            if (!lower.empty() &&
                std::find(question_words.begin(), question_words.end(), lower.front()) ==
                    question_words.end()) {
                return true;
            }
        }
        first = word.ends_with('.') || word.ends_with(':');
        at = end + 1;
    }
    return false;
}

/// Something one types: an option, a path, a file name, a variable, a call.
bool holds_command(std::string_view sentence)
{
    for (std::size_t at = 0; at < sentence.size();) {
        auto end = sentence.find(' ', at);
        if (end == std::string_view::npos) end = sentence.size();
        auto word = sentence.substr(at, end - at);
        at = end + 1;
        while (!word.empty() &&
               std::string_view("\"'‘’“”(,;:").find(word.front()) != std::string_view::npos)
            word.remove_prefix(1);
        while (!word.empty() &&
               std::string_view("\"'‘’“”,;:.?!").find(word.back()) != std::string_view::npos)
            word.remove_suffix(1);
        if (word.size() < 2) continue;
        const bool option =
            word[0] == '-' && (std::isalpha(static_cast<unsigned char>(word[1])) || word[1] == '-');
        const bool path =
            word.find('/') != std::string_view::npos && word.find("//") == std::string_view::npos;
        const bool inside = word.find_first_of("_$=") != std::string_view::npos ||
                            word.ends_with("()") ||
                            (word.find('.') != std::string_view::npos &&
                             std::isalpha(static_cast<unsigned char>(word.back())) &&
                             word.find("..") == std::string_view::npos);
        const bool manual = word.size() > 3 && word.ends_with(')') && word[word.size() - 3] == '(';
        const bool capitals =
            word.size() >= 3 &&
            std::all_of(
                word.begin(),
                word.end(),
                [](char c) {
                    return (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9');
                }) &&
            std::isalpha(static_cast<unsigned char>(word.front()));
        if (option || path || inside || manual || capitals) return true;
    }
    return false;
}

/// Words that share a line of the list of synonyms with this one.
std::vector<std::string> synonyms_of(const std::string& one)
{
    struct Groups {
        std::vector<std::vector<std::string>> groups;
        std::unordered_map<std::string, std::vector<std::size_t>> by_stem;
    };
    static const auto known = [] {
        Groups all;
        for (const auto& line : word_list("en", "synonyms")) {
            for (const auto& word : words_of(line))
                all.by_stem[stem(word)].push_back(all.groups.size());
            all.groups.push_back(words_of(line));
        }
        return all;
    }();
    std::vector<std::string> words;
    const auto found = known.by_stem.find(one);
    if (found == known.by_stem.end()) return words;
    for (const auto group : found->second) {
        for (const auto& word : known.groups[group]) {
            if (stem(word) != one) words.push_back(word);
        }
    }
    return words;
}

/// Fills in what may stand for each word of the question.
void find_kin(Question& question, const std::vector<std::string>& all_words, bool english)
{
    for (std::size_t i = 0; i < question.stems.size(); ++i) {
        std::vector<std::string> words;
        if (english) words = synonyms_of(question.stems[i]);
        for (std::size_t k = 0; k < all_words.size(); ++k) {
            if (all_words[k] != question.words[i]) continue;
            if (k > 0) words.push_back(all_words[k - 1] + all_words[k]);
            if (k + 1 < all_words.size()) words.push_back(all_words[k] + all_words[k + 1]);
        }
        std::vector<std::string> stems;
        stems.reserve(words.size());
        for (const auto& word : words) stems.push_back(stem(word));
        std::sort(stems.begin(), stems.end());
        stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
        question.kin.push_back(std::move(stems));
        question.kin_words.insert(question.kin_words.end(), words.begin(), words.end());
    }
}

} // namespace

AnswerType asked_for(std::string_view question)
{
    const auto words = words_of(question);
    if (contains_any(words, "asks_number")) return AnswerType::Number;
    if (contains_any(words, "asks_time")) return AnswerType::Time;
    if (contains_any(words, "asks_person")) return AnswerType::Person;
    if (contains_any(words, "asks_command")) return AnswerType::Command;
    return AnswerType::Any;
}

bool holds(
    AnswerType type,
    std::string_view sentence,
    const std::vector<std::string>& question_words)
{
    switch (type) {
    case AnswerType::Number:
        return holds_number(sentence, question_words);
    case AnswerType::Time:
        return !dates_in(sentence).empty();
    case AnswerType::Person:
        return holds_name(sentence, question_words);
    case AnswerType::Command:
        return holds_command(sentence);
    case AnswerType::Any:
        break;
    }
    return false;
}

std::vector<std::string> stems_of(std::string_view text)
{
    std::vector<std::string> stems;
    for (const auto& word : words_of(text)) stems.push_back(stem(word));
    std::sort(stems.begin(), stems.end());
    stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
    return stems;
}

Result<Question>
understand(std::string_view text, const storage::SearchScope& scope, storage::Library& library)
{
    Question question;
    question.text = readable(text);
    question.language = guess_language(text);
    question.type = asked_for(text);
    const std::string_view language =
        question.language.empty() ? std::string_view("en") : question.language;
    const auto all = words_of(text);
    std::set<std::string> seen;
    const auto take = [&](bool only_meaning) {
        for (const auto& word : all) {
            const bool empty_word = in_list(language, "function_words", word) ||
                                    in_list(language, "question_words", word);
            if (only_meaning && (empty_word || (word.size() == 1 && word[0] < '0'))) continue;
            auto one = stem(word);
            if (!seen.insert(one).second) continue;
            question.words.push_back(word);
            question.stems.push_back(std::move(one));
        }
    };
    take(true);
    if (question.words.empty()) take(false); // "What is it?" is all there is
    if (question.words.empty()) {
        return fail(
            ErrorCode::BadUsage,
            "The question has no words.",
            "Ask with a few words, such as \"Who decides?\".");
    }
    find_kin(question, all, language == "en");
    int total = 0;
    const auto frequencies = library.document_frequencies(question.words, scope, &total);
    if (!frequencies) return tl::unexpected(frequencies.error());
    question.passages = total;
    // A word that stands nowhere is a synonym more often than a sign that the answer is missing.
    constexpr double kUnseen = 0.5;
    for (const int n : *frequencies) {
        const double idf = std::log(1.0 + (total - n + 0.5) / (n + 0.5));
        const double share = n > 0 ? 1.0 : kUnseen;
        question.idf.push_back(std::max(idf, 0.01) * share);
        question.idf_total += question.idf.back();
    }
    return question;
}

double idf_overlap(
    const Question& question,
    const std::vector<std::string>& stems,
    const std::vector<std::string>& context,
    double context_share)
{
    const auto share_in = [&](const std::vector<std::string>& sorted, std::size_t i) {
        const auto stands = [&](const std::string& one) {
            return std::binary_search(sorted.begin(), sorted.end(), one);
        };
        if (stands(question.stems[i])) return 1.0;
        const auto& kin = question.kin[i];
        return std::any_of(kin.begin(), kin.end(), stands) ? kKin : 0.0;
    };
    double sum = 0.0;
    for (std::size_t i = 0; i < question.stems.size(); ++i) {
        const double here = share_in(stems, i);
        const double near = here < 1.0 ? context_share * share_in(context, i) : 0.0;
        sum += std::max(here, near) * question.idf[i];
    }
    return sum / question.idf_total;
}

double bm25_share(
    const Question& question,
    const std::vector<std::string>& words_of_text,
    double mean_length)
{
    constexpr double kK1 = 1.2;
    constexpr double kB = 0.75;
    std::map<std::string_view, int> counts;
    std::vector<std::string> stems;
    stems.reserve(words_of_text.size());
    for (const auto& word : words_of_text) stems.push_back(stem(word));
    for (const auto& one : stems) ++counts[one];
    const double length = static_cast<double>(words_of_text.size()) / std::max(1.0, mean_length);
    double score = 0.0;
    for (std::size_t i = 0; i < question.stems.size(); ++i) {
        const auto found = counts.find(question.stems[i]);
        double tf = found == counts.end() ? 0.0 : found->second;
        for (const auto& one : question.kin[i]) {
            const auto other = counts.find(one);
            if (other != counts.end()) tf += kKin * other->second;
        }
        if (tf == 0.0) continue;
        score += question.idf[i] * tf * (kK1 + 1.0) / (tf + kK1 * (1.0 - kB + kB * length));
    }
    return score / ((kK1 + 1.0) * question.idf_total);
}

} // namespace app::answer
