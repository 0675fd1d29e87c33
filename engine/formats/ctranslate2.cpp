#include "engine/formats/ctranslate2.h"

#include "engine/formats/byte_reader.h"
#include "engine/formats/wording.h"

#include <array>
#include <optional>

namespace engine::formats {

namespace {

constexpr std::uint32_t kVersion = 6;
constexpr std::uint32_t kMostVariables = 65'536;
constexpr std::uint64_t kSmallestVariable = 2 + 1 + 1 + 1 + 4;
constexpr std::uint64_t kSmallestAlias = 2 + 1 + 2 + 1;

constexpr std::array kFormats = {
    ElementFormat::F32,
    ElementFormat::I8,
    ElementFormat::I16,
    ElementFormat::I32,
    ElementFormat::F16,
    ElementFormat::BF16};

/// A length that counts the final NUL, then the bytes.
std::optional<std::string_view> read_string(ByteReader& reader)
{
    const auto length = reader.read<std::uint16_t>();
    const auto text = length ? reader.take_text(*length) : std::nullopt;
    if (!text || text->empty() || text->back() != '\0') return std::nullopt;
    return text->substr(0, text->size() - 1);
}

Result<void> read_variable(TensorTable& table, ByteReader& reader, std::uint32_t index)
{
    const std::string& file = table.file_name();
    const auto name = read_string(reader);
    if (!name || name->empty())
        return damaged(file, "the name of variable " + std::to_string(index) + " is cut off.");
    const std::string words = "tensor " + in_quotes(*name);
    if (name->ends_with("weight_scale"))
        return fail(
            ErrorCode::ModelUnsupported,
            file + ": " + words + " shows that this is a quantised conversion.",
            "Fetch the float16 or float32 conversion of the model.");

    StoredTensor tensor;
    const auto rank = reader.read<std::uint8_t>();
    if (!rank || *rank > kMaxRank)
        return damaged(
            file,
            words + " has " + std::to_string(rank.value_or(0)) +
                " dimensions, expected at most 8.");
    tensor.rank = *rank;
    for (std::uint8_t i = 0; i < *rank; ++i) {
        const auto dim = reader.read<std::uint32_t>();
        if (!dim) return damaged(file, "the shape of " + words + " is cut off.");
        tensor.dims[i] = *dim;
    }
    const auto type = reader.read<std::uint8_t>();
    const auto size = reader.read<std::uint32_t>();
    if (!type || !size) return damaged(file, "the description of " + words + " is cut off.");
    if (*type >= kFormats.size())
        return damaged(file, words + " has the unknown type " + std::to_string(*type) + ".");
    tensor.format = kFormats[*type];
    const auto expected = stored_bytes(tensor.format, tensor.shape());
    if (!expected || *expected != static_cast<std::int64_t>(*size))
        return damaged(
            file,
            words + " of shape " + shape_words(tensor.shape()) + " and type " +
                std::string(formats::name(tensor.format)) + " has " + std::to_string(*size) +
                " bytes, expected " + (expected ? std::to_string(*expected) : "fewer than 2^63") +
                ".");
    const auto bytes = reader.take(*size);
    if (!bytes)
        return damaged(
            file,
            words + " needs " + std::to_string(*size) + " bytes, but only " +
                std::to_string(reader.remaining()) + " follow.");
    tensor.bytes = *bytes;
    if (!table.add(std::string(*name), tensor)) return damaged(file, words + " occurs twice.");
    return {};
}

Result<void> read_aliases(TensorTable& table, ByteReader& reader)
{
    const std::string& file = table.file_name();
    const auto count = reader.read<std::uint32_t>();
    if (!count || *count > kMostVariables || *count > reader.remaining() / kSmallestAlias)
        return damaged(file, "its list of aliases is cut off.");
    for (std::uint32_t i = 0; i < *count; ++i) {
        const auto alias = read_string(reader);
        const auto target = alias ? read_string(reader) : std::nullopt;
        if (!target) return damaged(file, "alias " + std::to_string(i) + " is cut off.");
        const StoredTensor* tensor = table.find(*target);
        if (tensor == nullptr)
            return damaged(
                file,
                "alias " + in_quotes(*alias) + " names tensor " + in_quotes(*target) +
                    ", which is missing.");
        const StoredTensor copy = *tensor;
        if (!table.add(std::string(*alias), copy))
            return damaged(
                file,
                "alias " + in_quotes(*alias) + " is the name of a tensor already.");
    }
    return {};
}

} // namespace

Ctranslate2File::Ctranslate2File(std::shared_ptr<const MappedFile> file)
    : file_(std::move(file)), tensors_(file_->name())
{
}

Result<Ctranslate2File> Ctranslate2File::open(const std::filesystem::path& path)
{
    auto mapped = MappedFile::open(path);
    if (!mapped) return tl::unexpected(mapped.error());
    Ctranslate2File model(std::move(*mapped));
    const std::string name = model.file_->name();
    ByteReader reader(model.file_->bytes());

    const auto version = reader.read<std::uint32_t>();
    if (!version) return damaged(name, "ends inside its header.");
    if (*version != kVersion)
        return fail(
            ErrorCode::ModelUnsupported,
            name + " has the CTranslate2 binary version " + std::to_string(*version) +
                "; this engine reads version 6.",
            "Fetch a current CTranslate2 conversion of the model.");
    const auto specification = read_string(reader);
    const auto revision = reader.read<std::uint32_t>();
    const auto count = reader.read<std::uint32_t>();
    if (!specification || !revision || !count) return damaged(name, "ends inside its header.");
    if (*count > kMostVariables || *count > reader.remaining() / kSmallestVariable)
        return damaged(
            name,
            "promises " + std::to_string(*count) + " variables, more than it has room for.");
    model.specification_ = *specification;
    model.revision_ = *revision;

    for (std::uint32_t i = 0; i < *count; ++i)
        if (const auto read = read_variable(model.tensors_, reader, i); !read)
            return tl::unexpected(read.error());
    if (const auto read = read_aliases(model.tensors_, reader); !read)
        return tl::unexpected(read.error());
    if (reader.remaining() != 0)
        return damaged(
            name,
            "has " + std::to_string(reader.remaining()) + " bytes behind its end.");
    if (const auto intact = model.file_->check(); !intact) return tl::unexpected(intact.error());
    return model;
}

} // namespace engine::formats
