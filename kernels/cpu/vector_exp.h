#pragma once

// For any register width. Included behind a simd_<isa>.h; internal linkage.

namespace kernels::cpu {
namespace {

/// e^x within 2 units in the last place; results below 2^-126 become about that.
/// x = n ln 2 + r; the polynomial is a minimax fit of (e^r - 1 - r) / r² on |r| <= ln 2 / 2, error
/// 8e-9.
inline Floats exp(Floats x)
{
    x = min(max(x, all(-87.3f)), all(88.3f));
    const Floats n = round(mul(x, all(1.44269504f)));
    Floats r = fma(n, all(-0.693359375f), x); // ln 2 in two parts: the first product is exact
    r = fma(n, all(2.12194440e-4f), r);
    Floats p = all(0.00139412142f);
    p = fma(p, r, all(0.00836323507f));
    p = fma(p, r, all(0.0416663741f));
    p = fma(p, r, all(0.166665766f));
    p = fma(p, r, all(0.500000003f));
    p = fma(mul(r, r), p, r);
    return times_power_of_two(add(p, all(1.0f)), n);
}

} // namespace
} // namespace kernels::cpu
