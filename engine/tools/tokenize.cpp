#include "engine/formats/gguf.h"
#include "engine/models/llama/model.h"
#include "engine/models/nemotron_h/conversation.h"
#include "engine/text/bpe_files.h"
#include "engine/text/chat_template.h"
#include "engine/text/utf8.h"
#include "engine/tools/command.h"
#include "engine/tools/request_file.h"

#include <array>
#include <functional>
#include <sstream>
#include <system_error>

namespace engine::tools {
namespace {

using text::BpeTokenizer;

/// A tokenizer and what writes conversations with it, without the weights.
struct Writer {
    BpeTokenizer tokenizer;
    std::function<Result<std::vector<std::int32_t>>(const Request&, const BpeTokenizer&)> prompt;
};

Result<Writer> open_gguf(const std::filesystem::path& model)
{
    const auto path = llama::find_gguf(model);
    if (!path) return tl::unexpected(path.error());
    const auto file = formats::GgufFile::open(*path);
    if (!file) return tl::unexpected(file.error());
    auto tokenizer = text::bpe_from_gguf(*file);
    if (!tokenizer) return tl::unexpected(tokenizer.error());
    return Writer{
        std::move(*tokenizer),
        [chat = llama::read_template(*file)](const Request& request, const BpeTokenizer& t)
            -> Result<std::vector<std::int32_t>> {
            if (!chat) return tl::unexpected(chat.error());
            return chat->render(request.messages, t, request.thinking);
        }};
}

Result<std::vector<std::int32_t>> ids_of(
    const Context& context,
    std::string_view source,
    const BpeTokenizer& tokenizer,
    const std::function<Result<std::vector<std::int32_t>>(const Request&)>& prompt)
{
    if (source == "--messages") {
        const auto request = read_request(context.arguments.text("--messages"));
        if (!request) return tl::unexpected(request.error());
        return prompt(*request);
    }
    Result<std::string> text = context.arguments.text("--text");
    if (source == "--text-file") text = read_text(context.arguments.text("--text-file"));
    if (!text) return tl::unexpected(text.error());
    using ControlText = BpeTokenizer::ControlText;
    return tokenizer.encode(
        *text,
        context.arguments.has("--special") ? ControlText::AsTokens : ControlText::AsText);
}

Output describe(const std::vector<std::int32_t>& ids, const BpeTokenizer& tokenizer)
{
    nlohmann::json pieces = nlohmann::json::array();
    std::string decoded;
    std::ostringstream lines;
    for (const std::int32_t id : ids) {
        // A piece may be a part of a character; then it shows as U+FFFD, and only the whole text is
        // whole.
        const std::string piece = text::valid_utf8(tokenizer.text_of(id));
        pieces.push_back(piece);
        decoded += tokenizer.text_of(id);
        lines << id << '\t' << nlohmann::json(piece).dump() << '\n';
    }
    return {{{"ids", ids}, {"pieces", pieces}, {"text", text::valid_utf8(decoded)}}, lines.str()};
}

Result<Output> run(const Context& context)
{
    static constexpr std::array<std::string_view, 3> kSources = {
        "--text",
        "--text-file",
        "--messages"};
    const auto source = context.arguments.one_of(kSources);
    if (!source) return tl::unexpected(source.error());
    std::error_code error;
    if (std::filesystem::exists(context.model / "tokenizer.json", error)) {
        const auto conversation = nemotron_h::Conversation::read(context.model);
        if (!conversation) return tl::unexpected(conversation.error());
        const auto ids =
            ids_of(context, *source, conversation->tokenizer(), [&](const Request& request) {
                return conversation->prompt(request).map(
                    [](const Sequence& sequence) { return sequence.ids; });
            });
        if (!ids) return tl::unexpected(ids.error());
        return describe(*ids, conversation->tokenizer());
    }
    const auto opened = open_gguf(context.model);
    if (!opened) return tl::unexpected(opened.error());
    const auto ids = ids_of(context, *source, opened->tokenizer, [&](const Request& request) {
        return opened->prompt(request, opened->tokenizer);
    });
    if (!ids) return tl::unexpected(ids.error());
    return describe(*ids, opened->tokenizer);
}

} // namespace

Command tokenize_command()
{
    return {
        "tokenize",
        "text to token ids and back",
        "percept-engine tokenize --model SmolLM2-135M-Instruct.Q4_1.gguf --text \"Hello there\"",
        {
            {"--text", "T", "the text"},
            {"--text-file", "F", "a file with the text"},
            {"--messages", "F", "a request file, written with the model's chat template"},
            {"--special",
             "",
             "names of control tokens in the text are those tokens",
             Option::Kind::Flag},
        },
        true,
        run};
}

} // namespace engine::tools
