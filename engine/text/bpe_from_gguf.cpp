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

} // namespace

Result<BpeTokenizer> bpe_from_gguf(const formats::GgufFile& file)
{
    const std::string name = file.file()->name();
    const auto model = file.text("tokenizer.ggml.model");
    if (!model) return tl::unexpected(model.error());
    if (*model != "gpt2")
        return fail(
            ErrorCode::ModelUnsupported,
            name + ": its tokenizer is of the kind " + formats::in_quotes(*model) +
                "; this engine reads \"gpt2\".",
            "Choose a model with a byte-level tokenizer.");
    const auto pre = file.text("tokenizer.ggml.pre");
    if (!pre) return tl::unexpected(pre.error());
    auto pre_tokenizer = PreTokenizer::for_gguf(*pre, name);
    if (!pre_tokenizer) return tl::unexpected(pre_tokenizer.error());

    BpeSource source;
    source.name = name;
    source.pre_tokenizer = std::move(*pre_tokenizer);
    source.whole_words_first = pre->starts_with("llama");
    const auto tokens = file.texts("tokenizer.ggml.tokens");
    const auto kinds = file.integers("tokenizer.ggml.token_type");
    const auto merges = file.texts("tokenizer.ggml.merges");
    if (!tokens) return tl::unexpected(tokens.error());
    if (!kinds) return tl::unexpected(kinds.error());
    if (!merges) return tl::unexpected(merges.error());
    source.tokens.assign(tokens->begin(), tokens->end());
    for (const std::int64_t number : *kinds) {
        const auto kind = token_kind(number);
        if (!kind)
            return formats::damaged(
                name,
                "a token has the unknown type " + std::to_string(number) + ".");
        source.kinds.push_back(*kind);
    }
    for (const std::string_view merge : *merges) {
        const std::size_t space = merge.find(' ', 1);
        if (space == std::string_view::npos || space + 1 == merge.size())
            return formats::damaged(
                name,
                "the merge " + formats::in_quotes(merge) + " is not two tokens.");
        source.merges.emplace_back(merge.substr(0, space), merge.substr(space + 1));
    }
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
