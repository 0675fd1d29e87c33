#pragma once

// 32 numbers in BF16 at a time. Included by kernels_avx512bf16.cpp alone, behind simd_avx512.h;
// internal linkage.

#include "kernels/cpu/kernel_table.h"

namespace kernels::cpu {
namespace {

/// sum[i] += a[2i] b[2i] + a[2i + 1] b[2i + 1]
inline Floats multiply(Floats sum, Ints a, Ints b)
{
    // The casts rename: both are 32 numbers of 16 bits.
    return _mm512_dpbf16_ps(sum, reinterpret_cast<__m512bh>(a), reinterpret_cast<__m512bh>(b));
}

inline Ints load_words(const void* p)
{
    return _mm512_loadu_si512(p);
}

/// The first n floats, at most 32, rounded; zeros after them.
inline Ints rounded(const float* from, std::int64_t n)
{
    const Floats low = n >= kWidth ? load(from) : load_part(from, n);
    const Floats high = n >= 2 * kWidth ? load(from + kWidth)
                        : n > kWidth    ? load_part(from + kWidth, n - kWidth)
                                        : zero();
    return reinterpret_cast<Ints>(_mm512_cvtne2ps_pbh(high, low));
}

} // namespace
} // namespace kernels::cpu
