#include "kernels/machine_limits.h"

#include "kernels/buffer.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#define TARGET(isa) __attribute__((target(isa)))
// The chains must stay in registers.
#define UNROLL _Pragma("GCC unroll 16")
#endif

namespace kernels {
namespace {

using Clock = std::chrono::steady_clock;

/// Results go here, so that no loop is optimised away.
std::atomic<std::uint64_t> g_sink = 0;

/// The inner loops of one instruction set.
struct Loops {
    std::uint64_t (*read)(const std::byte* data, std::size_t bytes); // bytes is a multiple of 512
    double (*f32)(std::int64_t rounds);                              // answers the operations done
    double (*bf16)(std::int64_t rounds);                             // null: no such instruction
    double (*int8)(std::int64_t rounds);                             // null: no such instruction
};

std::uint64_t read_plain(const std::byte* data, std::size_t bytes)
{
    const auto* words = reinterpret_cast<const std::uint64_t*>(data);
    std::uint64_t sums[8] = {};
    for (std::size_t i = 0; i < bytes / 8; i += 8)
        for (std::size_t j = 0; j < 8; ++j) sums[j] ^= words[i + j];
    std::uint64_t all = 0;
    for (const std::uint64_t sum : sums) all ^= sum;
    return all;
}

double f32_plain(std::int64_t rounds)
{
    constexpr int kChains = 32;
    float sums[kChains];
    std::fill_n(sums, kChains, 1.0f);
    for (std::int64_t i = 0; i < rounds; ++i)
        for (float& sum : sums) sum = sum * 0.999f + 0.001f;
    float all = 0;
    for (const float sum : sums) all += sum;
    g_sink += static_cast<std::uint64_t>(all);
    return 2.0 * kChains * static_cast<double>(rounds);
}

#if defined(__x86_64__)

// Chains that begin alike would be computed once. Twelve hide the latency of a multiply-add on
// every processor with two units for them.
constexpr int kChains = 12;

TARGET("avx2") std::uint64_t read_avx2(const std::byte* data, std::size_t bytes)
{
    __m256i sums[8] = {};
    for (std::size_t i = 0; i < bytes; i += 256)
        UNROLL for (std::size_t j = 0; j < 8; ++j) sums[j] = _mm256_xor_si256(
            sums[j],
            _mm256_load_si256(reinterpret_cast<const __m256i*>(data + i + 32 * j)));
    __m256i all = _mm256_setzero_si256();
    for (const __m256i sum : sums) all = _mm256_xor_si256(all, sum);
    return static_cast<std::uint64_t>(_mm256_extract_epi64(all, 0));
}

TARGET("avx2,fma") double f32_avx2(std::int64_t rounds)
{
    __m256 sums[kChains];
    for (int c = 0; c < kChains; ++c) sums[c] = _mm256_set1_ps(static_cast<float>(c));
    const __m256 a = _mm256_set1_ps(0.999f), b = _mm256_set1_ps(0.001f);
    for (std::int64_t i = 0; i < rounds; ++i)
        UNROLL for (__m256& sum : sums) sum = _mm256_fmadd_ps(sum, a, b);
    __m256 all = _mm256_setzero_ps();
    for (const __m256 sum : sums) all = _mm256_add_ps(all, sum);
    g_sink += static_cast<std::uint64_t>(_mm256_cvtss_f32(all));
    return 2.0 * 8 * kChains * static_cast<double>(rounds);
}

TARGET("avx512f") std::uint64_t read_avx512(const std::byte* data, std::size_t bytes)
{
    __m512i sums[8] = {};
    for (std::size_t i = 0; i < bytes; i += 512)
        UNROLL for (std::size_t j = 0; j < 8; ++j) sums[j] =
            _mm512_xor_si512(sums[j], _mm512_load_si512(data + i + 64 * j));
    __m512i all = _mm512_setzero_si512();
    for (const __m512i sum : sums) all = _mm512_xor_si512(all, sum);
    std::uint64_t words[8];
    _mm512_storeu_si512(words, all);
    return words[0];
}

TARGET("avx512f") double f32_avx512(std::int64_t rounds)
{
    __m512 sums[kChains];
    for (int c = 0; c < kChains; ++c) sums[c] = _mm512_set1_ps(static_cast<float>(c));
    const __m512 a = _mm512_set1_ps(0.999f), b = _mm512_set1_ps(0.001f);
    for (std::int64_t i = 0; i < rounds; ++i)
        UNROLL for (__m512& sum : sums) sum = _mm512_fmadd_ps(sum, a, b);
    __m512 all = _mm512_setzero_ps();
    for (const __m512 sum : sums) all = _mm512_add_ps(all, sum);
    g_sink += static_cast<std::uint64_t>(_mm512_cvtss_f32(all));
    return 2.0 * 16 * kChains * static_cast<double>(rounds);
}

TARGET("avx512f,avx512vnni") double int8_avx512(std::int64_t rounds)
{
    __m512i sums[kChains];
    for (int c = 0; c < kChains; ++c) sums[c] = _mm512_set1_epi32(c);
    const __m512i a = _mm512_set1_epi8(3), b = _mm512_set1_epi8(-5);
    for (std::int64_t i = 0; i < rounds; ++i)
        UNROLL for (__m512i& sum : sums) sum = _mm512_dpbusd_epi32(sum, a, b);
    __m512i all = _mm512_setzero_si512();
    for (const __m512i sum : sums) all = _mm512_add_epi32(all, sum);
    std::uint64_t words[8];
    _mm512_storeu_si512(words, all);
    g_sink += words[0];
    return 2.0 * 64 * kChains * static_cast<double>(rounds);
}

TARGET("avx512f,avx512bf16") double bf16_avx512(std::int64_t rounds)
{
    __m512 sums[kChains];
    for (int c = 0; c < kChains; ++c) sums[c] = _mm512_set1_ps(static_cast<float>(c));
    const __m512bh a = _mm512_cvtne2ps_pbh(_mm512_set1_ps(0.75f), _mm512_set1_ps(0.125f));
    const __m512bh b = _mm512_cvtne2ps_pbh(_mm512_set1_ps(0.5f), _mm512_set1_ps(-0.25f));
    for (std::int64_t i = 0; i < rounds; ++i)
        UNROLL for (__m512& sum : sums) sum = _mm512_dpbf16_ps(sum, a, b);
    __m512 all = _mm512_setzero_ps();
    for (const __m512 sum : sums) all = _mm512_add_ps(all, sum);
    g_sink += static_cast<std::uint64_t>(_mm512_cvtss_f32(all));
    return 2.0 * 32 * kChains * static_cast<double>(rounds);
}

#endif

Loops loops_of_this_processor()
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f"))
        return {
            read_avx512,
            f32_avx512,
            __builtin_cpu_supports("avx512bf16") ? bf16_avx512 : nullptr,
            __builtin_cpu_supports("avx512vnni") ? int8_avx512 : nullptr};
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return {read_avx2, f32_avx2, nullptr, nullptr};
#endif
    return {read_plain, f32_plain, nullptr, nullptr};
}

/// Runs work(thread) on all threads at once; the sum of what they answer, a second. The threads
/// themselves look at the clock: a caller that starts them gets a processor again only when one of
/// them lets go, and would begin to count late.
double rate(int threads, const std::function<double(int)>& work)
{
    struct Run {
        double done = 0;
        Clock::time_point begin, end;
    };
    std::vector<Run> runs(static_cast<std::size_t>(threads));
    std::atomic<int> missing = threads;
    std::vector<std::thread> others;
    others.reserve(runs.size());
    for (int t = 0; t < threads; ++t)
        others.emplace_back([&, t] {
            --missing;
            while (missing > 0) std::this_thread::yield();
            Run& run = runs[static_cast<std::size_t>(t)];
            run.begin = Clock::now();
            run.done = work(t);
            run.end = Clock::now();
        });
    for (std::thread& other : others) other.join();
    Run all = runs.front();
    for (std::size_t t = 1; t < runs.size(); ++t) {
        all.done += runs[t].done;
        all.begin = std::min(all.begin, runs[t].begin);
        all.end = std::max(all.end, runs[t].end);
    }
    return all.done / std::chrono::duration<double>(all.end - all.begin).count();
}

/// The better half of a few runs: a limit is what the machine can do, not what a neighbour left of
/// it.
double best_of(int runs, const std::function<double()>& measure)
{
    std::vector<double> rates(static_cast<std::size_t>(runs));
    std::generate(rates.begin(), rates.end(), measure);
    std::sort(rates.begin(), rates.end());
    return rates[static_cast<std::size_t>(runs * 3 / 4)];
}

} // namespace

