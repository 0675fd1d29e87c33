#pragma once

#include "kernels/buffer.h"
#include "kernels/cpu/kernel_table.h"
#include "kernels/thread_pool.h"
#include "kernels/weight.h"

#include <span>

namespace kernels::cpu {

/// How a weight lies in memory once it is packed; README.md draws each.
enum class PanelFormat {
    F32,   // panels [cols][16]
    F16,   // the same in 16 bits
    BF16,  // the same in 16 bits
    Q4,    // panels [cols / 32] of 320 bytes
    Q8,    // panels [cols / 32][8][16][4], quant + 128, then scales [cols / 32][16] in F16
    Source // where the file has it
};

/// A weight in panels of 16 rows. One layout serves every instruction set, decode and prefill.
class PackedWeight final : public LoadedWeight {
public:
    /// Repacks in parallel. Reads weight.data only during the call. Throws std::bad_alloc.
    PackedWeight(const Weight& weight, Compute compute, const KernelTable& table, ThreadPool& pool);
    /// Refers to the source.
    PackedWeight(const Weight& weight, Compute compute);

    std::int64_t rows() const override { return rows_; }
    std::int64_t cols() const override { return cols_; }
    std::size_t size_bytes() const override;
    bool refers_to_source() const override { return format_ == PanelFormat::Source; }

    PanelFormat format() const { return format_; }
    /// Exact as asked, and for what Fast leaves as it is (rows that blocks do not fill).
    Compute compute() const { return compute_; }
    std::int64_t panels() const { return (rows_ + kPanelRows - 1) / kPanelRows; }
    std::int64_t panel_bytes() const { return panel_bytes_; }
    /// Where the weight stands, Source only.
    const Weight& source() const { return source_; }
    const std::byte* panel(std::int64_t p) const { return memory_.view().data + p * panel_bytes_; }

    /// y = row r in float, [cols].
    void read_row(std::int64_t r, std::span<float> y) const;
    /// y [cols][16] = panel p in float. Not for Source.
    void widen_panel(std::int64_t p, float* y, const KernelTable& table) const;

private:
    void pack_panel(const Weight& weight, std::int64_t p, const KernelTable& table);
    float element(const std::byte* base, std::int64_t k, std::int64_t lane) const;
    float source_element(std::int64_t r, std::int64_t k) const; // without the matrix's scale

    std::int64_t rows_ = 0;
    std::int64_t cols_ = 0;
    PanelFormat format_ = PanelFormat::Source;
    Compute compute_ = Compute::Exact;
    std::int64_t panel_bytes_ = 0;
    Buffer memory_; // U8, one row a panel
    Weight source_; // Source only
};

} // namespace kernels::cpu
