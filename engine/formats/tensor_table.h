#pragma once

#include "engine/formats/element_format.h"
#include "engine/result.h"

#include "kernels/weight.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::formats {

inline constexpr std::size_t kMaxRank = 8;

/// One tensor as its file stores it: row-major, outermost dimension first (GGUF's order is turned
/// round).
struct StoredTensor {
    ElementFormat format = ElementFormat::F32;
    std::uint8_t rank = 0; // 0: one element
    std::array<std::int64_t, kMaxRank> dims = {};
    std::span<const std::byte> bytes; // in the mapping, checked against the file; any alignment

    std::span<const std::int64_t> shape() const { return {dims.data(), rank}; }
    std::int64_t element_count() const;
};

/// Bytes that a tensor of this format and shape takes; nothing where the product leaves 63 bits or
/// the innermost dimension is not made of whole blocks.
std::optional<std::int64_t> stored_bytes(ElementFormat format, std::span<const std::int64_t> shape);

/// The tensors of one checkpoint by name. The views live as long as the file that they were read
/// from. The getters say what a model expects and answer BadModelFile with file, tensor, expected
/// and found, or ModelUnsupported where a format is known but cannot be computed with.
class TensorTable {
public:
    using Map = std::map<std::string, StoredTensor, std::less<>>;

    explicit TensorTable(std::string file_name) : file_name_(std::move(file_name)) {}

    /// False where the name is taken already.
    bool add(std::string name, const StoredTensor& tensor);
    const StoredTensor* find(std::string_view name) const;
    const Map& all() const { return tensors_; }
    const std::string& file_name() const { return file_name_; }

    /// A tensor of exactly this shape.
    Result<const StoredTensor*>
    get(std::string_view name, std::initializer_list<std::int64_t> shape) const;
    /// A weight for Backend::load_weight(): [rows, ...] whose further dimensions multiply to cols.
    Result<kernels::Weight>
    matrix(std::string_view name, std::int64_t rows, std::int64_t cols) const;
    /// `count` numbers of a small F32, F16 or BF16 tensor (bias, norm, positions), widened.
    Result<std::vector<float>> values(std::string_view name, std::int64_t count) const;
    /// The one number of an integer tensor with a single element.
    Result<std::int64_t> integer(std::string_view name) const;

private:
    Result<const StoredTensor*> require(std::string_view name) const;

    std::string file_name_;
    Map tensors_;
};

/// IEEE half to float, exactly.
float half_to_float(std::uint16_t bits);

} // namespace engine::formats
