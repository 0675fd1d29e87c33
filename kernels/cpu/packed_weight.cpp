#include "kernels/cpu/packed_weight.h"

#include "kernels/cpu/scratch.h"
#include "kernels/ggml_blocks.h"
#include "kernels/half.h"
#include "kernels/small_floats.h"

#include "base/expects.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace kernels::cpu {
namespace {

PanelFormat panel_format(const Weight& weight, Compute compute)
{
    const bool in_blocks = compute == Compute::Fast && weight.cols % kBlock == 0;
    switch (weight.format) {
    case WeightFormat::F32:
        return in_blocks ? PanelFormat::Q8 : PanelFormat::F32;
    case WeightFormat::F16:
        return in_blocks ? PanelFormat::Q8 : PanelFormat::F16;
    case WeightFormat::BF16:
        return in_blocks ? PanelFormat::Q8 : PanelFormat::BF16;
    case WeightFormat::Q4_0:
    case WeightFormat::Q4_1:
        return PanelFormat::Q4;
    case WeightFormat::Q4_K: // its scales and minima are products of 17 bits and lose up to 6
        return compute == Compute::Fast ? PanelFormat::Q4 : PanelFormat::Source;
    case WeightFormat::Q8_0:
        return PanelFormat::Q8;
    default:
        return PanelFormat::Source;
    }
}

bool is_blocks(PanelFormat format)
{
    return format == PanelFormat::Q4 || format == PanelFormat::Q8;
}

/// Rounded up to 64 bytes, so that every panel starts on a cache line.
std::int64_t panel_size(PanelFormat format, std::int64_t cols)
{
    std::int64_t bytes = 0;
    switch (format) {
    case PanelFormat::F32:
        bytes = cols * kPanelRows * 4;
        break;
    case PanelFormat::F16:
    case PanelFormat::BF16:
        bytes = cols * kPanelRows * 2;
        break;
    case PanelFormat::Q4:
        bytes = cols / kBlock * kQ4PanelBlockBytes;
        break;
    case PanelFormat::Q8:
        bytes = cols / kBlock * kQ8PanelBlockBytes;
        break;
    case PanelFormat::Source:
        break;
    }
    return (bytes + 63) / 64 * 64;
}

void widen_row(
    float* y,
    const std::byte* x,
    WeightFormat format,
    std::int64_t n,
    const KernelTable& table)
{
    if (format == WeightFormat::F32) {
        std::memcpy(y, x, static_cast<std::size_t>(n) * 4);
        return;
    }
    auto* halves = scratch<std::uint16_t>(Scratch::Halves, n); // the source may be unaligned
    std::memcpy(halves, x, static_cast<std::size_t>(n) * 2);
    (format == WeightFormat::F16 ? table.widen_f16 : table.widen_bf16)(y, halves, n);
}

void pack_16_bits(
    std::byte* panel,
    const std::byte* rows,
    std::int64_t row_size,
    int count,
    std::int64_t cols)
{
    // In stretches of 32 columns: one cache line of each row at a time.
    for (std::int64_t first = 0; first < cols; first += 32) {
        const std::int64_t last = std::min(first + 32, cols);
        for (int r = 0; r < count; ++r) {
            const std::byte* row = rows + r * row_size;
            for (std::int64_t k = first; k < last; ++k) {
                std::memcpy(panel + (k * kPanelRows + r) * 2, row + k * 2, 2);
            }
        }
    }
}

/// 32 columns of one row as a panel wants them: w = scale * q + minimum.
struct Q4Block {
    std::uint16_t scale; // F16
    std::uint16_t minimum;
    std::array<std::uint8_t, 16> pairs; // column i low, i + 16 high
};

std::uint16_t read_16(const std::byte* at)
{
    std::uint16_t value = 0;
    std::memcpy(&value, at, 2);
    return value;
}

Q4Block q4_block(const std::byte* row, std::int64_t b, WeightFormat format)
{
    Q4Block block{};
    if (format == WeightFormat::Q4_K) {
        const auto* in = reinterpret_cast<const std::uint8_t*>(row + b / 8 * 144);
        const int part = static_cast<int>(b % 8);
        const ScaleAndMinimum of = k_scale(in + 4, part);
        block.scale = float_to_half(half_at(in) * static_cast<float>(of.scale));
        block.minimum = float_to_half(-half_at(in + 2) * static_cast<float>(of.minimum));
        const std::uint8_t* quants = in + 16 + part / 2 * 32;
        const int shift = part % 2 * 4;
        for (std::size_t i = 0; i < 16; ++i)
            block.pairs[i] = static_cast<std::uint8_t>(
                (quants[i] >> shift & 15) | (quants[i + 16] >> shift & 15) << 4);
        return block;
    }
    const bool has_minimum = format == WeightFormat::Q4_1;
    const std::byte* in = row + b * (has_minimum ? 20 : 18);
    block.scale = read_16(in);
    // d (q - 8): the eightfold of a half is one, up to d = 8,188.
    block.minimum =
        has_minimum ? read_16(in + 2) : float_to_half(-8.0f * half_to_float(block.scale));
    std::memcpy(block.pairs.data(), in + (has_minimum ? 4 : 2), 16);
    return block;
}

void pack_q4(
    std::byte* panel,
    const std::byte* rows,
    std::int64_t row_size,
    int count,
    std::int64_t cols,
    WeightFormat format)
{
    for (int r = 0; r < count; ++r) {
        for (std::int64_t b = 0; b < cols / kBlock; ++b) {
            const Q4Block block = q4_block(rows + r * row_size, b, format);
            std::byte* out = panel + b * kQ4PanelBlockBytes;
            std::memcpy(out + 256 + r * 2, &block.scale, 2);
            std::memcpy(out + 288 + r * 2, &block.minimum, 2);
            // Columns 8 v + j and 8 v + 4 + j share a byte of the panel; in the file it is i and i
            // + 16.
            for (int v = 0; v < 4; ++v) {
                std::uint32_t low = 0;
                std::uint32_t high = 0;
                std::memcpy(&low, block.pairs.data() + v % 2 * 8, 4);
                std::memcpy(&high, block.pairs.data() + v % 2 * 8 + 4, 4);
                const int shift = v / 2 * 4;
                const std::uint32_t pairs =
                    ((low >> shift) & 0x0f0f0f0fu) | ((high >> shift) & 0x0f0f0f0fu) << 4;
                std::memcpy(out + v * 64 + r * 4, &pairs, 4);
            }
        }
    }
}

/// Block b of row r of a panel; `scale` and `quants` as Q8_0 has them.
void put_q8_block(
    std::byte* panel,
    std::int64_t blocks,
    std::int64_t b,
    int r,
    const void* scale,
    const std::byte* quants)
{
    std::memcpy(panel + blocks * 512 + (b * kPanelRows + r) * 2, scale, 2);
    for (int g = 0; g < 8; ++g) {
        std::uint32_t word = 0;
        std::memcpy(&word, quants + g * 4, 4);
        word ^= 0x80808080u; // signed to + 128: VNNI multiplies unsigned by signed
        std::memcpy(panel + b * 512 + g * 64 + r * 4, &word, 4);
    }
}

void pack_q8(
    std::byte* panel,
    const std::byte* rows,
    std::int64_t row_size,
    int count,
    std::int64_t cols)
{
    const std::int64_t blocks = cols / kBlock;
    for (int r = 0; r < count; ++r) {
        for (std::int64_t b = 0; b < blocks; ++b) {
            const std::byte* in = rows + r * row_size + b * 34;
            put_q8_block(panel, blocks, b, r, in, in + 2);
        }
    }
}

/// A row of floats, rounded to Q8_0 on the way.
void pack_rounded(
    std::byte* panel,
    const float* row,
    int r,
    std::int64_t cols,
    const KernelTable& table)
{
    const std::int64_t blocks = cols / kBlock;
    auto* quants = scratch<std::int8_t>(Scratch::Quants, cols);
    auto* scales = scratch<std::uint16_t>(Scratch::Scales, blocks);
    table.round_q8(quants, scales, row, cols);
    const auto* from = reinterpret_cast<const std::byte*>(quants);
    for (std::int64_t b = 0; b < blocks; ++b)
        put_q8_block(panel, blocks, b, r, scales + b, from + b * kBlock);
}

float read_half(const std::byte* at)
{
    return half_to_float(read_16(at));
}

/// 16 numbers that stand side by side in a block.
std::array<float, kPanelRows> read_halves(const std::byte* from)
{
    std::array<float, kPanelRows> numbers{};
    for (std::size_t r = 0; r < numbers.size(); ++r) numbers[r] = read_half(from + 2 * r);
    return numbers;
}

/// One block of all rows of a panel, y [32][16]. Element by element as element() has it; a product
/// in float32 widens every weight for every token, so the scales are read once a block.
void widen_q4_block(const std::byte* block, float* y)
{
    const auto scales = read_halves(block + 256), minima = read_halves(block + 288);
    for (std::size_t i = 0; i < kBlock; ++i)
        for (std::size_t r = 0; r < kPanelRows; ++r) {
            const int pair = std::to_integer<int>(block[i / 8 * 64 + r * 4 + i % 4]);
            const int quant = i % 8 < 4 ? pair & 15 : pair >> 4;
            y[i * kPanelRows + r] = scales[r] * static_cast<float>(quant) + minima[r];
        }
}

void widen_q8_block(const std::byte* block, const std::byte* halves, float* y)
{
    const auto scales = read_halves(halves);
    for (std::size_t i = 0; i < kBlock; ++i)
        for (std::size_t r = 0; r < kPanelRows; ++r) {
            const int quant = std::to_integer<int>(block[i / 4 * 64 + r * 4 + i % 4]) - 128;
            y[i * kPanelRows + r] = scales[r] * static_cast<float>(quant);
        }
}

} // namespace

