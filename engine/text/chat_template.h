#pragma once

#include "engine/result.h"
#include "engine/text/bpe_tokenizer.h"
#include "engine/text/inst_template.h"
#include "engine/types.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engine::text {

/// How a family writes a turn: start role [middle] gap text end tail. What is said between the
/// control tokens is encoded as text.
struct ChatForm {
    /// Never; where the request asks for it, else an empty block says so; always.
    enum class Thinking { None, Chosen, Always };

    std::string_view name;
    std::string_view start = {}, middle = {}, end = {}; // control tokens; middle may be missing
    std::string_view gap = "\n";
    std::string_view tail = "\n";
    std::string_view assistant = "assistant"; // the role's name
    std::string_view tool = "";               // likewise; without one results of tools are refused
    std::string_view default_system = ""; // said where the conversation brings no system message
    bool begins = false;                  // with the beginning-of-text token
    bool trims = false;                   // white space around texts
    bool system_joins_user = false;       // there is no such turn: it precedes the first message
    bool calls = false; // offers tools and writes calls and results as hermes_tools.h says
    Thinking thinking = Thinking::None;
};

/// How a model wants its conversation written. The template of a checkpoint is a program in a
/// template language; running a stranger's program to format text has cost others dearly, so a
/// template is only recognised, by the fingerprint of its text or by the sentences that are its
/// family's alone, and written out by our own code. An unknown one is refused by name.
///
/// Role marks become control tokens here; the messages' own text never does.
class ChatTemplate {
public:
    /// `text` as tokenizer.chat_template has it. Errors: ModelUnsupported, with the fingerprint.
    static Result<ChatTemplate> recognise(std::string_view text, std::string_view file);

    /// The prompt up to where the assistant's reply begins.
    /// Errors: ModelUnsupported (a part that is not text, tools or their results where the family
    /// has no place for them, or the tokenizer lacks the role marks), BadUsage (tools or arguments
    /// that are not JSON objects), LimitExceeded.
    Result<std::vector<std::int32_t>> render(
        std::span<const Message> messages,
        const BpeTokenizer& tokenizer,
        const ThinkingOptions& thinking = {},
        const std::vector<Tool>& tools = {}) const;
    /// Whether tools can be offered, and calls be told from text.
    bool calls_tools(const BpeTokenizer& tokenizer) const;
    /// The tokens that end a reply.
    std::vector<std::int32_t> end_tokens(const BpeTokenizer& tokenizer) const;
    /// Whether the reply to such a request begins with reasoning, and whether the prompt opens it.
    bool thinks(const ThinkingOptions& thinking) const;
    bool opens_thinking() const { return form_.thinking == ChatForm::Thinking::Always; }
    /// "ChatML (SmolLM2)"
    std::string_view name() const { return form_.name; }

private:
    explicit ChatTemplate(const ChatForm& form, std::string preamble = {})
        : form_(form), preamble_(std::move(preamble))
    {
    }
    explicit ChatTemplate(const InstForm& inst) : form_{.name = inst.name}, inst_(inst) {}
    ChatForm form_;
    std::string preamble_;         // of the system message, which is then always said
    std::optional<InstForm> inst_; // in place of `form_`, of which the name and the end stand
};

/// All parts as one. Errors: ModelUnsupported (one is not text).
Result<std::string> text_of(const Message& message);

/// FNV-1a over 64 bits. It only chooses between ways to write text: someone who builds a template
/// that collides gets nothing but our rendering of another one, so a cryptographic hash would buy
/// nothing.
std::uint64_t template_fingerprint(std::string_view text);
/// The same for a sentence, 16 hexadecimal digits.
std::string fingerprint_words(std::string_view text);

} // namespace engine::text
