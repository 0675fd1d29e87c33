#pragma once

#include <cstdint>

namespace kernels {

/// Multiply-adds below which another thread costs more than it brings (about 2 µs).
inline constexpr std::int64_t kGrainWork = 60'000;

constexpr std::int64_t ceil_div(std::int64_t a, std::int64_t b)
{
    return (a + b - 1) / b;
}

} // namespace kernels
