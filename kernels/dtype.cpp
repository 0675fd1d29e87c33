#include "kernels/dtype.h"

#include "base/expects.h"

#include <array>

namespace kernels {

std::size_t size_bytes(DType dtype)
{
    switch (dtype) {
    case DType::F32:
    case DType::I32:
        return 4;
    case DType::F16:
    case DType::BF16:
        return 2;
    case DType::I8:
    case DType::U8:
        return 1;
    }
    EXPECTS(false);
    return 0;
}

std::string_view name(DType dtype)
{
    switch (dtype) {
    case DType::F32:
        return "F32";
    case DType::F16:
        return "F16";
    case DType::BF16:
        return "BF16";
    case DType::I32:
        return "I32";
    case DType::I8:
        return "I8";
    case DType::U8:
        return "U8";
    }
    return "?";
}

namespace {

struct FormatRow {
    WeightFormat format;
    std::string_view name;
    WeightBlock block;
};

using enum WeightFormat;

// In the order of the enumeration.
constexpr std::array kFormatRows = {
    FormatRow{F32, "F32", {1, 4}},
    FormatRow{F16, "F16", {1, 2}},
    FormatRow{BF16, "BF16", {1, 2}},
    FormatRow{Q4_0, "Q4_0", {32, 18}},
    FormatRow{Q4_1, "Q4_1", {32, 20}},
    FormatRow{Q5_0, "Q5_0", {32, 22}},
    FormatRow{Q5_1, "Q5_1", {32, 24}},
    FormatRow{Q8_0, "Q8_0", {32, 34}},
    FormatRow{IQ4_NL, "IQ4_NL", {32, 18}},
    FormatRow{Q2_K, "Q2_K", {256, 84}},
    FormatRow{Q3_K, "Q3_K", {256, 110}},
    FormatRow{Q4_K, "Q4_K", {256, 144}},
    FormatRow{Q5_K, "Q5_K", {256, 176}},
    FormatRow{Q6_K, "Q6_K", {256, 210}},
    FormatRow{F8E4M3, "F8_E4M3", {1, 1}},
    FormatRow{NVFP4, "NVFP4", {16, 8}},
};

const FormatRow& row_of(WeightFormat format)
{
    const FormatRow& row = kFormatRows[static_cast<std::size_t>(format)];
    EXPECTS(row.format == format);
    return row;
}

} // namespace

std::string_view name(WeightFormat format)
{
    return row_of(format).name;
}

WeightBlock block_of(WeightFormat format)
{
    return row_of(format).block;
}

bool is_ggml_block(WeightFormat format)
{
    return format >= WeightFormat::Q4_0 && format <= WeightFormat::Q6_K;
}

bool takes_quantized(WeightFormat format)
{
    return is_ggml_block(format) && format != WeightFormat::Q8_0 && format != WeightFormat::IQ4_NL;
}

std::size_t row_bytes(WeightFormat format, std::size_t cols)
{
    const auto [block, bytes] = block_of(format);
    EXPECTS(cols % static_cast<std::size_t>(block) == 0);
    return cols / static_cast<std::size_t>(block) * static_cast<std::size_t>(bytes);
}

} // namespace kernels
