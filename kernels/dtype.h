#pragma once

#include <cstddef>
#include <string_view>

namespace kernels {

/// Element type of activations, caches and small parameters.
enum class DType { F32, F16, BF16, I32, I8, U8 };

std::size_t size_bytes(DType dtype);
std::string_view name(DType dtype);

/// How a weight matrix is stored in its file.
///
/// Q4_1  blocks of 32 along a row: F16 scale d, F16 minimum m, 16 bytes of 4-bit q (element i in
/// the low, i + 16 in the
///       high nibble of byte i); w = d * q + m. 20 bytes. Source: ggml, GGUF specification.
/// Q8_0  blocks of 32: F16 scale d, 32 signed bytes q; w = d * q. 34 bytes.
/// F8E4M3  one byte an element (small_floats.h), one scale for the matrix: w = scale * e4m3.
/// Source: NVIDIA Model Optimizer, backbone spec 4.2. NVFP4  two E2M1 codes a byte, the even column
/// in the low nibble; beside them one E4M3 scale for every 16 columns and one scale for the matrix:
/// w = scale * e4m3 * e2m1. Source: the same, 4.4.
// NOLINTBEGIN(readability-identifier-naming): ggml's names
enum class WeightFormat { F32, F16, BF16, Q4_1, Q8_0, F8E4M3, NVFP4 };
// NOLINTEND(readability-identifier-naming)

std::string_view name(WeightFormat format);

/// Bytes of one row of `cols` elements without scales that stand apart; cols must be a multiple of
/// the block length (32 for Q4_1 and Q8_0, 16 for NVFP4).
std::size_t row_bytes(WeightFormat format, std::size_t cols);

} // namespace kernels
