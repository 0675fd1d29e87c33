#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace kernels {

/// Floats of 8 and 4 bits, in plain C++; the vector paths take them apart their own way. `static`
/// for the reason that half.h gives.

/// E4M3 "fn": sign, 4 bits of exponent (bias 7), 3 of mantissa; no infinity. 0x7f and 0xff, which
/// the format calls NaN and no checkpoint holds, come out as 480 and -480 on every path.
/// Source: Micikevicius et al. 2022.
static constexpr float e4m3_to_float(std::uint8_t code)
{
    const int exponent = code >> 3 & 15;
    const int mantissa = code & 7;
    // In steps of 2^-9, the smallest subnormal, all magnitudes are whole.
    const int steps = exponent == 0 ? mantissa : (8 + mantissa) << (exponent - 1);
    const float magnitude = static_cast<float>(steps) * 0x1p-9f;
    return (code & 0x80) != 0 ? -magnitude : magnitude;
}

/// e4m3_to_float() of every code.
static constexpr std::array<float, 256> kE4m3 = [] {
    std::array<float, 256> values{};
    for (std::size_t code = 0; code < values.size(); ++code)
        values[code] = e4m3_to_float(static_cast<std::uint8_t>(code));
    return values;
}();

/// E2M1: bit 3 is the sign, bits 0 to 2 choose the magnitude. Source: OCP Microscaling Formats 1.0.
inline constexpr std::array<float, 16> kE2m1 = {
    0.0f,
    0.5f,
    1.0f,
    1.5f,
    2.0f,
    3.0f,
    4.0f,
    6.0f,
    -0.0f,
    -0.5f,
    -1.0f,
    -1.5f,
    -2.0f,
    -3.0f,
    -4.0f,
    -6.0f};

/// Columns that share one E4M3 scale in NVFP4.
inline constexpr int kNvfp4Block = 16;

} // namespace kernels
