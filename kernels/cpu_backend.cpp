#include "kernels/cpu_backend.h"

#include "base/expects.h"

#include <string>

namespace kernels {
namespace {

const cpu::KernelTable& table_for(cpu::Isa isa)
{
    switch (isa) {
    case cpu::Isa::Scalar:
        break;
#if defined(__x86_64__)
    case cpu::Isa::Avx2:
        return cpu::avx2_kernels();
    case cpu::Isa::Avx512:
        return cpu::avx512_kernels();
    case cpu::Isa::Avx512Bf16:
        return cpu::avx512bf16_kernels();
#else
    default:
        EXPECTS(false);
#endif
    }
    return cpu::scalar_kernels();
}

} // namespace

CpuBackend::CpuBackend(cpu::Isa isa, int threads) : table_(table_for(isa)), pool_(threads)
{
    EXPECTS(cpu::supports(isa));
}

std::string CpuBackend::description() const
{
    const int threads = pool_.size();
    return std::string("CPU, ") + table_.name + ", " + std::to_string(threads) +
           (threads == 1 ? " thread" : " threads");
}

Buffer CpuBackend::allocate(DType dtype, std::int64_t rows, std::int64_t cols)
{
    return {dtype, rows, cols};
}

std::unique_ptr<LoadedWeight> CpuBackend::load_weight(const Weight& weight, Compute compute)
{
    return std::make_unique<cpu::PackedWeight>(weight, compute, table_, pool_);
}

std::unique_ptr<LoadedWeight> CpuBackend::use_in_place(const Weight& weight, Compute compute)
{
    return std::make_unique<cpu::PackedWeight>(weight, compute);
}

} // namespace kernels
