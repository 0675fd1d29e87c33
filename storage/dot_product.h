#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace storage {

/// dot(a, b) = sum of a[i] * b[i] over `size` values, in float.
struct DotProduct {
    std::string_view name; // "avx512", "avx2", "portable"
    float (*run)(const float* a, const std::int8_t* b, std::size_t size);
};

/// What this processor can run, fastest first; the last is portable. Own code, since storage and
/// kernels do not know one another and this is all of numerics that storage needs.
std::span<const DotProduct> dot_products();

/// One vector in 8 bits: value = scale * data[i], scale = largest magnitude / 127. Error of a
/// cosine: about 1e-3.
struct QuantizedVector {
    float scale = 0;
    std::vector<std::int8_t> data;
};
QuantizedVector quantize(std::span<const float> vector);

} // namespace storage
