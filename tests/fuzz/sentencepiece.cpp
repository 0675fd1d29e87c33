// tokenizer.model, and the pieces of it put together: after a first byte that counts them come the
// bytes of a text, then the model. What is cut into pieces reads as it did before.
#include "engine/text/sentence_pieces.h"
#include "engine/text/sentencepiece_file.h"
#include "engine/text/utf8.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using engine::text::SentencePiece;

/// The text of each id: those of the file, then one for each byte.
std::vector<std::string> texts_by_id(const std::vector<SentencePiece>& pieces)
{
    std::vector<std::string> texts;
    for (const SentencePiece& piece : pieces) {
        const auto byte = engine::text::byte_of_token(piece.text);
        const bool stands_for_it = piece.kind == SentencePiece::Kind::Byte && byte;
        texts.push_back(stands_for_it ? std::string(1, static_cast<char>(*byte)) : piece.text);
    }
    for (unsigned byte = 0; byte < 256; ++byte) texts.emplace_back(1, static_cast<char>(byte));
    return texts;
}

engine::text::SentencePieces build(const std::vector<SentencePiece>& pieces)
{
    using Kind = SentencePiece::Kind;
    engine::text::SentencePieces built;
    const auto count = static_cast<std::int32_t>(pieces.size());
    for (std::int32_t byte = 0; byte < 256; ++byte)
        built.add_byte(static_cast<std::uint8_t>(byte), count + byte);
    for (std::int32_t id = 0; id < count; ++id) {
        const SentencePiece& piece = pieces[static_cast<std::size_t>(id)];
        if (piece.kind == Kind::Normal)
            built.add_piece(piece.text, id, -static_cast<float>(id % 7));
        if (piece.kind == Kind::UserDefined || piece.kind == Kind::Control)
            built.add_symbol(piece.text, id);
        if (piece.kind == Kind::Unknown) built.set_unknown(id);
        const auto byte = engine::text::byte_of_token(piece.text);
        if (piece.kind == Kind::Byte && byte) built.add_byte(*byte, id);
    }
    return built;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace engine::text;
    if (size == 0) return 0;
    const std::string_view input(reinterpret_cast<const char*>(data + 1), size - 1);
    const std::string text = valid_utf8(input.substr(0, data[0]));
    const std::string_view model = input.substr(std::min<std::size_t>(data[0], input.size()));

    const auto pieces =
        read_sentencepiece(std::as_bytes(std::span(model.data(), model.size())), "tokenizer.model");
    if (!pieces) {
        if (pieces.error().message.empty()) std::abort();
        return 0;
    }
    const std::vector<std::string> texts = texts_by_id(*pieces);
    const SentencePieces built = build(*pieces);
    for (const bool space_first : {false, true}) {
        std::vector<std::int32_t> ids;
        built.encode(text, space_first, ids);
        std::string joined;
        for (const std::int32_t id : ids) joined += texts.at(static_cast<std::size_t>(id));
        const bool spaced = space_first && !text.empty();
        if (with_spaces(joined) != (spaced ? " " : "") + with_spaces(text)) std::abort();
    }
    // Without the bytes, what no piece covers is unknown, or left out.
    SentencePieces bare;
    for (const bool unknown : {false, true}) {
        if (unknown) bare.set_unknown(0);
        std::vector<std::int32_t> ids;
        bare.encode(text, false, ids);
        if (ids.empty() != (!unknown || text.empty())) std::abort();
    }
    return 0;
}
