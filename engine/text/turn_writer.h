#pragma once

#include "engine/text/bpe_tokenizer.h"
#include "engine/text/chat_template.h"
#include "engine/text/hermes_tools.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine::text {

/// Appends marks and texts, and remembers the first thing that went wrong. Neighbouring texts are
/// encoded as one, for a tokenizer may join them.
class TurnWriter {
public:
    explicit TurnWriter(const BpeTokenizer& tokenizer) : tokenizer_(tokenizer) {}

    void say(std::string_view text) { text_ += text; }
    void mark(std::string_view name) { push(tokenizer_.control_token(name), name); }
    void push(std::optional<std::int32_t> id, std::string_view name);
    void write(const std::vector<TurnPiece>& pieces);
    /// Up to where the text of a turn begins, and with it.
    void open(const ChatForm& form, std::string_view role, std::string_view text);
    void close(const ChatForm& form);
    void turn(const ChatForm& form, std::string_view role, std::string_view text);
    Result<std::vector<std::int32_t>> result();

private:
    void note(const Error& error);
    void encode();

    const BpeTokenizer& tokenizer_;
    std::string text_;
    std::vector<std::int32_t> ids_;
    std::optional<Error> problem_;
};

} // namespace engine::text
