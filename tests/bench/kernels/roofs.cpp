#include "roofs.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <random>
#include <thread>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace bench {
namespace {

/// Best of three: seconds that `threads` threads need for body(thread).
double seconds(int threads, const std::function<void(int)>& body)
{
    double best = 1e9;
    for (int round = 0; round < 3; ++round) {
        const double start = now_s();
        std::vector<std::thread> others;
        for (int t = 1; t < threads; ++t) others.emplace_back(body, t);
        body(0);
        for (auto& other : others) other.join();
        best = std::min(best, now_s() - start);
    }
    return best;
}

bool cpu_time = false;

volatile float float_sink;
volatile std::uint64_t sink;

#if defined(__x86_64__)

constexpr std::int64_t kRounds = 4'000'000;

// Twelve independent chains hide the latency of four cycles on two units.
__attribute__((target("avx512f"))) void multiply_512()
{
    __m512 s[12];
    const __m512 x = _mm512_set1_ps(0.999f);
    for (int j = 0; j < 12; ++j) s[j] = _mm512_set1_ps(float_sink + static_cast<float>(j));
    for (std::int64_t i = 0; i < kRounds; ++i) {
#pragma GCC unroll 12
        for (int j = 0; j < 12; ++j) s[j] = _mm512_fmadd_ps(s[j], x, x);
    }
    for (const auto& v : s) float_sink = _mm512_cvtss_f32(v);
}

__attribute__((target("avx512f,avx512vnni"))) void multiply_bytes_512()
{
    __m512i s[12];
    const __m512i x = _mm512_set1_epi8(3);
    for (int j = 0; j < 12; ++j) s[j] = _mm512_set1_epi32(static_cast<int>(sink) + j);
    for (std::int64_t i = 0; i < kRounds; ++i) {
#pragma GCC unroll 12
        for (int j = 0; j < 12; ++j) s[j] = _mm512_dpbusd_epi32(s[j], x, x);
    }
    for (const auto& v : s)
        sink = static_cast<std::uint64_t>(_mm_cvtsi128_si32(_mm512_castsi512_si128(v)));
}

__attribute__((target("avx2,fma"))) void multiply_256()
{
    __m256 s[12];
    const __m256 x = _mm256_set1_ps(0.999f);
    for (int j = 0; j < 12; ++j) s[j] = _mm256_set1_ps(float_sink + static_cast<float>(j));
    for (std::int64_t i = 0; i < kRounds; ++i) {
#pragma GCC unroll 12
        for (int j = 0; j < 12; ++j) s[j] = _mm256_fmadd_ps(s[j], x, x);
    }
    for (const auto& v : s) float_sink = _mm256_cvtss_f32(v);
}

#endif

} // namespace

double now_s()
{
    timespec time{};
    clock_gettime(cpu_time ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

void use_cpu_time()
{
    cpu_time = true;
}

Roofs measure_roofs(int threads)
{
    Roofs roofs;
    constexpr std::size_t kWords = std::size_t{32} << 20;
    std::vector<std::uint64_t> buffer(kWords); // zero pages would be one page
    std::uint64_t state = 1;
    for (auto& word : buffer) word = state = state * 6364136223846793005u + 1442695040888963407u;
    const std::size_t share = kWords / static_cast<std::size_t>(threads);
    const double read_s = seconds(threads, [&](int t) {
        const std::uint64_t* from = buffer.data() + static_cast<std::size_t>(t) * share;
        std::uint64_t a = 0, b = 0, c = 0, d = 0;
        for (std::size_t i = 0; i + 32 <= share; i += 32) {
            for (std::size_t j = 0; j < 32; j += 4) {
                a += from[i + j], b += from[i + j + 1], c += from[i + j + 2], d += from[i + j + 3];
            }
        }
        sink = a + b + c + d;
    });
    roofs.read_gb_s = static_cast<double>(share) * 8 * threads / read_s / 1e9;
#if defined(__x86_64__)
    const double ops = 12.0 * kRounds * threads * 2;
    if (__builtin_cpu_supports("avx512f")) {
        roofs.f32_gflop_s = ops * 16 / seconds(threads, [](int) { multiply_512(); }) / 1e9;
    } else if (__builtin_cpu_supports("fma")) {
        roofs.f32_gflop_s = ops * 8 / seconds(threads, [](int) { multiply_256(); }) / 1e9;
    }
    if (__builtin_cpu_supports("avx512vnni")) {
        roofs.int8_gop_s = ops * 64 / seconds(threads, [](int) { multiply_bytes_512(); }) / 1e9;
    }
#endif
    return roofs;
}

BusyProcess::BusyProcess() : pid_(fork())
{
    if (pid_ == 0) {
        for (;;) sink = sink + 1;
    }
}

BusyProcess::~BusyProcess()
{
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
}

} // namespace bench
