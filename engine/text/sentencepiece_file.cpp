#include "engine/text/sentencepiece_file.h"

#include "engine/formats/byte_reader.h"
#include "engine/formats/wording.h"

#include <cstdint>
#include <optional>

namespace engine::text {
namespace {

using formats::ByteReader;

constexpr std::size_t kLargestModel = 16u << 20;
constexpr std::size_t kMostPieces = 1'000'000;
constexpr std::size_t kLongestPiece = 1024;

std::optional<std::uint64_t> read_varint(ByteReader& in)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const auto byte = in.read<std::uint8_t>();
        if (!byte) return std::nullopt;
        value |= std::uint64_t{*byte & 0x7fu} << shift;
        if (*byte < 0x80) return value;
    }
    return std::nullopt;
}

/// One field of a message: a number, or bytes.
struct Field {
    std::uint64_t number = 0;
    std::uint64_t value = 0;
    std::span<const std::byte> bytes;
    bool has_bytes = false;
};

std::optional<Field> read_field(ByteReader& in)
{
    const auto key = read_varint(in);
    if (!key || *key >> 3 == 0) return std::nullopt;
    Field field;
    field.number = *key >> 3;
    switch (*key & 7) {
    case 0: {
        const auto value = read_varint(in);
        if (!value) return std::nullopt;
        field.value = *value;
        return field;
    }
    case 1:
        return in.take(8) ? std::optional(field) : std::nullopt;
    case 2: {
        const auto length = read_varint(in);
        const auto bytes = length ? in.take(*length) : std::nullopt;
        if (!bytes) return std::nullopt;
        field.bytes = *bytes;
        field.has_bytes = true;
        return field;
    }
    case 5:
        return in.take(4) ? std::optional(field) : std::nullopt;
    default: // groups ended with version 2
        return std::nullopt;
    }
}

std::optional<SentencePiece> read_piece(std::span<const std::byte> message)
{
    ByteReader in(message);
    SentencePiece piece;
    while (in.remaining() > 0) {
        const auto field = read_field(in);
        if (!field) return std::nullopt;
        if (field->number == 1 && field->has_bytes) {
            piece.text.assign(
                reinterpret_cast<const char*>(field->bytes.data()),
                field->bytes.size());
        } else if (field->number == 3 && !field->has_bytes) {
            if (field->value < 1 || field->value > 6) return std::nullopt;
            piece.kind = static_cast<SentencePiece::Kind>(field->value);
        }
    }
    if (piece.text.empty() || piece.text.size() > kLongestPiece) return std::nullopt;
    return piece;
}

} // namespace

Result<std::vector<SentencePiece>>
read_sentencepiece(std::span<const std::byte> model, std::string_view name)
{
    if (model.size() > kLargestModel) return formats::damaged(name, "has more than 16 MiB.");
    ByteReader in(model);
    std::vector<SentencePiece> pieces;
    while (in.remaining() > 0) {
        const auto field = read_field(in);
        if (!field) return formats::damaged(name, "is no SentencePiece model.");
        if (field->number != 1 || !field->has_bytes) continue;
        auto piece = read_piece(field->bytes);
        if (!piece || pieces.size() >= kMostPieces)
            return formats::damaged(
                name,
                "has a piece number " + std::to_string(pieces.size()) + " that makes no sense.");
        pieces.push_back(std::move(*piece));
    }
    if (pieces.empty()) return formats::damaged(name, "has no pieces.");
    return pieces;
}

} // namespace engine::text