MachineLimits measure_machine(int threads, std::size_t read_bytes, std::size_t small_bytes)
{
    const Loops loops = loops_of_this_processor();
    const std::size_t step = 512 * static_cast<std::size_t>(threads);
    read_bytes = std::max(read_bytes / step, std::size_t{1}) * step;
    small_bytes = std::clamp(small_bytes / step, std::size_t{1}, read_bytes / step) * step;

    // In the pages that weights lie in.
    const Buffer buffer(DType::U8, 1, static_cast<std::int64_t>(read_bytes));
    std::byte* const memory = buffer.view().data;
    // Pages that were never written are all the same zero page, which stays in the cache.
    std::fill_n(memory, read_bytes, std::byte{0x5a});

    MachineLimits limits;
    limits.threads = threads;
    const auto read_rate = [&](std::size_t bytes, int passes) {
        const std::size_t part = bytes / static_cast<std::size_t>(threads);
        return rate(threads, [&, passes](int t) {
            for (int i = 0; i < passes; ++i)
                g_sink += loops.read(memory + part * static_cast<std::size_t>(t), part);
            return static_cast<double>(part) * passes;
        });
    };
    limits.read_gb_s = best_of(5, [&] { return read_rate(read_bytes, 1); }) / 1e9;
    limits.read_small_gb_s = best_of(5, [&] { return read_rate(small_bytes, 8); }) / 1e9;
    constexpr std::int64_t kRounds = 10'000'000;
    limits.f32_gflops =
        best_of(3, [&] { return rate(threads, [&](int) { return loops.f32(kRounds); }); }) / 1e9;
    if (loops.bf16 != nullptr)
        limits.bf16_gflops =
            best_of(3, [&] { return rate(threads, [&](int) { return loops.bf16(kRounds); }); }) /
            1e9;
    if (loops.int8 != nullptr)
        limits.int8_gops =
            best_of(3, [&] { return rate(threads, [&](int) { return loops.int8(kRounds); }); }) /
            1e9;
    return limits;
}

