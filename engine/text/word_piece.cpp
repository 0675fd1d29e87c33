#include "engine/text/word_piece.h"

#include "engine/formats/wording.h"
#include "engine/text/bert_normalizer.h"
#include "engine/text/bpe_files.h"

#include "base/expects.h"

#include <algorithm>

namespace engine::text {

namespace {

constexpr int kLongestWord = 100;
constexpr std::string_view kContinuation = "##";

bool starts_character(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

} // namespace

Result<WordPiece> WordPiece::open(const std::filesystem::path& vocabulary)
{
    auto tokens = read_vocabulary(vocabulary);
    if (!tokens) return tl::unexpected(tokens.error());
    return build(std::move(*tokens), vocabulary.filename().string());
}

Result<WordPiece> WordPiece::build(std::vector<std::string> tokens, std::string_view name)
{
    WordPiece result;
    result.tokens_ = std::move(tokens);
    result.starts_.reserve(result.tokens_.size());
    for (std::size_t i = 0; i < result.tokens_.size(); ++i) {
        std::string_view token = result.tokens_[i];
        const bool continues =
            token.starts_with(kContinuation) && token.size() > kContinuation.size();
        if (continues) token.remove_prefix(kContinuation.size());
        Index& index = continues ? result.continuations_ : result.starts_;
        if (!index.emplace(token, static_cast<std::int32_t>(i)).second)
            return formats::damaged(
                name,
                "token " + formats::in_quotes(result.tokens_[i]) + " is in its vocabulary twice.");
        result.longest_ = std::max(result.longest_, token.size());
    }
    const auto special = [&](std::string_view token, std::int32_t& id) {
        const auto found = result.starts_.find(token);
        if (found == result.starts_.end()) return false;
        id = found->second;
        return true;
    };
    if (!special("[UNK]", result.unknown_) || !special("[CLS]", result.begin_) ||
        !special("[SEP]", result.end_))
        return formats::damaged(name, "lacks one of the tokens [UNK], [CLS] and [SEP].");
    return result;
}

std::vector<std::int32_t> WordPiece::encode(std::string_view text, int max_tokens) const
{
    EXPECTS(max_tokens >= 2);
    const auto limit = static_cast<std::size_t>(max_tokens) - 1;
    std::vector<std::int32_t> ids = {begin_};
    const std::string normalized = bert_normalize(text);
    for_each_bert_word(normalized, [&](std::string_view word, int code_points) {
        if (ids.size() < limit) append_word(word, code_points, ids);
    });
    if (ids.size() > limit) ids.resize(limit);
    ids.push_back(end_);
    return ids;
}

void WordPiece::append_word(std::string_view word, int code_points, std::vector<std::int32_t>& ids)
    const
{
    if (code_points > kLongestWord) {
        ids.push_back(unknown_);
        return;
    }
    const std::size_t before = ids.size();
    const Index* index = &starts_;
    while (!word.empty()) {
        std::size_t length = std::min(word.size(), longest_);
        auto found = index->end();
        while (length > 0) {
            const bool whole = length == word.size() || starts_character(word[length]);
            if (whole) found = index->find(word.substr(0, length));
            if (found != index->end()) break;
            --length;
        }
        if (found == index->end()) {
            ids.resize(before);
            ids.push_back(unknown_);
            return;
        }
        ids.push_back(found->second);
        word.remove_prefix(length);
        index = &continuations_;
    }
}

} // namespace engine::text
