#pragma once

#include "engine/result.h"
#include "engine/text/bpe_tokenizer.h"
#include "engine/types.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::text {

/// How a model wants its conversation written. The template of a checkpoint is a program in a
/// template language; running a stranger's program to format text has cost others dearly, so a
/// template is only recognised, by the fingerprint of its text, and written out by our own code. An
/// unknown one is refused by name.
///
/// Role marks become control tokens here; the messages' own text never does.
class ChatTemplate {
public:
    /// `text` as tokenizer.chat_template has it. Errors: ModelUnsupported, with the fingerprint.
    static Result<ChatTemplate> recognise(std::string_view text, std::string_view file);

    /// The prompt up to where the assistant's reply begins.
    /// Errors: ModelUnsupported (a part that is not text, tools, or the tokenizer lacks the role
    /// marks), LimitExceeded.
    Result<std::vector<std::int32_t>>
    render(std::span<const Message> messages, const BpeTokenizer& tokenizer) const;
    /// The tokens that end a reply.
    std::vector<std::int32_t> end_tokens(const BpeTokenizer& tokenizer) const;
    /// "ChatML (SmolLM2)"
    std::string_view name() const { return name_; }

private:
    ChatTemplate(std::string_view name, std::string_view default_system)
        : name_(name), default_system_(default_system)
    {
    }
    std::string_view name_;
    std::string_view
        default_system_; // said where the conversation brings no system message; may be empty
};

/// FNV-1a over 64 bits. It only chooses between ways to write text: someone who builds a template
/// that collides gets nothing but our rendering of another one, so a cryptographic hash would buy
/// nothing.
std::uint64_t template_fingerprint(std::string_view text);
/// The same for a sentence, 16 hexadecimal digits.
std::string fingerprint_words(std::string_view text);

} // namespace engine::text
