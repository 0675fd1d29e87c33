#include "engine/models/parakeet/vocabulary.h"

#include "engine/formats/json.h"
#include "engine/formats/wording.h"
#include "engine/text/bert_normalizer.h"
#include "engine/text/utf8.h"

#include <optional>
#include <set>
#include <string_view>

namespace engine::parakeet {
namespace {

using formats::damaged;
using formats::in_quotes;
using nlohmann::json;

constexpr std::string_view kSpace = "\u2581";
constexpr std::size_t kLargestFile = 64u << 20;

bool in_brackets(std::string_view piece, char open, char close)
{
    return piece.size() >= 2 && piece.front() == open && piece.back() == close;
}

/// The byte of "<0xE4>".
std::optional<char> byte_of(std::string_view piece)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    if (piece.size() != 6 || !piece.starts_with("<0x") || piece.back() != '>') return std::nullopt;
    const auto high = kDigits.find(piece[3]), low = kDigits.find(piece[4]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    return static_cast<char>(high * 16 + low);
}

/// The code of "<|de|>" or "<de-DE>".
std::string language_of(std::string_view piece)
{
    std::string_view inner = piece.substr(1, piece.size() - 2);
    if (in_brackets(inner, '|', '|')) inner = inner.substr(1, inner.size() - 2);
    const bool plain = inner.size() == 2;
    const bool regional = inner.size() == 5 && inner[2] == '-' && inner[3] >= 'A' &&
                          inner[3] <= 'Z' && inner[4] >= 'A' && inner[4] <= 'Z';
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    if ((!plain && !regional) || !lower(inner[0]) || !lower(inner[1])) return {};
    return std::string(inner.substr(0, 2));
}

using Marks = std::set<char32_t>;

template <typename Visit>
void for_code_points(std::string_view text, Visit visit)
{
    while (!text.empty()) {
        const text::CodePoint next = text::first_code_point(text);
        visit(next.value);
        text.remove_prefix(next.bytes);
    }
}

Marks find_marks(const std::vector<std::string>& pieces)
{
    Marks marks;
    for (const std::string& piece : pieces) {
        if (piece.starts_with(kSpace) || in_brackets(piece, '<', '>') ||
            in_brackets(piece, '[', ']') || piece.starts_with("##"))
            continue;
        for_code_points(piece, [&](char32_t c) {
            if (text::in_punctuation_category(c)) marks.insert(c);
        });
    }
    return marks;
}

Piece make_piece(std::string_view stored, const Marks& marks)
{
    Piece piece;
    if (const auto byte = byte_of(stored)) {
        piece.text = *byte;
        return piece;
    }
    if (in_brackets(stored, '<', '>')) {
        piece.visible = false;
        piece.language = language_of(stored);
        return piece;
    }
    piece.begins_word = stored.starts_with(kSpace);
    for (std::size_t at = 0; at < stored.size();) {
        const bool space = stored.substr(at).starts_with(kSpace);
        piece.text += space ? ' ' : stored[at];
        at += space ? kSpace.size() : 1;
    }
    const std::string_view alone = std::string_view(piece.text).substr(piece.begins_word ? 1 : 0);
    if (alone.empty()) return piece;
    const text::CodePoint first = text::first_code_point(alone);
    piece.begins_with_mark = first.valid && marks.contains(first.value);
    piece.is_mark = piece.begins_with_mark && first.bytes == alone.size();
    return piece;
}

/// Pieces by id, gathered from the places where a tokenizer.json has them.
class Gathered {
public:
    explicit Gathered(int size)
        : pieces_(static_cast<std::size_t>(size)), known_(static_cast<std::size_t>(size))
    {
    }
    /// False where the id is no number, or has a different piece already. Ids behind the vocabulary
    /// (the blank token) are nobody's business.
    bool add(const json& id, const std::string& piece)
    {
        if (!id.is_number_unsigned()) return false;
        const auto at = id.get<std::uint64_t>();
        if (at >= pieces_.size()) return true;
        if (known_[at]) return pieces_[at] == piece;
        known_[at] = true;
        pieces_[at] = piece;
        return true;
    }
    std::optional<std::size_t> missing() const
    {
        for (std::size_t i = 0; i < known_.size(); ++i)
            if (!known_[i]) return i;
        return std::nullopt;
    }
    const std::vector<std::string>& pieces() const { return pieces_; }

private:
    std::vector<std::string> pieces_;
    std::vector<bool> known_;
};

bool gather(const json& tokenizer, Gathered& gathered)
{
    const json& vocabulary = tokenizer["model"]["vocab"];
    if (vocabulary.is_object()) { // BPE: pieces with their ids
        for (const auto& [piece, id] : vocabulary.items())
            if (!gathered.add(id, piece)) return false;
    } else if (vocabulary.is_array()) { // unigram: pieces with their scores, in order
        for (std::size_t i = 0; i < vocabulary.size(); ++i) {
            const json& entry = vocabulary[i];
            if (!entry.is_array() || entry.empty() || !entry[0].is_string()) return false;
            if (!gathered.add(i, entry[0].get<std::string>())) return false;
        }
    } else {
        return false;
    }
    if (!tokenizer.contains("added_tokens")) return true;
    const json& added = tokenizer["added_tokens"];
    if (!added.is_array()) return false;
    for (const json& token : added)
        if (!token.is_object() || !token.contains("id") || !token.contains("content") ||
            !token["content"].is_string() ||
            !gathered.add(token["id"], token["content"].get<std::string>()))
            return false;
    return true;
}

} // namespace

Vocabulary::Vocabulary(const std::vector<std::string>& pieces)
{
    const Marks marks = find_marks(pieces);
    for (const std::string& piece : pieces) pieces_.push_back(make_piece(piece, marks));
}

Result<Vocabulary> Vocabulary::read(const std::filesystem::path& tokenizer_json, int size)
{
    const auto file = formats::read_json_file(tokenizer_json, kLargestFile);
    if (!file) return tl::unexpected(file.error());
    const std::string name = tokenizer_json.filename().string();
    Gathered gathered(size);
    const bool whole = file->is_object() && file->contains("model") &&
                       (*file)["model"].is_object() && (*file)["model"].contains("vocab") &&
                       gather(*file, gathered);
    if (!whole) return damaged(name, "does not have pieces and ids as a speech model needs them.");
    if (const auto missing = gathered.missing())
        return damaged(
            name,
            "has no piece for the token " + std::to_string(*missing) + " of " +
                std::to_string(size) + ".");
    return Vocabulary(gathered.pieces());
}

} // namespace engine::parakeet
