#pragma once

#include "engine/text/bpe_tokenizer.h"
#include "engine/text/reply_parser.h"

#include <optional>

namespace engine::text {

/// What stands between <tool_call> and </tool_call>, with each argument of the type that the tool's
/// schema gives it (a value that does not fit stays a text). Errors: BadFile with the sentence that
/// says what is wrong.
Result<ToolCall> parse_call(std::string_view text, const std::vector<Tool>& tools);
using CallParser = Result<ToolCall> (*)(std::string_view text, const std::vector<Tool>& tools);
/// Its Error: "The model's call of a tool `what`."
tl::unexpected<Error> malformed_call(const std::string& what);

/// Replies of Nemotron 3 Nano, and of Qwen, which writes its calls in another way: reasoning up to
/// </think> where the prompt opened it, then the answer, in it calls of tools between <tool_call>
/// marks. White space around reasoning and answer is dropped. Source: backbone spec 6.6.
class NemotronReply final : public ReplyParser {
public:
    /// `thinks`: the prompt ended inside <think>. `tools`: those of the request; a call of another
    /// one is refused, as is one that is not well-formed. `may_open`: the reply may begin with
    /// <think> itself.
    NemotronReply(
        const BpeTokenizer& tokenizer,
        std::vector<Tool> tools,
        bool thinks,
        bool may_open = false,
        CallParser parse = parse_call);

    ReplyPieces push(std::int32_t token, std::string_view bytes) override;
    ReplyPieces finish() override;
    bool in_reasoning() const override { return place_ == Place::Reasoning; }

private:
    enum class Place { Reasoning, Answer, Call };

    /// Drops white space at the front, holds it back behind until something follows.
    class Trimmed {
    public:
        std::string push(std::string_view utf8);

    private:
        std::string held_;
        bool begun_ = false;
    };
    void say(const std::string& text, ReplyPieces& pieces);
    void end_call(ReplyPieces& pieces);

    std::vector<Tool> tools_;
    CallParser parse_;
    Place place_;
    std::optional<std::int32_t> think_, think_end_, call_, call_end_;
    bool may_open_;
    Utf8Stream utf8_;
    Trimmed reasoning_, answer_;
    std::string call_text_;
};

} // namespace engine::text
