#pragma once

#include "app/answer/passages.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace app::answer {

/// Scores from which a sentence is shown. README.md has what they recover.
inline constexpr double kLikelyDecision = 2.3;
inline constexpr double kLikelyAction = 2.6;
inline constexpr double kMaybeDecision = 1.4;
inline constexpr double kMaybeAction = 1.5;

/// How much a spoken sentence has the form of a decision or of a to-do.
struct FormScores {
    double decision = 0.0;
    double action = 0.0;
};

/// Cosines to the nearest prototype sentence of each kind; 0 where there is no embedder.
struct Nearness {
    double decision = 0.0;
    double action = 0.0;
};

/// sentences[at] with what follows it. English only: other languages score 0.
///
/// decision = 1.5 form + 0.5 agreement in the next two + 0.3 date + 1.2 m - 1.5 question - 1.2
/// hedge - 2 left open - 1 past action   = 1.2 commitment + 1.2 request + 0.8 date + 0.8 action
/// verb + 1.0 m - 1 question without "you" or a name
///            - 1.2 past - 0.5 hedge - 0.8 negated ability
/// with m = min(1, max(0, nearness - 0.25) / 0.3); every other term is 0 or 1.
FormScores form_scores(std::span<const SpokenSentence> sentences, std::size_t at, Nearness near);

/// Whether the words of a cue stand in the text one behind the other; "…" in a cue skips up to four
/// words.
bool has_cue(const std::vector<std::string>& words, std::string_view cue);
bool has_any_cue(std::string_view text, std::string_view list);

/// Words with their apostrophes, so that "I'll" is one word; lower case.
std::vector<std::string> cue_words(std::string_view text);

/// A question that was asked and left open by one of the next two sentences: "I don't know", "let's
/// see".
bool is_open_question(std::span<const SpokenSentence> sentences, std::size_t at);

/// Who is to do it: the speaker of a sentence with "I" or "my", else the one participant whom it
/// addresses or names as its subject; empty where neither is certain. Participants are the speakers
/// of the recording.
std::string owner_of(const SpokenSentence& sentence, std::span<const std::string> participants);

} // namespace app::answer
