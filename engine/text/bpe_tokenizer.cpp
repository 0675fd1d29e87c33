#include "engine/text/bpe_tokenizer.h"

#include "engine/formats/wording.h"
#include "engine/text/byte_alphabet.h"
#include "engine/text/utf8.h"

#include <algorithm>
#include <bit>
#include <queue>

namespace engine::text {

namespace {

std::uint64_t pair_key(std::int32_t left, std::int32_t right)
{
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32) |
           static_cast<std::uint32_t>(right);
}

/// Some files list the marks of turns among the symbols that a text may hold. "<b>" is none.
bool looks_like_a_mark(std::string_view token)
{
    return token.size() > 2 && token.front() == '<' && token.back() == '>' &&
           token.find_first_of("_|") != std::string_view::npos;
}

/// Two neighbours that may merge; the lowest rank goes first, the leftmost of equals.
struct Candidate {
    std::int32_t rank;
    std::int32_t at;
    std::int32_t merged;
    std::uint64_t pair;

    bool operator<(const Candidate& other) const // a priority_queue serves its largest
    {
        return std::pair(rank, at) > std::pair(other.rank, other.at);
    }
};

/// A token in the list of a piece that is being merged.
struct Symbol {
    std::int32_t id;
    std::int32_t previous;
    std::int32_t next;
};

} // namespace

Result<BpeTokenizer> BpeTokenizer::build(BpeSource source)
{
    BpeTokenizer tokenizer;
    const auto size = static_cast<std::int64_t>(source.tokens.size());
    const bool pieces = !source.scores.empty();
    if (source.tokens.size() != source.kinds.size() || (!source.pre_tokenizer && !pieces))
        return formats::damaged(
            source.name,
            "has " + std::to_string(size) + " tokens, but kinds for " +
                std::to_string(source.kinds.size()) + ".");
    for (const auto& id : {source.bos, source.eos, source.unknown})
        if (id && (*id < 0 || *id >= size))
            return formats::damaged(
                source.name,
                "names token " + std::to_string(*id) + " of a vocabulary of " +
                    std::to_string(size) + ".");
    if (auto indexed = tokenizer.index_tokens(source); !indexed)
        return tl::unexpected(indexed.error());
    if (auto indexed = pieces ? tokenizer.index_pieces(source) : tokenizer.index_merges(source);
        !indexed)
        return tl::unexpected(indexed.error());
    tokenizer.pre_tokenizer_ = std::move(source.pre_tokenizer);
    tokenizer.add_prefix_space_ = source.add_prefix_space;
    tokenizer.whole_words_first_ = source.whole_words_first;
    tokenizer.bos_ = source.bos;
    tokenizer.eos_ = source.eos;
    return tokenizer;
}

Result<void> BpeTokenizer::index_tokens(BpeSource& source)
{
    tokens_ = std::move(source.tokens);
    kinds_ = std::move(source.kinds);
    bytes_.reserve(tokens_.size());
    ids_.reserve(tokens_.size());
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        const auto id = static_cast<std::int32_t>(i);
        const bool normal = kinds_[i] == TokenKind::Normal;
        const bool pieces = !source.scores.empty();
        auto bytes = normal && !pieces ? bytes_of_token(tokens_[i]) : std::nullopt;
        if (kinds_[i] == TokenKind::Byte) {
            const auto byte = byte_of_token(tokens_[i]);
            if (!byte || !pieces)
                return formats::damaged(
                    source.name,
                    "token " + formats::in_quotes(tokens_[i]) + " should name a byte.");
            bytes = std::string(1, static_cast<char>(*byte));
        } else if (pieces && kinds_[i] != TokenKind::Control) {
            bytes = with_spaces(tokens_[i]);
        }
        if (!bytes) bytes = tokens_[i]; // control text, or written outside the alphabet
        bytes_.push_back(std::move(*bytes));
        if (kinds_[i] == TokenKind::Unused || kinds_[i] == TokenKind::Byte || tokens_[i].empty())
            continue;
        if (!normal) {
            control_.emplace_back(tokens_[i], id);
        } else if (!ids_.emplace(tokens_[i], id).second) {
            return formats::damaged(
                source.name,
                "token " + formats::in_quotes(tokens_[i]) + " is in its vocabulary twice.");
        }
    }
    std::stable_sort(control_.begin(), control_.end(), [](const auto& a, const auto& b) {
        return a.first.size() > b.first.size();
    });
    byte_ids_.assign(256, -1);
    for (std::size_t byte = 0; byte < 256; ++byte) {
        const auto found = ids_.find(character_of_byte(static_cast<unsigned char>(byte)));
        if (found != ids_.end()) byte_ids_[byte] = found->second;
    }
    return {};
}

