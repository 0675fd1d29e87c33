#pragma once

#include "app/answer/exhibits.h"
#include "engine/types.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace app::answer {

/// The passages, numbered from 1, the exhibits, numbered on from there, and the question, as
/// messages to an engine that writes answers. It is told to answer from them only, to put its
/// evidence in “quotation marks” followed by [n], to give the box or the second of what it only
/// saw or heard, and to say NOT FOUND otherwise. All of them are data: a sentence that looks like
/// an instruction in one is announced as such to the engine.
std::vector<engine::Message> prompt_for(
    std::string_view question,
    const std::vector<Candidate>& passages,
    const std::vector<Exhibit>& exhibits);

/// An exhibit as it stands in the prompt, alone: to count its tokens before it is taken.
std::vector<engine::Message> label_and(const Exhibit& exhibit, const engine::Part& part);

/// The sentences of a passage, one a line.
std::string words_in(const storage::Passage& passage);

/// A reply of the engine, as far as passages and exhibits support it.
struct CheckedReply {
    struct Evidence {
        int n = 0;         // of the passage or exhibit, from 1
        std::string quote; // stands there; empty: only seen or heard, at the place below
        std::optional<storage::Box> box = {};
        std::optional<double> time_s = {};
    };
    std::string text; // the supported sentences, [n] renumbered in the order of `evidence`
    std::vector<Evidence> evidence; // one for each [n] of the text; n is that of the prompt
    int removed = 0;                // sentences without support
    bool says_not_found = false;
};

/// A sentence stays where it cites what was given, at least one stretch of two words or more that
/// it puts in quotation marks stands there (without marks: the whole sentence does), all its quoted
/// stretches stand there, and every number outside of them occurs there too.
///
/// Of an exhibit a sentence without quotation marks stays too, if it names a place inside it: a box
/// of a page as fractions, [5: 0.1, 0.2, 0.5, 0.4], a second of a video or of sound, [6: 12.5 s].
/// What it says there is for the user's own eyes and ears to check.
///
/// Sentences with markup, addresses or calls outside of their quotations, and what stands behind
/// the first 64 KiB, have no support.
CheckedReply check_reply(
    std::string_view reply,
    const std::vector<Candidate>& passages,
    const std::vector<Exhibit>& exhibits = {});

inline constexpr std::size_t kLongestReply = 64u << 10; // bytes

} // namespace app::answer
