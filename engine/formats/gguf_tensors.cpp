#include "engine/formats/gguf_tensors.h"

#include "engine/formats/wording.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace engine::formats {

namespace {

constexpr std::uint64_t kLongestName = 128; // ggml writes at most 63 bytes
constexpr std::uint32_t kMostDims = 4;

/// ggml's number of a type. Source: enum ggml_type.
std::optional<ElementFormat> format_of_ggml_type(std::uint32_t number)
{
    using enum ElementFormat;
    switch (number) {
    case 0:
        return F32;
    case 1:
        return F16;
    case 2:
        return Q4_0;
    case 3:
        return Q4_1;
    case 6:
        return Q5_0;
    case 7:
        return Q5_1;
    case 8:
        return Q8_0;
    case 9:
        return Q8_1;
    case 10:
        return Q2_K;
    case 11:
        return Q3_K;
    case 12:
        return Q4_K;
    case 13:
        return Q5_K;
    case 14:
        return Q6_K;
    case 15:
        return Q8_K;
    case 16:
        return IQ2_XXS;
    case 17:
        return IQ2_XS;
    case 18:
        return IQ3_XXS;
    case 19:
        return IQ1_S;
    case 20:
        return IQ4_NL;
    case 21:
        return IQ3_S;
    case 22:
        return IQ2_S;
    case 23:
        return IQ4_XS;
    case 24:
        return I8;
    case 25:
        return I16;
    case 26:
        return I32;
    case 27:
        return I64;
    case 28:
        return F64;
    case 29:
        return IQ1_M;
    case 30:
        return BF16;
    case 34:
        return TQ1_0;
    case 35:
        return TQ2_0;
    case 39:
        return MXFP4;
    default:
        return std::nullopt;
    }
}

struct Description {
    std::string name;
    StoredTensor tensor;
    std::uint64_t offset = 0; // from the start of the data section
    std::uint64_t size = 0;
};

Result<Description>
read_description(ByteReader& reader, const std::string& file, std::uint64_t index)
{
    Description description;
    const auto length = reader.read<std::uint64_t>();
    const auto name = length && *length <= kLongestName ? reader.take_text(*length) : std::nullopt;
    const auto rank = reader.read<std::uint32_t>();
    if (!name || !rank)
        return damaged(
            file,
            "the name of tensor " + std::to_string(index) + " is cut off or too long.");
    description.name = *name;
    const std::string words = "tensor " + in_quotes(*name);
    if (*rank < 1 || *rank > kMostDims)
        return damaged(
            file,
            words + " has " + std::to_string(*rank) + " dimensions, expected 1 to 4.");

    StoredTensor& tensor = description.tensor;
    tensor.rank = static_cast<std::uint8_t>(*rank);
    for (std::uint32_t i = 0; i < *rank; ++i) {
        const auto dim = reader.read<std::int64_t>();
        if (!dim || *dim < 1)
            return damaged(file, words + " has a dimension that is not positive.");
        tensor.dims[*rank - 1 - i] = *dim; // the file has the innermost dimension first
    }
    const auto type = reader.read<std::uint32_t>();
    const auto offset = reader.read<std::uint64_t>();
    if (!offset) return damaged(file, "the description of " + words + " is cut off.");
    const auto format = format_of_ggml_type(*type);
    if (!format)
        return damaged(file, words + " has the unknown type " + std::to_string(*type) + ".");
    tensor.format = *format;
    description.offset = *offset;

    const auto size = stored_bytes(*format, tensor.shape());
    if (!size)
        return damaged(
            file,
            words + " has the shape " + shape_words(tensor.shape()) + ", which " +
                std::string(formats::name(*format)) + " cannot store.");
    description.size = static_cast<std::uint64_t>(*size);
    return description;
}

/// One after another, each at the first aligned place behind the one before: no overlap, no hole,
/// nothing behind.
Result<void> check_layout(
    const std::string& file,
    const std::vector<Description>& ordered,
    std::uint64_t data_size,
    std::uint64_t alignment)
{
    std::uint64_t expected = 0;
    std::uint64_t end = 0;
    for (const Description& description : ordered) {
        const std::string words = "tensor " + in_quotes(description.name);
        if (description.offset != expected)
            return damaged(
                file,
                words + " starts at " + std::to_string(description.offset) +
                    " of the data, expected " + std::to_string(expected) + ".");
        if (description.size > data_size || description.offset > data_size - description.size)
            return damaged(
                file,
                words + " needs " + std::to_string(description.size) + " bytes at " +
                    std::to_string(description.offset) + ", but the data has " +
                    std::to_string(data_size) + ".");
        end = description.offset + description.size;
        expected = (end + alignment - 1) / alignment * alignment;
    }
    // Writers may pad the last tensor as they pad the others.
    if (data_size > expected)
        return damaged(
            file,
            "has " + std::to_string(data_size - end) + " bytes behind its last tensor.");
    return {};
}

} // namespace

Result<void> read_gguf_tensors(
    TensorTable& table,
    ByteReader& reader,
    std::span<const std::byte> file,
    std::uint64_t count,
    std::uint64_t alignment)
{
    std::vector<Description> descriptions;
    for (std::uint64_t i = 0; i < count; ++i) {
        auto description = read_description(reader, table.file_name(), i);
        if (!description) return tl::unexpected(description.error());
        descriptions.push_back(std::move(*description));
    }
    const std::uint64_t data_begin = std::min<std::uint64_t>(
        (reader.position() + alignment - 1) / alignment * alignment,
        file.size());
    const auto data = file.subspan(static_cast<std::size_t>(data_begin));

    std::stable_sort(
        descriptions.begin(),
        descriptions.end(),
        [](const Description& a, const Description& b) { return a.offset < b.offset; });
    auto layout = check_layout(table.file_name(), descriptions, data.size(), alignment);
    if (!layout) return layout;

    for (Description& description : descriptions) {
        description.tensor.bytes = data.subspan(
            static_cast<std::size_t>(description.offset),
            static_cast<std::size_t>(description.size));
        if (!table.add(description.name, description.tensor))
            return damaged(
                table.file_name(),
                "tensor " + in_quotes(description.name) + " occurs twice.");
    }
    return {};
}

} // namespace engine::formats