Result<void> BpeTokenizer::index_merges(const BpeSource& source)
{
    merges_.assign(std::bit_ceil(source.merges.size() * 2 + 1), Merge{});
    std::string joined, before;
    auto merged = ids_.end();
    for (std::size_t i = 0; i < source.merges.size(); ++i) {
        const auto& [left_text, right_text] = source.merges[i];
        joined = left_text;
        joined += right_text;
        // The ways to make one token follow one another, and looking it up is what takes time.
        if (joined != before) merged = ids_.find(joined);
        before = joined;
        const auto left = ids_.find(left_text), right = ids_.find(right_text);
        if (left == ids_.end() || right == ids_.end() || merged == ids_.end())
            return formats::damaged(
                source.name,
                "merge " + std::to_string(i) + " of " + formats::in_quotes(left_text) + " and " +
                    formats::in_quotes(right_text) + " is not made of tokens of its vocabulary.");
        add_merge(left->second, right->second, static_cast<std::int32_t>(i), merged->second);
    }
    return {};
}

Result<void> BpeTokenizer::index_pieces(const BpeSource& source)
{
    if (source.scores.size() != tokens_.size())
        return formats::damaged(
            source.name,
            "has " + std::to_string(tokens_.size()) + " tokens, but scores for " +
                std::to_string(source.scores.size()) + ".");
    pieces_.emplace();
    if (source.unknown) pieces_->set_unknown(*source.unknown);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        const auto id = static_cast<std::int32_t>(i);
        if (tokens_[i].empty()) continue;
        if (kinds_[i] == TokenKind::Byte) {
            pieces_->add_byte(static_cast<std::uint8_t>(bytes_[i].front()), id);
        } else if (kinds_[i] == TokenKind::Normal) {
            pieces_->add_piece(tokens_[i], id, source.scores[i]);
        } else if (kinds_[i] == TokenKind::UserDefined && !looks_like_a_mark(tokens_[i])) {
            pieces_->add_symbol(tokens_[i], id);
        }
    }
    return {};
}

void BpeTokenizer::add_merge(
    std::int32_t left,
    std::int32_t right,
    std::int32_t rank,
    std::int32_t merged)
{
    const std::uint64_t pair = pair_key(left, right);
    const std::size_t mask = merges_.size() - 1;
    std::size_t at = static_cast<std::size_t>((pair * 0x9e3779b97f4a7c15ull) >> 20) & mask;
    while (merges_[at].pair != ~0ull && merges_[at].pair != pair) at = (at + 1) & mask;
    merges_[at] = {
        pair,
        rank,
        merged}; // of a pair that comes twice the later one counts, as in the reference
}

const BpeTokenizer::Merge* BpeTokenizer::find_merge(std::int32_t left, std::int32_t right) const
{
    const std::uint64_t pair = pair_key(left, right);
    const std::size_t mask = merges_.size() - 1;
    std::size_t at = static_cast<std::size_t>((pair * 0x9e3779b97f4a7c15ull) >> 20) & mask;
    while (merges_[at].pair != ~0ull) {
        if (merges_[at].pair == pair) return &merges_[at];
        at = (at + 1) & mask;
    }
    return nullptr;
}

Result<std::vector<std::int32_t>>
BpeTokenizer::encode(std::string_view text, ControlText control) const
{
    const std::string valid = valid_utf8(text);
    std::vector<std::int32_t> ids;
    ids.reserve(valid.size() / 3 + 8);
    std::string_view rest = valid;
    std::size_t plain = 0; // bytes at the front of rest that hold no control token
    while (control == ControlText::AsTokens && plain < rest.size()) {
        const auto found = std::find_if(control_.begin(), control_.end(), [&](const auto& token) {
            return rest.substr(plain).starts_with(token.first);
        });
        if (found == control_.end()) {
            ++plain;
            continue;
        }
        if (auto done = encode_text(rest.substr(0, plain), ids); !done)
            return tl::unexpected(done.error());
        ids.push_back(found->second);
        rest.remove_prefix(plain + found->first.size());
        plain = 0;
    }
    if (auto done = encode_text(rest, ids); !done) return tl::unexpected(done.error());
    return ids;
}

