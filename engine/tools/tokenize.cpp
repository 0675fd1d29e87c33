#include "engine/formats/gguf.h"
#include "engine/models/llama/model.h"
#include "engine/text/bpe_files.h"
#include "engine/text/chat_template.h"
#include "engine/text/utf8.h"
#include "engine/tools/command.h"
#include "engine/tools/request_file.h"

#include <array>
#include <sstream>

namespace engine::tools {
namespace {

using text::BpeTokenizer;

/// The tokenizer alone, without the weights.
Result<std::pair<BpeTokenizer, Result<text::ChatTemplate>>> open(const std::filesystem::path& model)
{
    const auto path = llama::find_gguf(model);
    if (!path) return tl::unexpected(path.error());
    const auto file = formats::GgufFile::open(*path);
    if (!file) return tl::unexpected(file.error());
    auto tokenizer = text::bpe_from_gguf(*file);
    if (!tokenizer) return tl::unexpected(tokenizer.error());
    return std::pair{std::move(*tokenizer), llama::read_template(*file)};
}

Result<Output> run(const Context& context)
{
    static constexpr std::array<std::string_view, 3> kSources = {
        "--text",
        "--text-file",
        "--messages"};
    const auto source = context.arguments.one_of(kSources);
    if (!source) return tl::unexpected(source.error());
    const auto opened = open(context.model);
    if (!opened) return tl::unexpected(opened.error());
    const auto& [tokenizer, chat] = *opened;

    Result<std::vector<std::int32_t>> ids;
    if (*source == "--messages") {
        const auto request = read_request(context.arguments.text("--messages"));
        if (!request) return tl::unexpected(request.error());
        if (!chat) return tl::unexpected(chat.error());
        ids = chat->render(request->messages, tokenizer);
    } else {
        Result<std::string> text = context.arguments.text("--text");
        if (*source == "--text-file") text = read_text(context.arguments.text("--text-file"));
        if (!text) return tl::unexpected(text.error());
        using ControlText = BpeTokenizer::ControlText;
        ids = tokenizer.encode(
            *text,
            context.arguments.has("--special") ? ControlText::AsTokens : ControlText::AsText);
    }
    if (!ids) return tl::unexpected(ids.error());

    nlohmann::json pieces = nlohmann::json::array();
    std::string decoded, words;
    std::ostringstream lines;
    for (const std::int32_t id : *ids) {
        // A piece may be a part of a character; then it shows as U+FFFD, and only the whole text is
        // whole.
        const std::string piece = text::valid_utf8(tokenizer.text_of(id));
        pieces.push_back(piece);
        decoded += tokenizer.text_of(id);
        lines << id << '\t' << nlohmann::json(piece).dump() << '\n';
    }
    return Output{
        {{"ids", *ids}, {"pieces", pieces}, {"text", text::valid_utf8(decoded)}},
        lines.str()};
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
