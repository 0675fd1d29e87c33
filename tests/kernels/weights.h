#pragma once

#include "backends.h"

#include "kernels/half.h"
#include "kernels/small_floats.h"

#include <bit>
#include <cstring>

namespace kernels::test {

/// A weight as a file would hold it, beside the values that it stands for.
struct FileWeight {
    std::vector<std::byte> bytes;
    std::vector<std::byte> scales; // NVFP4
    Weight view;
    Matrix values;
};

inline void put(std::vector<std::byte>& bytes, const void* from, std::size_t count)
{
    const auto* begin = static_cast<const std::byte*>(from);
    bytes.insert(bytes.end(), begin, begin + count);
}

inline FileWeight
make_weight(WeightFormat format, std::int64_t rows, std::int64_t cols, unsigned seed)
{
    const Matrix m = random_matrix(rows, cols, seed, 0.5);
    std::mt19937 generator(seed + 1);
    FileWeight weight{{}, {}, {nullptr, format, rows, cols}, zeros(rows, cols)};
    auto& bytes = weight.bytes;
    bytes.push_back(std::byte{0}); // files promise no alignment
    const bool small = format == WeightFormat::F8E4M3 || format == WeightFormat::NVFP4;
    if (small) weight.view.scale = 0.0137f;
    const auto random_e4m3 = [&] { // all codes but the two NaN
        const auto code = static_cast<std::uint8_t>(generator());
        return static_cast<std::uint8_t>((code & 0x7f) == 0x7f ? 0 : code);
    };
    for (std::int64_t r = 0; r < rows; ++r) {
        if (small) {
            double block = 0.0;
            for (std::int64_t c = 0; c < cols; ++c) {
                const auto code = random_e4m3();
                if (format == WeightFormat::F8E4M3) {
                    put(bytes, &code, 1);
                    weight.values(r, c) = double{weight.view.scale} * e4m3_to_float(code);
                    continue;
                }
                if (c % kNvfp4Block == 0) {
                    const std::uint8_t scale = random_e4m3() & 0x7f;
                    put(weight.scales, &scale, 1);
                    block = double{weight.view.scale} * e4m3_to_float(scale);
                }
                if (c % 2 == 0) put(bytes, &code, 1);
                const auto pair = static_cast<std::uint8_t>(bytes.back());
                weight.values(r, c) =
                    block * kE2m1[static_cast<std::size_t>(c % 2 == 0 ? pair & 15 : pair >> 4)];
            }
            continue;
        }
        if (format == WeightFormat::Q4_1 || format == WeightFormat::Q8_0) {
            for (std::int64_t b = 0; b < cols / 32; ++b) {
                const std::uint16_t d =
                    float_to_half(0.01f + static_cast<float>(generator() % 100) * 1e-3f);
                const std::uint16_t low =
                    float_to_half(-0.3f + static_cast<float>(generator() % 100) * 1e-3f);
                put(bytes, &d, 2);
                std::uint8_t quants[32];
                for (auto& q : quants) q = static_cast<std::uint8_t>(generator());
                if (format == WeightFormat::Q4_1) {
                    put(bytes, &low, 2);
                    put(bytes, quants, 16);
                } else {
                    put(bytes, quants, 32);
                }
                for (int i = 0; i < 32; ++i) {
                    const int q4 = i < 16 ? quants[i] & 15 : quants[i - 16] >> 4;
                    weight.values(r, b * 32 + i) =
                        format == WeightFormat::Q4_1
                            ? double{half_to_float(d)} * q4 + half_to_float(low)
                            : double{half_to_float(d)} * static_cast<std::int8_t>(quants[i]);
                }
            }
            continue;
        }
        for (std::int64_t c = 0; c < cols; ++c) {
            const auto value = static_cast<float>(m(r, c));
            if (format == WeightFormat::F32) {
                put(bytes, &value, 4);
                weight.values(r, c) = value;
            } else if (format == WeightFormat::F16) {
                const std::uint16_t half = float_to_half(value);
                put(bytes, &half, 2);
                weight.values(r, c) = half_to_float(half);
            } else {
                const auto bits =
                    static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(value) >> 16);
                put(bytes, &bits, 2);
                weight.values(r, c) = bfloat_to_float(bits);
            }
        }
    }
    weight.view.data = bytes.data() + 1;
    weight.view.block_scales = weight.scales.data();
    return weight;
}

/// The values as BF16 holds them, ties to even.
inline Matrix rounded_to_bf16(Matrix m)
{
    for (double& v : m.values) {
        auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(v));
        bits += 0x7fff + (bits >> 16 & 1);
        v = std::bit_cast<float>(bits & 0xffff0000u);
    }
    return m;
}

/// x · wᵀ in double.
inline Matrix product(const Matrix& x, const Matrix& w)
{
    Matrix y = zeros(x.rows, w.rows);
    for (std::int64_t t = 0; t < x.rows; ++t) {
        for (std::int64_t r = 0; r < w.rows; ++r) {
            for (std::int64_t c = 0; c < x.cols; ++c) y(t, r) += x(t, c) * w(r, c);
        }
    }
    return y;
}

} // namespace kernels::test