PackedWeight::PackedWeight(
    const Weight& weight,
    Compute compute,
    const KernelTable& table,
    ThreadPool& pool)
    : rows_(weight.rows), cols_(weight.cols), format_(panel_format(weight, compute)),
      compute_(is_blocks(format_) || is_ggml_block(weight.format) ? compute : Compute::Exact),
      panel_bytes_(panel_size(format_, cols_)),
      memory_(DType::U8, panel_bytes_ == 0 ? 0 : panels(), panel_bytes_)
{
    EXPECTS(weight.data != nullptr && rows_ > 0 && cols_ > 0);
    row_bytes(weight.format, static_cast<std::size_t>(cols_)); // checks the block length
    if (format_ == PanelFormat::Source) {
        source_ = weight;
        return;
    }
    const std::int64_t grain = std::max<std::int64_t>(1, 65536 / panel_bytes_);
    pool.parallel_for(panels(), grain, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t p = first; p < last; ++p) pack_panel(weight, p, table);
    });
}

PackedWeight::PackedWeight(const Weight& weight, Compute compute)
    : rows_(weight.rows), cols_(weight.cols), compute_(compute), source_(weight)
{
    EXPECTS(weight.data != nullptr && rows_ > 0 && cols_ > 0);
}

std::size_t PackedWeight::size_bytes() const
{
    return memory_.size_bytes();
}

