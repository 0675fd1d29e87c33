#pragma once

#include <string_view>

namespace kernels::cpu {

/// Instruction sets that the CPU backend has code for, each a superset of the one before.
///
/// Scalar  what every compiler target has
/// Avx2    AVX2, FMA, F16C
/// Avx512  AVX-512 F, BW, DQ, VL and VNNI
/// Avx512Bf16  BF16 and VBMI besides
enum class Isa { Scalar, Avx2, Avx512, Avx512Bf16 };

/// "scalar", "avx2", "avx512", "avx512bf16": the words of PERCEPT_CPU
std::string_view name(Isa isa);

/// Whether this processor and its system run code for `isa`.
bool supports(Isa isa);

/// The best one, or the one that PERCEPT_CPU names. A name that is unknown or that the processor
/// lacks is refused with a sentence on standard error.
Isa choose_isa();

} // namespace kernels::cpu
