#pragma once

#include "engine/result.h"
#include "engine/text/bpe_tokenizer.h"
#include "engine/types.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::text {

/// The families whose turns are told apart by words: Llama 2 and Mistral between [INST] and
/// [/INST], Zephyr (and TinyLlama) under <|user|>. Only the ends of replies are tokens there;
/// Mistral's third version made [INST] tokens as well.
struct InstForm {
    enum class System { Marked, First, Last, Turn };

    std::string_view name;
    std::string_view before = "[INST] ", after = " [/INST]"; // the user's words
    std::string_view reply_before = {}, reply_after = {};    // those of replies, then the end token
    std::string_view tail = {};                              // behind that
    System system = System::First; // <<SYS>> before the first words, as it is before the first or
                                   // the last, or a turn of its own
    bool begins_each = false;      // with the beginning-of-text token every question, not the first
    bool begins = true;
    bool trims_users = false, trims_replies = false;
};

/// By the sentence that is the family's alone; `text` with real line ends.
std::optional<InstForm> inst_form(std::string_view text);

/// The prompt up to where the reply begins. A text that says [/INST] where that is no token would
/// end the user's turn: such words get a space behind their first letter. Errors: ModelUnsupported
/// (a part that is not text, results of tools, a system message behind others, no token that ends
/// a reply), LimitExceeded.
Result<std::vector<std::int32_t>>
render_inst(const InstForm& form, std::span<const Message> messages, const BpeTokenizer& tokenizer);

} // namespace engine::text
