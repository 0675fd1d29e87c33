#include "engine/text/bpe_files.h"

#include "engine/formats/wording.h"

#include <limits>

namespace engine::text {

namespace {

/// Numbers of tokenizer.ggml.token_type. Source: llama.cpp's llama_token_type.
std::optional<TokenKind> token_kind(std::int64_t number)
{
    switch (number) {
    case 1:
        return TokenKind::Normal;
    case 2: // unknown
    case 3:
        return TokenKind::Control;
    case 4:
        return TokenKind::UserDefined;
    case 5:
        return TokenKind::Unused;
    case 6:
        return TokenKind::Byte;
    default:
        return std::nullopt;
    }
}

Result<std::optional<std::int32_t>> token_id(const formats::GgufFile& file, std::string_view key)
{
    if (!file.has(key)) return std::nullopt;
    const auto id = file.integer(key);
    if (!id) return tl::unexpected(id.error());
    if (*id < 0 || *id > std::numeric_limits<std::int32_t>::max())
        return std::optional<std::int32_t>(-1);
    return std::optional<std::int32_t>(static_cast<std::int32_t>(*id));
}

Result<std::vector<TokenKind>> read_kinds(const formats::GgufFile& file)
{
    const auto numbers = file.integers("tokenizer.ggml.token_type");
    if (!numbers) return tl::unexpected(numbers.error());
    std::vector<TokenKind> kinds;
    kinds.reserve(numbers->size());
    for (const std::int64_t number : *numbers) {
        const auto kind = token_kind(number);
        if (!kind)
            return formats::damaged(
                file.file()->name(),
                "a token has the unknown type " + std::to_string(number) + ".");
        kinds.push_back(*kind);
    }
    return kinds;
}

/// How byte-level pairs merge, and within what.
Result<void> read_merges(const formats::GgufFile& file, BpeSource& source)
{
    std::string pre = "default"; // as old files without the key are read
    if (file.has("tokenizer.ggml.pre")) {
        const auto named = file.text("tokenizer.ggml.pre");
        if (!named) return tl::unexpected(named.error());
        pre = *named;
    }
    auto pre_tokenizer = PreTokenizer::for_gguf(pre, source.name);
    if (!pre_tokenizer) return tl::unexpected(pre_tokenizer.error());
    source.pre_tokenizer = std::move(*pre_tokenizer);
    source.whole_words_first = pre.starts_with("llama") || pre == "tekken";
    const auto merges = file.texts("tokenizer.ggml.merges");
    if (!merges) return tl::unexpected(merges.error());
    for (const std::string_view merge : *merges) {
        const std::size_t space = merge.find(' ', 1);
        if (space == std::string_view::npos || space + 1 == merge.size())
            return formats::damaged(
                source.name,
                "the merge " + formats::in_quotes(merge) + " is not two tokens.");
        source.merges.emplace_back(merge.substr(0, space), merge.substr(space + 1));
    }
    return {};
}

/// SentencePiece's form: scores choose the merges.
Result<void> read_scores(const formats::GgufFile& file, BpeSource& source)
{
    auto scores = file.numbers("tokenizer.ggml.scores");
    if (!scores) return tl::unexpected(scores.error());
    if (scores->empty()) return formats::damaged(source.name, "its vocabulary has no scores.");
    source.scores = std::move(*scores);
    source.add_prefix_space = true; // unless the file says otherwise
    const auto unknown = token_id(file, "tokenizer.ggml.unknown_token_id");
    if (!unknown) return tl::unexpected(unknown.error());
    source.unknown = *unknown;
    return {};
}

} // namespace

Result<BpeTokenizer> bpe_from_gguf(const formats::GgufFile& file)
{
    BpeSource source;
    source.name = file.file()->name();
    const auto model = file.text("tokenizer.ggml.model");
    if (!model) return tl::unexpected(model.error());
    if (*model != "gpt2" && *model != "llama")
        return fail(
            ErrorCode::ModelUnsupported,
            source.name + ": its tokenizer is of the kind " + formats::in_quotes(*model) +
                "; this engine reads \"gpt2\" and \"llama\".",
            "Choose a model with a byte-level or a SentencePiece tokenizer.");
    const auto merging = *model == "gpt2" ? read_merges(file, source) : read_scores(file, source);
    if (!merging) return tl::unexpected(merging.error());
    const auto tokens = file.texts("tokenizer.ggml.tokens");
    if (!tokens) return tl::unexpected(tokens.error());
    source.tokens.assign(tokens->begin(), tokens->end());
    auto kinds = read_kinds(file);
    if (!kinds) return tl::unexpected(kinds.error());
    source.kinds = std::move(*kinds);
    const auto bos = token_id(file, "tokenizer.ggml.bos_token_id");
    const auto eos = token_id(file, "tokenizer.ggml.eos_token_id");
    if (!bos) return tl::unexpected(bos.error());
    if (!eos) return tl::unexpected(eos.error());
    source.bos = *bos;
    source.eos = *eos;
    if (file.has("tokenizer.ggml.add_space_prefix")) {
        const auto prefix = file.flag("tokenizer.ggml.add_space_prefix");
        if (!prefix) return tl::unexpected(prefix.error());
        source.add_prefix_space = *prefix;
    }
    if (const auto intact = file.file()->check(); !intact) return tl::unexpected(intact.error());
    return BpeTokenizer::build(std::move(source));
}

} // namespace engine::text
