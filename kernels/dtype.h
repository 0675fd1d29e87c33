#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kernels {

/// Element type of activations, caches and small parameters.
enum class DType { F32, F16, BF16, I32, I8, U8 };

std::size_t size_bytes(DType dtype);
std::string_view name(DType dtype);

/// How a weight matrix is stored in its file. The block formats are ggml's (Source: the GGUF
/// specification and ggml's block structures); d and m are F16, nibbles hold element i low and
/// i + half of the block high, q counts from 0:
///
/// Q4_0    32 columns, 18 bytes: d, 16 of 4-bit q;           w = d * (q - 8)
/// Q4_1    32 columns, 20 bytes: d, m, 16 of 4-bit q;        w = d * q + m
/// Q5_0    32 columns, 22 bytes: d, 4 of fifth bits, 16;     w = d * (q - 16)
/// Q5_1    32 columns, 24 bytes: d, m, 4 of fifth bits, 16;  w = d * q + m
/// Q8_0    32 columns, 34 bytes: d, 32 signed q;             w = d * q
/// IQ4_NL  32 columns, 18 bytes: d, 16 of 4-bit q;           w = d * table[q]
/// Q2_K    256 columns, 84 bytes: 16 of 4-bit scales and minima of 16 columns each, 64 of q, d, m
/// Q3_K    256 columns, 110 bytes: 32 of third bits, 64 of q, 12 of 6-bit scales of 16 columns, d
/// Q4_K    256 columns, 144 bytes: d, m, 12 of 6-bit scales and minima of 32 columns, 128 of q
/// Q5_K    256 columns, 176 bytes: the same with 32 of fifth bits before q
/// Q6_K    256 columns, 210 bytes: 128 and 64 of q, 16 signed scales of 16 columns, d
///
/// F8E4M3  one byte an element (small_floats.h), one scale for the matrix: w = scale * e4m3.
/// Source: NVIDIA Model Optimizer, backbone spec 4.2.
/// NVFP4  two E2M1 codes a byte, the even column in the low nibble; beside them one E4M3 scale for
/// every 16 columns and one scale for the matrix: w = scale * e4m3 * e2m1. Source: the same, 4.4.
// clang-format off
// NOLINTBEGIN(readability-identifier-naming): ggml's names
enum class WeightFormat {
    F32, F16, BF16,
    Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, IQ4_NL, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K,
    F8E4M3, NVFP4
};
// NOLINTEND(readability-identifier-naming)
// clang-format on

std::string_view name(WeightFormat format);

/// Columns and bytes of the smallest unit of a row; plain formats have blocks of one column.
struct WeightBlock {
    std::int64_t cols;
    std::int64_t bytes;
};
WeightBlock block_of(WeightFormat format);
/// Whether decode_block() of ggml_blocks.h takes it.
bool is_ggml_block(WeightFormat format);
/// Whether its numbers fit products in whole numbers (kernel_table.h's dot_quantized()): all of
/// ggml's blocks but those of 8 bits and of a table.
bool takes_quantized(WeightFormat format);

/// Bytes of one row of `cols` elements without scales that stand apart; cols must be a multiple of
/// the block length.
std::size_t row_bytes(WeightFormat format, std::size_t cols);

} // namespace kernels
