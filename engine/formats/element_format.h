#pragma once

#include "kernels/dtype.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace engine::formats {

/// How the elements of a stored tensor are written. The block formats are ggml's; those that
/// kernels cannot compute with are listed so that a file with them can be inspected and refused by
/// name.
// clang-format off
// NOLINTBEGIN(readability-identifier-naming): the names that ggml gives its formats
enum class ElementFormat : std::uint8_t {
    F64, F32, F16, BF16, F8E4M3, F8E5M2,
    I64, I32, I16, I8, U64, U32, U16, U8, Bool,
    Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q8_1,
    Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, Q8_K,
    IQ1_S, IQ1_M, IQ2_XXS, IQ2_XS, IQ2_S, IQ3_XXS, IQ3_S, IQ4_NL, IQ4_XS,
    TQ1_0, TQ2_0, MXFP4,
};
// NOLINTEND(readability-identifier-naming)
// clang-format on

/// Elements and bytes of the smallest unit; plain formats have blocks of one element.
struct BlockSize {
    std::int64_t elements;
    std::int64_t bytes;
};

BlockSize block_size(ElementFormat format);
/// "Q4_1"
std::string_view name(ElementFormat format);
/// The format in which kernels takes it, if it can.
std::optional<kernels::WeightFormat> weight_format(ElementFormat format);

} // namespace engine::formats
