#include "kernels/cpu/isa.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace kernels::cpu {
namespace {

#if defined(__x86_64__)
// Compilers differ in whether __builtin_cpu_supports knows the name.
bool has_f16c()
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_F16C) != 0;
}
bool has_avx512_bf16()
{
    constexpr unsigned kBit = 1u << 5;
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (a & kBit) != 0;
}
#endif

} // namespace

std::string_view name(Isa isa)
{
    switch (isa) {
    case Isa::Scalar:
        return "scalar";
    case Isa::Avx2:
        return "avx2";
    case Isa::Avx512:
        return "avx512";
    case Isa::Avx512Bf16:
        return "avx512bf16";
    }
    return "?";
}

bool supports(Isa isa)
{
    // The compiler's own CPUID table; it also asks XGETBV whether the system saves the wide
    // registers.
    switch (isa) {
    case Isa::Scalar:
        return true;
#if defined(__x86_64__)
    case Isa::Avx2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && has_f16c();
    case Isa::Avx512:
        return supports(Isa::Avx2) && __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
    case Isa::Avx512Bf16:
        return supports(Isa::Avx512) && __builtin_cpu_supports("avx512vbmi") && has_avx512_bf16();
#else
    default:
        return false;
#endif
    }
    return false;
}

Isa choose_isa()
{
    Isa best = Isa::Scalar;
    for (const Isa isa : {Isa::Avx2, Isa::Avx512, Isa::Avx512Bf16}) {
        if (supports(isa)) best = isa;
    }
    const char* forced = std::getenv("PERCEPT_CPU");
    if (forced == nullptr || *forced == '\0') return best;
    for (const Isa isa : {Isa::Scalar, Isa::Avx2, Isa::Avx512, Isa::Avx512Bf16}) {
        if (name(isa) != forced) continue;
        if (supports(isa)) return isa;
        std::fprintf(
            stderr,
            "PERCEPT_CPU asks for %s, which this processor does not have; %s is used.\n",
            forced,
            std::string(name(best)).c_str());
        return best;
    }
    std::fprintf(
        stderr,
        "PERCEPT_CPU is \"%s\"; it may be scalar, avx2, avx512 or avx512bf16. %s is used.\n",
        forced,
        std::string(name(best)).c_str());
    return best;
}

} // namespace kernels::cpu
