#include "kernels/cpu_backend.h"

#include "base/expects.h"

namespace kernels {

void CpuBackend::embedding(
    const Tensor& y,
    const LoadedWeight& table,
    std::span<const std::int32_t> ids)
{
    EXPECTS(y.dtype == DType::F32 && y.rows == static_cast<std::int64_t>(ids.size()));
    EXPECTS(y.cols == table.cols());
    const auto& packed = static_cast<const cpu::PackedWeight&>(table);
    pool_.parallel_for(y.rows, 4096 / y.cols + 1, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t t = first; t < last; ++t) {
            packed.read_row(ids[static_cast<std::size_t>(t)], y.row<float>(t));
        }
    });
}

} // namespace kernels
