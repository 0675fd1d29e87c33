#include "engine/formats/gguf.h"

#include "engine/formats/byte_reader.h"
#include "engine/formats/gguf_tensors.h"
#include "engine/formats/wording.h"

#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <optional>

namespace engine::formats {

namespace {

constexpr std::uint32_t kMagic = 0x46554747; // "GGUF"
constexpr std::uint32_t kVersion = 3;
constexpr std::uint64_t kLongestKey = 65'535;
constexpr std::uint64_t kMostKeys = 65'536;
constexpr std::uint64_t kMostTensors = 65'536;
// Descriptions cannot be shorter: key length, type and one byte; name length, rank, one dimension,
// type and offset.
constexpr std::uint64_t kSmallestKey = 8 + 4 + 1;
constexpr std::uint64_t kSmallestTensor = 8 + 4 + 8 + 4 + 8;

constexpr std::array<std::string_view, 13> kTypeNames =
    {"u8", "i8", "u16", "i16", "u32", "i32", "f32", "bool", "string", "array", "u64", "i64", "f64"};

std::optional<GgufType> gguf_type(std::uint32_t number)
{
    if (number >= kTypeNames.size()) return std::nullopt;
    return static_cast<GgufType>(number);
}

/// Bytes of a fixed-size type; 0 for strings and arrays.
std::uint64_t type_bytes(GgufType type)
{
    switch (type) {
    case GgufType::U8:
    case GgufType::I8:
    case GgufType::Bool:
        return 1;
    case GgufType::U16:
    case GgufType::I16:
        return 2;
    case GgufType::U32:
    case GgufType::I32:
    case GgufType::F32:
        return 4;
    case GgufType::U64:
    case GgufType::I64:
    case GgufType::F64:
        return 8;
    case GgufType::String:
    case GgufType::Array:
        return 0;
    }
    return 0;
}

std::optional<std::string_view> read_string(ByteReader& reader)
{
    const auto length = reader.read<std::uint64_t>();
    if (!length) return std::nullopt;
    return reader.take_text(*length);
}

/// Steps over `count` elements and returns their bytes.
std::optional<std::span<const std::byte>> take_elements(
    ByteReader& reader,
    std::span<const std::byte> file,
    GgufType type,
    std::uint64_t count)
{
    const std::uint64_t size = type_bytes(type);
    if (size > 0) {
        if (count > reader.remaining() / size) return std::nullopt;
        return reader.take(count * size);
    }
    if (type == GgufType::Array || count > reader.remaining() / 8) return std::nullopt;
    const std::size_t begin = reader.position();
    for (std::uint64_t i = 0; i < count; ++i)
        if (!read_string(reader)) return std::nullopt;
    return file.subspan(begin, reader.position() - begin);
}

/// Reads the value behind a key; nothing where it is cut off or of an unknown type.
std::optional<GgufValue> read_value(ByteReader& reader, std::span<const std::byte> file)
{
    const auto number = reader.read<std::uint32_t>();
    const auto type = number ? gguf_type(*number) : std::nullopt;
    if (!type) return std::nullopt;
    GgufValue value;
    value.type = *type;
    if (*type == GgufType::Array) {
        const auto element_number = reader.read<std::uint32_t>();
        const auto element_type = element_number ? gguf_type(*element_number) : std::nullopt;
        const auto count = reader.read<std::uint64_t>();
        if (!element_type || !count) return std::nullopt;
        value.element_type = *element_type;
        value.count = *count;
    }
    const auto bytes = take_elements(
        reader,
        file,
        *type == GgufType::Array ? value.element_type : *type,
        value.count);
    if (!bytes) return std::nullopt;
    value.bytes = *bytes;
    return value;
}

/// One integer of any width; nothing for other types and for what int64 cannot hold.
std::optional<std::int64_t> read_integer(ByteReader& reader, GgufType type)
{
    switch (type) {
    case GgufType::U8:
        return reader.read<std::uint8_t>();
    case GgufType::I8:
        return reader.read<std::int8_t>();
    case GgufType::U16:
        return reader.read<std::uint16_t>();
    case GgufType::I16:
        return reader.read<std::int16_t>();
    case GgufType::U32:
        return reader.read<std::uint32_t>();
    case GgufType::I32:
        return reader.read<std::int32_t>();
    case GgufType::I64:
        return reader.read<std::int64_t>();
    case GgufType::U64: {
        const auto value = reader.read<std::uint64_t>();
        if (!value || *value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return std::nullopt;
        return static_cast<std::int64_t>(*value);
    }
    default:
        return std::nullopt;
    }
}

} // namespace

std::string type_words(const GgufValue& value)
{
    const auto words = [](GgufType type) {
        return std::string(kTypeNames[static_cast<std::size_t>(type)]);
    };
    return value.type == GgufType::Array ? "array of " + words(value.element_type)
                                         : words(value.type);
}

GgufFile::GgufFile(std::shared_ptr<const MappedFile> file)
    : file_(std::move(file)), tensors_(file_->name())
{
}

Result<GgufFile> GgufFile::open(const std::filesystem::path& path)
{
    auto mapped = MappedFile::open(path);
    if (!mapped) return tl::unexpected(mapped.error());
    GgufFile gguf(std::move(*mapped));
    const std::span<const std::byte> bytes = gguf.file_->bytes();
    const std::string name = gguf.file_->name();
    ByteReader reader(bytes);

    if (reader.read<std::uint32_t>() != kMagic)
        return damaged(name, "does not begin with \"GGUF\".");
    const auto version = reader.read<std::uint32_t>();
    const auto tensor_count = reader.read<std::uint64_t>();
    const auto key_count = reader.read<std::uint64_t>();
    if (!key_count) return damaged(name, "ends inside its header.");
    if (*version != kVersion)
        return fail(
            ErrorCode::ModelUnsupported,
            name + " is GGUF version " + std::to_string(*version) +
                "; this engine reads version 3.",
            "Fetch a current little-endian conversion of the model.");
    if (*key_count > kMostKeys || *key_count > reader.remaining() / kSmallestKey)
        return damaged(
            name,
            "promises " + std::to_string(*key_count) +
                " metadata keys, more than it has room for.");
    if (*tensor_count > kMostTensors || *tensor_count > reader.remaining() / kSmallestTensor)
        return damaged(
            name,
            "promises " + std::to_string(*tensor_count) + " tensors, more than it has room for.");

    for (std::uint64_t i = 0; i < *key_count; ++i) {
        const auto key = read_string(reader);
        if (!key || key->empty() || key->size() > kLongestKey)
            return damaged(name, "metadata key " + std::to_string(i) + " is cut off or too long.");
        const auto value = read_value(reader, bytes);
        if (!value)
            return damaged(
                name,
                "the value of metadata key " + in_quotes(*key) +
                    " is cut off or of an unknown type.");
        if (!gguf.metadata_.emplace(*key, *value).second)
            return damaged(name, "metadata key " + in_quotes(*key) + " occurs twice.");
    }

    std::int64_t alignment = 32;
    if (gguf.has("general.alignment")) {
        const auto stated = gguf.integer("general.alignment");
        if (!stated) return tl::unexpected(stated.error());
        alignment = *stated;
    }
    if (alignment < 1 || alignment > 65'536 ||
        !std::has_single_bit(static_cast<std::uint64_t>(alignment)))
        return damaged(
            name,
            "general.alignment is " + std::to_string(alignment) +
                ", expected a power of two up to 65536.");

    const auto read = read_gguf_tensors(
        gguf.tensors_,
        reader,
        bytes,
        *tensor_count,
        static_cast<std::uint64_t>(alignment));
    if (!read) return tl::unexpected(read.error());
    if (const auto intact = gguf.file_->check(); !intact) return tl::unexpected(intact.error());
    return gguf;
}

Result<const GgufValue*> GgufFile::require(std::string_view key) const
{
    const auto found = metadata_.find(key);
    if (found != metadata_.end()) return &found->second;
    return damaged(file_->name(), "metadata key " + in_quotes(key) + " is missing.");
}

tl::unexpected<Error>
GgufFile::wrong_type(std::string_view key, const GgufValue& value, std::string_view expected) const
{
    return damaged(
        file_->name(),
        "metadata key " + in_quotes(key) + " is " + type_words(value) + ", expected " +
            std::string(expected) + ".");
}

Result<std::int64_t> GgufFile::integer(std::string_view key) const
{
    const auto value = require(key);
    if (!value) return tl::unexpected(value.error());
    ByteReader reader((*value)->bytes);
    if (const auto number = read_integer(reader, (*value)->type)) return *number;
    return wrong_type(key, **value, "an integer below 2^63");
}

Result<double> GgufFile::number(std::string_view key) const
{
    const auto value = require(key);
    if (!value) return tl::unexpected(value.error());
    ByteReader reader((*value)->bytes);
    if ((*value)->type == GgufType::F32) return *reader.read<float>();
    if ((*value)->type == GgufType::F64) return *reader.read<double>();
    if (const auto number = read_integer(reader, (*value)->type))
        return static_cast<double>(*number);
    return wrong_type(key, **value, "a number");
}

Result<bool> GgufFile::flag(std::string_view key) const
{
    const auto value = require(key);
    if (!value) return tl::unexpected(value.error());
    if ((*value)->type != GgufType::Bool) return wrong_type(key, **value, "bool");
    return (*value)->bytes[0] != std::byte{0};
}

Result<std::string> GgufFile::text(std::string_view key) const
{
    const auto value = require(key);
    if (!value) return tl::unexpected(value.error());
    if ((*value)->type != GgufType::String) return wrong_type(key, **value, "string");
    ByteReader reader((*value)->bytes);
    const auto text = read_string(reader);
    // Checked when the file was opened; a file that is rewritten under the mapping may still have
    // changed it.
    return text ? Result<std::string>(std::string(*text)) : wrong_type(key, **value, "string");
}

Result<std::vector<std::string_view>> GgufFile::texts(std::string_view key) const
{
    const auto value = require(key);
    if (!value) return tl::unexpected(value.error());
    if ((*value)->type != GgufType::Array || (*value)->element_type != GgufType::String)
        return wrong_type(key, **value, "array of string");
    ByteReader reader((*value)->bytes);
    std::vector<std::string_view> texts;
    texts.reserve((*value)->count);
    for (std::uint64_t i = 0; i < (*value)->count; ++i) {
        const auto text = read_string(reader);
        if (!text) return wrong_type(key, **value, "array of string");
        texts.push_back(*text);
    }
    return texts;
}

Result<std::vector<std::int64_t>> GgufFile::integers(std::string_view key) const
{
    const auto value = require(key);
    if (!value) return tl::unexpected(value.error());
    ByteReader reader((*value)->bytes);
    std::vector<std::int64_t> numbers;
    if ((*value)->type != GgufType::Array) return wrong_type(key, **value, "array of integers");
    numbers.reserve((*value)->count);
    for (std::uint64_t i = 0; i < (*value)->count; ++i) {
        const auto number = read_integer(reader, (*value)->element_type);
        if (!number) return wrong_type(key, **value, "array of integers");
        numbers.push_back(*number);
    }
    return numbers;
}

Result<std::vector<float>> GgufFile::numbers(std::string_view key) const
{
    const auto value = require(key);
    if (!value) return tl::unexpected(value.error());
    if ((*value)->type != GgufType::Array || (*value)->element_type != GgufType::F32)
        return wrong_type(key, **value, "array of f32");
    std::vector<float> numbers((*value)->count);
    if (!numbers.empty())
        std::memcpy(numbers.data(), (*value)->bytes.data(), numbers.size() * sizeof(float));
    return numbers;
}

} // namespace engine::formats