Result<void> BpeTokenizer::encode_text(std::string_view text, std::vector<std::int32_t>& ids) const
{
    if (text.empty()) return {};
    if (pieces_) {
        pieces_->encode(text, add_prefix_space_, ids);
        return {};
    }
    std::string prefixed;
    if (add_prefix_space_ && text.front() != ' ') {
        prefixed = ' ';
        prefixed += text;
        text = prefixed;
    }
    const auto pieces = pre_tokenizer_->split(text);
    if (!pieces) return tl::unexpected(pieces.error());
    for (const std::string_view piece : *pieces) encode_piece(piece, ids);
    return {};
}

void BpeTokenizer::encode_piece(std::string_view piece, std::vector<std::int32_t>& ids) const
{
    if (whole_words_first_) {
        std::string token;
        for (const char c : piece) token += character_of_byte(static_cast<unsigned char>(c));
        if (const auto found = ids_.find(token); found != ids_.end()) {
            ids.push_back(found->second);
            return;
        }
    }
    std::vector<Symbol> symbols;
    symbols.reserve(piece.size());
    for (const char c : piece) {
        const std::int32_t id = byte_ids_[static_cast<unsigned char>(c)];
        if (id < 0) continue; // a byte that this vocabulary cannot say; the references drop it too
        const auto at = static_cast<std::int32_t>(symbols.size());
        symbols.push_back({id, at - 1, at + 1});
    }
    if (symbols.empty()) return;
    symbols.back().next = -1;

    // A heap keeps long pieces (a page of one letter) at n log n.
    std::priority_queue<Candidate> candidates;
    const auto consider = [&](std::int32_t left) {
        if (left < 0) return;
        const Symbol& symbol = symbols[static_cast<std::size_t>(left)];
        if (symbol.next < 0) return;
        const std::int32_t right_id = symbols[static_cast<std::size_t>(symbol.next)].id;
        if (const Merge* merge = find_merge(symbol.id, right_id))
            candidates.push({merge->rank, left, merge->merged, merge->pair});
    };
    for (std::size_t i = 0; i + 1 < symbols.size(); ++i) consider(static_cast<std::int32_t>(i));
    while (!candidates.empty()) {
        const Candidate best = candidates.top();
        candidates.pop();
        Symbol& left = symbols[static_cast<std::size_t>(best.at)];
        if (left.id < 0 || left.next < 0) continue;
        Symbol& right = symbols[static_cast<std::size_t>(left.next)];
        if (pair_key(left.id, right.id) != best.pair)
            continue; // one of the two has merged meanwhile
        left.id = best.merged;
        right.id = -1;
        left.next = right.next;
        if (left.next >= 0) symbols[static_cast<std::size_t>(left.next)].previous = best.at;
        consider(left.previous);
        consider(best.at);
    }
    for (std::int32_t i = 0; i >= 0; i = symbols[static_cast<std::size_t>(i)].next)
        ids.push_back(symbols[static_cast<std::size_t>(i)].id);
}

std::string_view BpeTokenizer::bytes(std::int32_t id) const
{
    if (kind(id) == TokenKind::Control || kind(id) == TokenKind::Unused) return {};
    return bytes_[static_cast<std::size_t>(id)];
}

std::string_view BpeTokenizer::text_of(std::int32_t id) const
{
    if (id < 0 || id >= vocabulary_size()) return {};
    return bytes_[static_cast<std::size_t>(id)];
}

std::string BpeTokenizer::decode(std::span<const std::int32_t> ids) const
{
    std::string text;
    for (const std::int32_t id : ids) text += bytes(id);
    return valid_utf8(text);
}

TokenKind BpeTokenizer::kind(std::int32_t id) const
{
    if (id < 0 || id >= vocabulary_size()) return TokenKind::Unused;
    return kinds_[static_cast<std::size_t>(id)];
}

std::optional<std::int32_t> BpeTokenizer::control_token(std::string_view text) const
{
    for (const auto& [name, id] : control_)
        if (name == text) return id;
    return std::nullopt;
}

} // namespace engine::text
