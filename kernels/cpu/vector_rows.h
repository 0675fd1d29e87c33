#pragma once

// Row functions for any register width. Included by the kernels_<isa>.cpp after their simd_<isa>.h;
// internal linkage.

#include "kernels/cpu/kernel_table.h"
#include "kernels/cpu/vector_exp.h"

#include <cstring>

namespace kernels::cpu {
namespace {

/// The error function within 1.2e-7: below 1 an odd minimax polynomial, above 1 - exp of one fitted
/// to ln erfc on [1, 4].
inline Floats erf(Floats x)
{
    const Floats a = min(abs(x), all(4.0f)); // erf(4) rounds to 1
    const Floats s = mul(a, a);
    Floats small = all(7.88911954e-05f);
    small = fma(small, s, all(-0.000802084128f));
    small = fma(small, s, all(0.00518953534f));
    small = fma(small, s, all(-0.0268544446f));
    small = fma(small, s, all(0.112836002f));
    small = fma(small, s, all(-0.376126271f));
    small = fma(small, s, all(1.12837917f));
    small = mul(small, a);
    Floats large = all(-2.16868499e-05f);
    large = fma(large, a, all(0.000441336376f));
    large = fma(large, a, all(-0.00420456187f));
    large = fma(large, a, all(0.0252082567f));
    large = fma(large, a, all(-0.108418577f));
    large = fma(large, a, all(-0.633219893f));
    large = fma(large, a, all(-1.12957842f));
    large = fma(large, a, all(0.000188040225f));
    large = sub(all(1.0f), exp(large));
    return with_sign(select_below(a, all(1.0f), small, large), x);
}

inline Floats silu(Floats x)
{
    return div(x, add(all(1.0f), exp(sub(zero(), x))));
}

/// y[i] = f(x[i]) for n elements; f takes and gives registers.
template <typename F>
inline void map(float* y, const float* x, std::int64_t n, F f)
{
    std::int64_t i = 0;
    for (; i + kWidth <= n; i += kWidth) store(y + i, f(load(x + i), i));
    if (i < n) store_part(y + i, f(load_part(x + i, n - i), i), n - i);
}

/// Second operand of a map, which must not be read beyond n.
inline Floats load_at(const float* p, std::int64_t i, std::int64_t n)
{
    return i + kWidth <= n ? load(p + i) : load_part(p + i, n - i);
}

/// sum over i of f(x[i]), in four independent chains.
template <typename F>
inline float sum_of(const float* x, std::int64_t n, F f)
{
    Floats s0 = zero(), s1 = zero(), s2 = zero(), s3 = zero();
    std::int64_t i = 0;
    for (; i + 4 * kWidth <= n; i += 4 * kWidth) {
        s0 = add(s0, f(load(x + i)));
        s1 = add(s1, f(load(x + i + kWidth)));
        s2 = add(s2, f(load(x + i + 2 * kWidth)));
        s3 = add(s3, f(load(x + i + 3 * kWidth)));
    }
    for (; i + kWidth <= n; i += kWidth) s0 = add(s0, f(load(x + i)));
    float rest = 0.0f;
    if (i < n) { // f(0) need not be 0
        alignas(64) float last[kWidth];
        store(last, f(load_part(x + i, n - i)));
        for (std::int64_t j = 0; j < n - i; ++j) rest += last[j];
    }
    return sum(add(add(s0, s1), add(s2, s3))) + rest;
}

inline float largest_of(const float* x, std::int64_t n)
{
    if (n < kWidth) {
        float m = x[0];
        for (std::int64_t i = 1; i < n; ++i) m = x[i] > m ? x[i] : m;
        return m;
    }
    Floats m0 = load(x), m1 = m0;
    std::int64_t i = 0;
    for (; i + 2 * kWidth <= n; i += 2 * kWidth) {
        m0 = max(m0, load(x + i));
        m1 = max(m1, load(x + i + kWidth));
    }
    if (i + kWidth <= n) m0 = max(m0, load(x + i));
    return largest(max(max(m0, m1), load(x + n - kWidth)));
}

void rms_norm(float* y, const float* x, const float* weight, float eps, std::int64_t n)
{
    const float squares = sum_of(x, n, [](Floats v) { return mul(v, v); });
    const Floats scale = div(all(1.0f), sqrt(all(squares / static_cast<float>(n) + eps)));
    map(y, x, n, [=](Floats v, std::int64_t i) {
        return mul(mul(v, scale), load_at(weight, i, n));
    });
}

void layer_norm(
    float* y,
    const float* x,
    const float* gamma,
    const float* beta,
    float eps,
    std::int64_t n)
{
    const float mean = sum_of(x, n, [](Floats v) { return v; }) / static_cast<float>(n);
    const Floats centre = all(mean);
    const float squares =
        sum_of(x, n, [=](Floats v) { return mul(sub(v, centre), sub(v, centre)); });
    const Floats scale = div(all(1.0f), sqrt(all(squares / static_cast<float>(n) + eps)));
    map(y, x, n, [=](Floats v, std::int64_t i) {
        return fma(mul(sub(v, centre), scale), load_at(gamma, i, n), load_at(beta, i, n));
    });
}

void add(float* y, const float* x, std::int64_t n)
{
    map(y, y, n, [=](Floats v, std::int64_t i) { return add(v, load_at(x, i, n)); });
}

void gelu_erf(float* x, std::int64_t n)
{
    map(x, x, n, [](Floats v, std::int64_t) {
        return mul(mul(v, all(0.5f)), add(all(1.0f), erf(mul(v, all(0.70710678f)))));
    });
}

void silu(float* x, std::int64_t n)
{
    map(x, x, n, [](Floats v, std::int64_t) { return silu(v); });
}

void relu(float* x, std::int64_t n)
{
    map(x, x, n, [](Floats v, std::int64_t) { return max(v, zero()); });
}

void relu_squared(float* x, std::int64_t n)
{
    map(x, x, n, [](Floats v, std::int64_t) {
        const Floats positive = max(v, zero());
        return mul(positive, positive);
    });
}

void silu_multiply(float* y, const float* gate, const float* up, std::int64_t n)
{
    map(y, gate, n, [=](Floats v, std::int64_t i) { return mul(silu(v), load_at(up, i, n)); });
}

/// x / 2 * (1 + tanh(u)) is silu with 2 u in the exponent.
void gelu_multiply(float* y, const float* gate, const float* up, std::int64_t n)
{
    map(y, gate, n, [=](Floats v, std::int64_t i) {
        const Floats cubic = fma(mul(v, all(0.044715f)), mul(v, v), v);
        const Floats sum = add(all(1.0f), exp(mul(cubic, all(-2 * 0.797884561f))));
        return mul(div(v, sum), load_at(up, i, n));
    });
}

void sigmoid_multiply(float* y, const float* gate, const float* x, std::int64_t n)
{
    map(y, gate, n, [=](Floats v, std::int64_t i) {
        return div(load_at(x, i, n), add(all(1.0f), exp(sub(zero(), v))));
    });
}

void scale(float* y, const float* x, float factor, std::int64_t n)
{
    map(y, x, n, [=](Floats v, std::int64_t) { return mul(v, all(factor)); });
}

float exp_sum(float* x, float factor, std::int64_t n)
{
    const Floats top = all(largest_of(x, n));
    Floats total = zero();
    std::int64_t i = 0;
    for (; i + kWidth <= n; i += kWidth) {
        const Floats e = exp(mul(sub(load(x + i), top), all(factor)));
        store(x + i, e);
        total = add(total, e);
    }
    float rest = 0.0f;
    if (i < n) {
        store_part(x + i, exp(mul(sub(load_part(x + i, n - i), top), all(factor))), n - i);
        for (; i < n; ++i) rest += x[i];
    }
    return sum(total) + rest;
}

void widen_f16(float* y, const std::uint16_t* x, std::int64_t n)
{
    std::int64_t i = 0;
    for (; i + kWidth <= n; i += kWidth) store(y + i, load(x + i));
    if (i < n) store_part(y + i, load_part(x + i, n - i), n - i);
}

void widen_bf16(float* y, const std::uint16_t* x, std::int64_t n)
{
    std::int64_t i = 0;
    for (; i + kWidth <= n; i += kWidth) store(y + i, load_bfloat(x + i));
    for (; i < n; ++i) {
        const std::uint32_t bits = static_cast<std::uint32_t>(x[i]) << 16;
        std::memcpy(y + i, &bits, 4);
    }
}

void narrow_f16(std::uint16_t* y, const float* x, std::int64_t n)
{
    std::int64_t i = 0;
    for (; i + kWidth <= n; i += kWidth) store(y + i, load(x + i));
    if (i < n) store_part(y + i, load_part(x + i, n - i), n - i);
}

} // namespace
} // namespace kernels::cpu
