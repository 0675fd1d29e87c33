#include "storage/dot_product.h"

#include <algorithm>
#include <cmath>

#if defined(__x86_64__)
// GCC 12 takes the "any value" registers of its own AVX-512 header for mistakes (GCC bug 105593).
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>
#endif

namespace storage {
namespace {

float dot_portable(const float* a, const std::int8_t* b, std::size_t size)
{
    float sums[8] = {}; // independent chains, which compilers turn into vectors
    std::size_t i = 0;
    for (; i + 8 <= size; i += 8)
        for (std::size_t k = 0; k < 8; ++k) sums[k] += a[i + k] * static_cast<float>(b[i + k]);
    float sum = 0;
    for (const float part : sums) sum += part;
    for (; i < size; ++i) sum += a[i] * static_cast<float>(b[i]);
    return sum;
}

#if defined(__x86_64__)

__attribute__((target("avx2,fma"))) float
dot_avx2(const float* a, const std::int8_t* b, std::size_t size)
{
    __m256 sum0 = _mm256_setzero_ps();
    __m256 sum1 = _mm256_setzero_ps();
    std::size_t i = 0;
    for (; i + 16 <= size; i += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b + i));
        const __m256 low = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes));
        const __m256 high = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_srli_si128(bytes, 8)));
        sum0 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), low, sum0);
        sum1 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 8), high, sum1);
    }
    alignas(32) float sums[8];
    _mm256_store_ps(sums, _mm256_add_ps(sum0, sum1));
    float sum = 0;
    for (const float part : sums) sum += part;
    for (; i < size; ++i) sum += a[i] * static_cast<float>(b[i]);
    return sum;
}

__attribute__((target("avx512f"))) float
dot_avx512(const float* a, const std::int8_t* b, std::size_t size)
{
    __m512 sum0 = _mm512_setzero_ps();
    __m512 sum1 = _mm512_setzero_ps();
    std::size_t i = 0;
    for (; i + 32 <= size; i += 32) {
        const auto* bytes = reinterpret_cast<const __m128i*>(b + i);
        const __m512 low = _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(bytes)));
        const __m512 high = _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(bytes + 1)));
        sum0 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i), low, sum0);
        sum1 = _mm512_fmadd_ps(_mm512_loadu_ps(a + i + 16), high, sum1);
    }
    float sum = _mm512_reduce_add_ps(_mm512_add_ps(sum0, sum1));
    for (; i < size; ++i) sum += a[i] * static_cast<float>(b[i]);
    return sum;
}

#endif

std::vector<DotProduct> runnable()
{
    std::vector<DotProduct> found;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) found.push_back({"avx512", dot_avx512});
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        found.push_back({"avx2", dot_avx2});
#endif
    found.push_back({"portable", dot_portable});
    return found;
}

} // namespace

std::span<const DotProduct> dot_products()
{
    static const std::vector<DotProduct> found = runnable();
    return found;
}

QuantizedVector quantize(std::span<const float> vector)
{
    QuantizedVector result;
    float largest = 0;
    for (const float value : vector) largest = std::max(largest, std::abs(value));
    result.scale = largest / 127.0F;
    result.data.reserve(vector.size());
    for (const float value : vector)
        result.data.push_back(
            largest > 0 ? static_cast<std::int8_t>(std::lround(value / result.scale)) : 0);
    return result;
}

} // namespace storage
