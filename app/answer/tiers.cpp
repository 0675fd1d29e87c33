#include "app/answer/tiers.h"

#include "app/answer/dates.h"
#include "app/answer/language.h"
#include "app/answer/text.h"

#include <algorithm>

namespace app::answer {

namespace {

constexpr std::size_t kGap = 4; // words that "…" skips at most

double closeness(double cosine)
{
    return std::min(1.0, std::max(0.0, cosine - 0.25) / 0.3);
}

bool is_question(std::string_view text)
{
    return text.ends_with('?');
}

/// Agreement and openness are told by how a reply begins: "Yes, but ..." agrees, "He said yes" does
/// not.
bool begins_with_agreement(std::string_view text)
{
    const auto words = cue_words(text);
    const auto& entries = word_list("en", "agreement");
    return std::any_of(entries.begin(), entries.end(), [&](const std::string& entry) {
        const auto cue = cue_words(entry);
        return cue.size() <= words.size() && std::equal(cue.begin(), cue.end(), words.begin());
    });
}

/// "we will", "I'll" and "please" speak of what is to come, whatever else the sentence tells of the
/// past.
bool is_past(std::string_view text)
{
    const auto words = cue_words(text);
    const bool future = std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return word == "will" || word == "please" || word.ends_with("'ll") || word == "let's";
    });
    return !future && has_any_cue(text, "past");
}

bool has_action_verb(std::string_view text)
{
    const auto words = words_of(text);
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return in_list("en", "action_verbs", word);
    });
}

bool has_date(std::string_view text)
{
    return !dates_in(text).empty();
}

} // namespace

std::vector<std::string> cue_words(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = next_code_point(text, at);
        if (c == U'\'' || c == 0x2019) {
            if (!word.empty()) word += '\'';
        } else if (is_letter(c) || is_digit(c) || c == 0x2026) {
            append_utf8(word, c < 0x80 && is_upper(c) ? c | 0x20 : c);
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

bool has_cue(const std::vector<std::string>& words, std::string_view cue)
{
    const auto wanted = cue_words(cue);
    for (std::size_t start = 0; start < words.size(); ++start) {
        std::size_t at = start;
        bool fits = true;
        for (std::size_t i = 0; i < wanted.size() && fits; ++i) {
            if (wanted[i] == "…" && i + 1 < wanted.size()) {
                const auto from =
                    words.begin() + static_cast<std::ptrdiff_t>(std::min(at, words.size()));
                const auto to = words.begin() +
                                static_cast<std::ptrdiff_t>(std::min(at + kGap + 1, words.size()));
                const auto found = std::find(from, to, wanted[i + 1]);
                fits = found != to;
                at = static_cast<std::size_t>(found - words.begin());
            } else {
                fits = at < words.size() && words[at] == wanted[i];
                ++at;
            }
        }
        if (fits && !wanted.empty()) return true;
    }
    return false;
}

bool has_any_cue(std::string_view text, std::string_view list)
{
    const auto words = cue_words(text);
    const auto& cues = word_list("en", list);
    return std::any_of(cues.begin(), cues.end(), [&](const std::string& cue) {
        return has_cue(words, cue);
    });
}

FormScores form_scores(std::span<const SpokenSentence> sentences, std::size_t at, Nearness near)
{
    const auto& text = sentences[at].text;
    const auto one = [](bool holds) { return holds ? 1.0 : 0.0; };
    bool agreed = false;
    bool left_open = has_any_cue(text, "open_cues");
    for (auto i = at + 1; i < std::min(at + 3, sentences.size()); ++i) {
        agreed = agreed || begins_with_agreement(sentences[i].text);
        left_open = left_open || has_any_cue(sentences[i].text, "open_cues");
    }
    const double question = one(is_question(text));
    const double hedge = one(has_any_cue(text, "hedges"));
    const double past = one(is_past(text));
    const double date = one(has_date(text));
    const auto words = cue_words(text);
    const bool addressed = std::find(words.begin(), words.end(), "you") != words.end();

    FormScores scores;
    scores.decision = 1.5 * one(has_any_cue(text, "decision_cues")) + 0.5 * one(agreed) +
                      0.3 * date + 1.2 * closeness(near.decision) - 1.5 * question - 1.2 * hedge -
                      2.0 * one(left_open) - 1.0 * past;
    scores.action = 1.2 * one(has_any_cue(text, "commitment_cues")) +
                    1.2 * one(has_any_cue(text, "request_cues")) + 0.8 * date +
                    0.8 * one(has_action_verb(text)) + 1.0 * closeness(near.action) -
                    1.0 * (addressed ? 0.0 : question) - 1.2 * past - 0.5 * hedge -
                    0.8 * one(has_any_cue(text, "negated"));
    return scores;
}

bool is_open_question(std::span<const SpokenSentence> sentences, std::size_t at)
{
    if (!is_question(sentences[at].text)) return false;
    for (auto i = at + 1; i < std::min(at + 3, sentences.size()); ++i) {
        if (has_any_cue(sentences[i].text, "open_cues")) return true;
    }
    return false;
}

std::string owner_of(const SpokenSentence& sentence, std::span<const std::string> participants)
{
    const auto words = cue_words(sentence.text);
    const auto is_first_person = [](const std::string& w) {
        return w == "i" || w == "i'll" || w == "i'm" || w == "i'd" || w == "my" || w == "me";
    };
    // "Please send me the list": the one who speaks is not the one who does it.
    const bool request = has_any_cue(sentence.text, "request_cues");
    const bool first = std::any_of(words.begin(), words.end(), is_first_person);
    if (first && !request) return sentence.speaker;

    std::string named;
    for (const auto& participant : participants) {
        const auto name = cue_words(participant);
        if (name.empty() || participant == sentence.speaker) continue;
        // "Carla, could you ..." and "Carla will ..." name who does it; "tell Carla" does not.
        const auto found = std::find(words.begin(), words.end(), name.front());
        if (found == words.end()) continue;
        const auto lower_text = readable(sentence.text);
        const auto at = lower_text.find(participant);
        const bool begins = found == words.begin();
        const bool before_comma = at != std::string::npos &&
                                  at + participant.size() < lower_text.size() &&
                                  lower_text[at + participant.size()] == ',' && begins;
        const bool ends =
            at != std::string::npos && at >= 2 && lower_text.compare(at - 2, 2, ", ") == 0;
        const bool subject =
            begins && found + 1 != words.end() &&
            (*(found + 1) == "will" || *(found + 1) == "should" || *(found + 1) == "has");
        if (!before_comma && !ends && !subject) continue;
        if (!named.empty()) return {};
        named = participant;
    }
    return named;
}

} // namespace app::answer
