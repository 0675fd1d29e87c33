#include "engine/formats/tensor_table.h"

#include "engine/formats/byte_reader.h"
#include "engine/formats/wording.h"

#include <bit>
#include <cstring>

namespace engine::formats {

namespace {

template <typename T>
T element(const StoredTensor& tensor, std::size_t index)
{
    T value;
    std::memcpy(&value, tensor.bytes.data() + index * sizeof(T), sizeof(T));
    return value;
}

std::string tensor_words(std::string_view name)
{
    return "tensor " + in_quotes(name);
}

} // namespace

std::int64_t StoredTensor::element_count() const
{
    std::int64_t count = 1;
    for (const std::int64_t dim : shape()) count *= dim;
    return count;
}

std::optional<std::int64_t> stored_bytes(ElementFormat format, std::span<const std::int64_t> shape)
{
    const BlockSize block = block_size(format);
    std::optional<std::int64_t> count = 1;
    for (const std::int64_t dim : shape) {
        count = checked_product(*count, dim);
        if (!count) return std::nullopt;
    }
    const std::int64_t innermost = shape.empty() ? 1 : shape.back();
    if (innermost % block.elements != 0) return std::nullopt;
    return checked_product(*count / block.elements, block.bytes);
}

bool TensorTable::add(std::string name, const StoredTensor& tensor)
{
    return tensors_.emplace(std::move(name), tensor).second;
}

const StoredTensor* TensorTable::find(std::string_view name) const
{
    const auto found = tensors_.find(name);
    return found == tensors_.end() ? nullptr : &found->second;
}

Result<const StoredTensor*> TensorTable::require(std::string_view name) const
{
    if (const StoredTensor* tensor = find(name)) return tensor;
    return damaged(
        file_name_,
        tensor_words(name) + " is missing among " + std::to_string(tensors_.size()) + " tensors.");
}

Result<const StoredTensor*>
TensorTable::get(std::string_view name, std::initializer_list<std::int64_t> shape) const
{
    auto tensor = require(name);
    if (!tensor) return tensor;
    const std::span<const std::int64_t> expected(shape.begin(), shape.size());
    const auto found = (*tensor)->shape();
    if (!std::equal(expected.begin(), expected.end(), found.begin(), found.end()))
        return damaged(
            file_name_,
            tensor_words(name) + " has the shape " + shape_words(found) + ", expected " +
                shape_words(expected) + ".");
    return tensor;
}

Result<kernels::Weight>
TensorTable::matrix(std::string_view name, std::int64_t rows, std::int64_t cols) const
{
    const auto tensor = require(name);
    if (!tensor) return tl::unexpected(tensor.error());
    const StoredTensor& stored = **tensor;
    const std::optional<std::int64_t> count = checked_product(rows, cols);
    if (stored.rank < 2 || stored.dims[0] != rows || !count || stored.element_count() != *count) {
        const std::array expected = {rows, cols};
        return damaged(
            file_name_,
            tensor_words(name) + " has the shape " + shape_words(stored.shape()) + ", expected " +
                shape_words(expected) + ".");
    }
    const auto format = weight_format(stored.format);
    if (!format || cols % block_size(stored.format).elements != 0)
        return fail(
            ErrorCode::ModelUnsupported,
            file_name_ + ": " + tensor_words(name) + " is stored as " +
                std::string(formats::name(stored.format)) +
                ", which this engine cannot compute with.",
            "Fetch the model in Q4_K_M, Q8_0, BF16 or another common format.");
    return kernels::Weight{stored.bytes.data(), *format, rows, cols};
}

Result<std::vector<float>> TensorTable::values(std::string_view name, std::int64_t count) const
{
    const auto tensor = require(name);
    if (!tensor) return tl::unexpected(tensor.error());
    const StoredTensor& stored = **tensor;
    if (stored.element_count() != count)
        return damaged(
            file_name_,
            tensor_words(name) + " has the shape " + shape_words(stored.shape()) + ", expected " +
                std::to_string(count) + " elements.");
    const bool readable = stored.format == ElementFormat::F32 ||
                          stored.format == ElementFormat::F16 ||
                          stored.format == ElementFormat::BF16;
    if (!readable)
        return damaged(
            file_name_,
            tensor_words(name) + " is stored as " + std::string(formats::name(stored.format)) +
                ", expected F32, F16 or BF16.");
    std::vector<float> values(static_cast<std::size_t>(count));
    if (stored.format == ElementFormat::F32) {
        if (!values.empty()) std::memcpy(values.data(), stored.bytes.data(), stored.bytes.size());
        return values;
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto bits = element<std::uint16_t>(stored, i);
        values[i] = stored.format == ElementFormat::F16
                        ? half_to_float(bits)
                        : std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
    }
    return values;
}

Result<std::int64_t> TensorTable::integer(std::string_view name) const
{
    const auto tensor = require(name);
    if (!tensor) return tl::unexpected(tensor.error());
    const StoredTensor& stored = **tensor;
    if (stored.element_count() == 1) {
        switch (stored.format) {
        case ElementFormat::I64:
            return element<std::int64_t>(stored, 0);
        case ElementFormat::I32:
            return element<std::int32_t>(stored, 0);
        case ElementFormat::I16:
            return element<std::int16_t>(stored, 0);
        case ElementFormat::I8:
            return element<std::int8_t>(stored, 0);
        default:
            break;
        }
    }
    return damaged(
        file_name_,
        tensor_words(name) + " is " + std::string(formats::name(stored.format)) + " of shape " +
            shape_words(stored.shape()) + ", expected one integer.");
}

float half_to_float(std::uint16_t bits)
{
    const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000u) << 16;
    const std::uint32_t exponent = (bits >> 10) & 0x1fu;
    const std::uint32_t fraction = bits & 0x3ffu;
    if (exponent == 0) { // zero or subnormal: fraction * 2^-24 is exact in float
        const float magnitude = static_cast<float>(fraction) * 0x1p-24f;
        return sign != 0 ? -magnitude : magnitude;
    }
    const std::uint32_t widened = exponent == 31 ? 255u : exponent + 112u;
    return std::bit_cast<float>(sign | (widened << 23) | (fraction << 13));
}

} // namespace engine::formats
