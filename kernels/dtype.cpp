#include "kernels/dtype.h"

#include "base/expects.h"

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

std::string_view name(WeightFormat format)
{
    switch (format) {
    case WeightFormat::F32:
        return "F32";
    case WeightFormat::F16:
        return "F16";
    case WeightFormat::BF16:
        return "BF16";
    case WeightFormat::Q4_1:
        return "Q4_1";
    case WeightFormat::Q8_0:
        return "Q8_0";
    case WeightFormat::F8E4M3:
        return "F8_E4M3";
    case WeightFormat::NVFP4:
        return "NVFP4";
    }
    return "?";
}

std::size_t row_bytes(WeightFormat format, std::size_t cols)
{
    switch (format) {
    case WeightFormat::F32:
        return cols * 4;
    case WeightFormat::F16:
    case WeightFormat::BF16:
        return cols * 2;
    case WeightFormat::Q4_1:
        EXPECTS(cols % 32 == 0);
        return cols / 32 * 20;
    case WeightFormat::Q8_0:
        EXPECTS(cols % 32 == 0);
        return cols / 32 * 34;
    case WeightFormat::F8E4M3:
        return cols;
    case WeightFormat::NVFP4:
        EXPECTS(cols % 16 == 0);
        return cols / 2;
    }
    EXPECTS(false);
    return 0;
}

} // namespace kernels
