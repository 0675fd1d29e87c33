#include "engine/formats/element_format.h"

#include "base/expects.h"

#include <array>

namespace engine::formats {

namespace {

struct Row {
    ElementFormat format;
    std::string_view name;
    BlockSize block;
};

using enum ElementFormat;

// In the order of the enumeration. Source of the block sizes: the GGUF specification and ggml's
// block structures.
constexpr std::array kRows = {
    Row{F64, "F64", {1, 8}},
    Row{F32, "F32", {1, 4}},
    Row{F16, "F16", {1, 2}},
    Row{BF16, "BF16", {1, 2}},
    Row{F8E4M3, "F8_E4M3", {1, 1}},
    Row{F8E5M2, "F8_E5M2", {1, 1}},
    Row{I64, "I64", {1, 8}},
    Row{I32, "I32", {1, 4}},
    Row{I16, "I16", {1, 2}},
    Row{I8, "I8", {1, 1}},
    Row{U64, "U64", {1, 8}},
    Row{U32, "U32", {1, 4}},
    Row{U16, "U16", {1, 2}},
    Row{U8, "U8", {1, 1}},
    Row{Bool, "BOOL", {1, 1}},
    Row{Q4_0, "Q4_0", {32, 18}},
    Row{Q4_1, "Q4_1", {32, 20}},
    Row{Q5_0, "Q5_0", {32, 22}},
    Row{Q5_1, "Q5_1", {32, 24}},
    Row{Q8_0, "Q8_0", {32, 34}},
    Row{Q8_1, "Q8_1", {32, 36}},
    Row{Q2_K, "Q2_K", {256, 84}},
    Row{Q3_K, "Q3_K", {256, 110}},
    Row{Q4_K, "Q4_K", {256, 144}},
    Row{Q5_K, "Q5_K", {256, 176}},
    Row{Q6_K, "Q6_K", {256, 210}},
    Row{Q8_K, "Q8_K", {256, 292}},
    Row{IQ1_S, "IQ1_S", {256, 50}},
    Row{IQ1_M, "IQ1_M", {256, 56}},
    Row{IQ2_XXS, "IQ2_XXS", {256, 66}},
    Row{IQ2_XS, "IQ2_XS", {256, 74}},
    Row{IQ2_S, "IQ2_S", {256, 82}},
    Row{IQ3_XXS, "IQ3_XXS", {256, 98}},
    Row{IQ3_S, "IQ3_S", {256, 110}},
    Row{IQ4_NL, "IQ4_NL", {32, 18}},
    Row{IQ4_XS, "IQ4_XS", {256, 136}},
    Row{TQ1_0, "TQ1_0", {256, 54}},
    Row{TQ2_0, "TQ2_0", {256, 66}},
    Row{MXFP4, "MXFP4", {32, 17}},
};

const Row& row(ElementFormat format)
{
    const Row& found = kRows[static_cast<std::size_t>(format)];
    EXPECTS(found.format == format);
    return found;
}

} // namespace

BlockSize block_size(ElementFormat format)
{
    return row(format).block;
}

std::string_view name(ElementFormat format)
{
    return row(format).name;
}

std::optional<kernels::WeightFormat> weight_format(ElementFormat format)
{
    switch (format) {
    case F32:
        return kernels::WeightFormat::F32;
    case F16:
        return kernels::WeightFormat::F16;
    case BF16:
        return kernels::WeightFormat::BF16;
    case Q4_0:
        return kernels::WeightFormat::Q4_0;
    case Q4_1:
        return kernels::WeightFormat::Q4_1;
    case Q5_0:
        return kernels::WeightFormat::Q5_0;
    case Q5_1:
        return kernels::WeightFormat::Q5_1;
    case Q8_0:
        return kernels::WeightFormat::Q8_0;
    case IQ4_NL:
        return kernels::WeightFormat::IQ4_NL;
    case Q2_K:
        return kernels::WeightFormat::Q2_K;
    case Q3_K:
        return kernels::WeightFormat::Q3_K;
    case Q4_K:
        return kernels::WeightFormat::Q4_K;
    case Q5_K:
        return kernels::WeightFormat::Q5_K;
    case Q6_K:
        return kernels::WeightFormat::Q6_K;
    default:
        return std::nullopt;
    }
}

} // namespace engine::formats