void PackedWeight::pack_panel(const Weight& weight, std::int64_t p, const KernelTable& table)
{
    const auto row_size =
        static_cast<std::int64_t>(row_bytes(weight.format, static_cast<std::size_t>(cols_)));
    const std::byte* rows = weight.data + p * kPanelRows * row_size;
    const int count = static_cast<int>(std::min<std::int64_t>(kPanelRows, rows_ - p * kPanelRows));
    std::byte* panel = memory_.view().data + p * panel_bytes_;
    switch (format_) {
    case PanelFormat::F16:
    case PanelFormat::BF16:
        pack_16_bits(panel, rows, row_size, count, cols_);
        return;
    case PanelFormat::Q4:
        pack_q4(panel, rows, row_size, count, cols_, weight.format);
        return;
    case PanelFormat::Q8:
        if (weight.format == WeightFormat::Q8_0) {
            pack_q8(panel, rows, row_size, count, cols_);
            return;
        }
        break;
    case PanelFormat::Source:
        return;
    case PanelFormat::F32:
        break;
    }
    auto* wide = scratch<float>(Scratch::Wide, kPanelRows * cols_);
    for (int r = 0; r < count; ++r) {
        widen_row(wide + r * cols_, rows + r * row_size, weight.format, cols_, table);
    }
    if (format_ == PanelFormat::F32) {
        table.pack_f32(reinterpret_cast<float*>(panel), wide, cols_, count, kPanelRows, cols_);
        return;
    }
    for (int r = 0; r < count; ++r) pack_rounded(panel, wide + r * cols_, r, cols_, table);
}

