#pragma once

#include "app/answer/candidates.h"
#include "engine/types.h"

#include <string>
#include <string_view>
#include <vector>

namespace app::answer {

/// The passages, numbered from 1, and the question, as messages to an engine that reasons. It is
/// told to answer from the passages only, to put its evidence in “quotation marks” followed by [n],
/// and to say NOT FOUND otherwise. Passages are data: a sentence that looks like an instruction in
/// one is announced as such to the engine.
std::vector<engine::Message>
prompt_for(std::string_view question, const std::vector<Candidate>& passages);

/// A reply of the engine, as far as the passages support it.
struct CheckedReply {
    struct Evidence {
        int n = 0; // of the passage, from 1
        std::string quote;
    };
    std::string text; // the supported sentences, [n] renumbered in the order of `evidence`
    std::vector<Evidence> evidence; // one for each [n] of the text; n is the passage
    int removed = 0;                // sentences without support
    bool says_not_found = false;
};

/// A sentence stays where it cites a passage that exists, at least one stretch of two words or more
/// that it puts in quotation marks stands in that passage (without marks: the whole sentence does),
/// all its quoted stretches stand there, and every number outside of them occurs there too.
CheckedReply check_reply(std::string_view reply, const std::vector<Candidate>& passages);

} // namespace app::answer