MachineMeter::MachineMeter(int threads, std::size_t read_bytes)
    : threads_(threads), part_bytes_(read_bytes / static_cast<std::size_t>(threads) / 512 * 512),
      memory_(DType::U8, threads, static_cast<std::int64_t>(part_bytes_))
{
    std::fill_n(memory_.view().data, memory_.size_bytes(), std::byte{0x5a});
}

double MachineMeter::read_gb_s() const
{
    const Loops loops = loops_of_this_processor();
    const std::byte* const memory = memory_.view().data;
    return rate(
               threads_,
               [&](int t) {
                   g_sink +=
                       loops.read(memory + part_bytes_ * static_cast<std::size_t>(t), part_bytes_);
                   return static_cast<double>(part_bytes_);
               }) /
           1e9;
}

namespace {
constexpr std::int64_t kShortRounds = 4'000'000;
} // namespace

double MachineMeter::f32_gflops() const
{
    const Loops loops = loops_of_this_processor();
    return rate(threads_, [&](int) { return loops.f32(kShortRounds); }) / 1e9;
}

double MachineMeter::bf16_gflops() const
{
    const Loops loops = loops_of_this_processor();
    if (loops.bf16 == nullptr) return 0;
    return rate(threads_, [&](int) { return loops.bf16(kShortRounds); }) / 1e9;
}

} // namespace kernels