void PackedWeight::widen_panel(std::int64_t p, float* y, const KernelTable& table) const
{
    const std::byte* base = panel(p);
    const std::int64_t n = cols_ * kPanelRows;
    switch (format_) {
    case PanelFormat::F32:
        std::memcpy(y, base, static_cast<std::size_t>(n) * 4);
        return;
    case PanelFormat::F16:
        table.widen_f16(y, reinterpret_cast<const std::uint16_t*>(base), n);
        return;
    case PanelFormat::BF16:
        table.widen_bf16(y, reinterpret_cast<const std::uint16_t*>(base), n);
        return;
    case PanelFormat::Q4:
        for (std::int64_t b = 0; b < cols_ / kBlock; ++b)
            widen_q4_block(base + b * kQ4PanelBlockBytes, y + b * kBlock * kPanelRows);
        return;
    case PanelFormat::Q8:
        for (std::int64_t b = 0; b < cols_ / kBlock; ++b)
            widen_q8_block(
                base + b * 512,
                base + cols_ / kBlock * 512 + b * kPanelRows * 2,
                y + b * kBlock * kPanelRows);
        return;
    case PanelFormat::Source:
        EXPECTS(false);
    }
}

float PackedWeight::element(const std::byte* base, std::int64_t k, std::int64_t lane) const
{
    const std::int64_t b = k / kBlock;
    const std::int64_t i = k % kBlock;
    switch (format_) {
    case PanelFormat::F32:
        return reinterpret_cast<const float*>(base)[k * kPanelRows + lane];
    case PanelFormat::F16:
        return read_half(base + (k * kPanelRows + lane) * 2);
    case PanelFormat::BF16:
        return bfloat_to_float(read_16(base + (k * kPanelRows + lane) * 2));
    case PanelFormat::Q4: {
        const std::byte* block = base + b * kQ4PanelBlockBytes;
        const int pair = std::to_integer<int>(block[i / 8 * 64 + lane * 4 + i % 4]);
        const int quant = i % 8 < 4 ? pair & 15 : pair >> 4;
        return read_half(block + 256 + lane * 2) * static_cast<float>(quant) +
               read_half(block + 288 + lane * 2);
    }
    case PanelFormat::Q8: {
        const std::byte* scales = base + cols_ / kBlock * 512;
        const int quant = std::to_integer<int>(base[b * 512 + i / 4 * 64 + lane * 4 + i % 4]) - 128;
        return read_half(scales + (b * kPanelRows + lane) * 2) * static_cast<float>(quant);
    }
    case PanelFormat::Source:
        break;
    }
    EXPECTS(false);
    return 0.0f;
}

float PackedWeight::source_element(std::int64_t r, std::int64_t k) const
{
    const auto size = row_bytes(source_.format, static_cast<std::size_t>(cols_));
    const std::byte* row = source_.data + static_cast<std::size_t>(r) * size;
    switch (source_.format) {
    case WeightFormat::F32: {
        float value = 0.0f;
        std::memcpy(&value, row + k * 4, 4);
        return value;
    }
    case WeightFormat::F16:
        return read_half(row + k * 2);
    case WeightFormat::BF16:
        return bfloat_to_float(read_16(row + k * 2));
    case WeightFormat::F8E4M3:
        return kE4m3[std::to_integer<std::size_t>(row[k])];
    case WeightFormat::NVFP4: {
        const int pair = std::to_integer<int>(row[k / 2]);
        const int code = k % 2 == 0 ? pair & 15 : pair >> 4;
        const std::byte block = source_.block_scales[(r * cols_ + k) / kNvfp4Block];
        return kE2m1[static_cast<std::size_t>(code)] * kE4m3[std::to_integer<std::size_t>(block)];
    }
    default:
        break;
    }
    EXPECTS(false);
    return 0.0f;
}

void PackedWeight::read_row(std::int64_t r, std::span<float> y) const
{
    EXPECTS(r >= 0 && r < rows_ && static_cast<std::int64_t>(y.size()) == cols_);
    const std::int64_t p = r / kPanelRows;
    if (format_ == PanelFormat::Source && is_ggml_block(source_.format)) {
        const auto size = row_bytes(source_.format, static_cast<std::size_t>(cols_));
        const std::byte* row = source_.data + static_cast<std::size_t>(r) * size;
        decode_blocks(y.data(), row, source_.format, cols_);
        if (source_.scale != 1.0f)
            for (float& value : y) value *= source_.scale;
        return;
    }
    if (format_ == PanelFormat::Source) {
        for (std::int64_t k = 0; k < cols_; ++k) {
            y[static_cast<std::size_t>(k)] = source_element(r, k) * source_.scale;
        }
        return;
    }
    for (std::int64_t k = 0; k < cols_; ++k) {
        y[static_cast<std::size_t>(k)] = element(panel(p), k, r % kPanelRows);
    }
}

} // namespace kernels::cpu
