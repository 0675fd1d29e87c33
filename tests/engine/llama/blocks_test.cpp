// ggml's block formats against the dequantiser of the public gguf package: tests/data/gguf.

#include "engine/formats/safetensors.h"
#include "kernels/cpu_backend.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <numeric>

namespace engine::formats {
namespace {

using kernels::Compute;
using kernels::CpuBackend;
using kernels::DType;
using kernels::WeightFormat;
using kernels::cpu::Isa;

constexpr WeightFormat kBlocks[] = {
    WeightFormat::Q4_0,
    WeightFormat::Q4_1,
    WeightFormat::Q5_0,
    WeightFormat::Q5_1,
    WeightFormat::Q8_0,
    WeightFormat::IQ4_NL,
    WeightFormat::Q2_K,
    WeightFormat::Q3_K,
    WeightFormat::Q4_K,
    WeightFormat::Q5_K,
    WeightFormat::Q6_K};
constexpr std::int64_t kRows = 2, kCols = 512; // the second row has scales of all sizes

class BlocksTest : public testing::TestWithParam<Isa> {
protected:
    void SetUp() override
    {
        if (!kernels::cpu::supports(GetParam())) GTEST_SKIP() << "not on this processor";
        auto file = SafetensorsFile::open(
            std::filesystem::path(PERCEPT_TEST_DATA) / "gguf" / "blocks.safetensors");
        ASSERT_TRUE(file) << file.error().message;
        file_ = std::make_unique<SafetensorsFile>(std::move(*file));
        backend_ = std::make_unique<CpuBackend>(GetParam(), 1);
    }
    kernels::Weight weight(WeightFormat format) const
    {
        const StoredTensor* blocks = file_->tensors().find(std::string(name(format)) + ".blocks");
        EXPECT_NE(blocks, nullptr);
        EXPECT_EQ(blocks->bytes.size(), kRows * kernels::row_bytes(format, kCols));
        return {blocks->bytes.data(), format, kRows, kCols};
    }
    std::vector<float> values(WeightFormat format) const
    {
        return *file_->tensors().values(std::string(name(format)) + ".values", kRows * kCols);
    }
    /// Every weight by a product with the unit vectors, as many at a time.
    std::vector<float> by_products(const kernels::LoadedWeight& weight, std::int64_t tokens)
    {
        std::vector<float> seen(kRows * kCols);
        const kernels::Buffer x = backend_->allocate(DType::F32, tokens, kCols);
        const kernels::Buffer y = backend_->allocate(DType::F32, tokens, kRows);
        for (std::int64_t first = 0; first < kCols; first += tokens) {
            for (std::int64_t t = 0; t < tokens; ++t) {
                const auto row = x.view().row<float>(t);
                std::fill(row.begin(), row.end(), 0.0f);
                row[static_cast<std::size_t>((first + t) % kCols)] = 1.0f;
            }
            const kernels::MatmulOutput output{.y = y.view(), .weight = &weight};
            backend_->matmul({&output, 1}, x.view());
            for (std::int64_t t = 0; t < tokens && first + t < kCols; ++t)
                for (std::int64_t r = 0; r < kRows; ++r)
                    seen[static_cast<std::size_t>(r * kCols + first + t)] =
                        y.view().row<float>(t)[static_cast<std::size_t>(r)];
        }
        return seen;
    }

    std::unique_ptr<SafetensorsFile> file_;
    std::unique_ptr<CpuBackend> backend_;
};

TEST_P(BlocksTest, LookedUpRowsAreTheReferencesToTheLastBit)
{
    for (const WeightFormat format : kBlocks) {
        const auto table = backend_->use_in_place(weight(format));
        const kernels::Buffer y = backend_->allocate(DType::F32, kRows, kCols);
        const std::int32_t ids[] = {0, 1};
        backend_->embedding(y.view(), *table, ids);
        const auto expected = values(format);
        for (std::size_t i = 0; i < expected.size(); ++i)
            ASSERT_EQ(
                y.view().row<float>(static_cast<std::int64_t>(i) / kCols)[i % kCols],
                expected[i])
                << name(format) << " " << i;
    }
}

TEST_P(BlocksTest, ProductsReadTheReferencesWeightsToTheLastBit)
{
    for (const WeightFormat format : kBlocks) {
        const auto expected = values(format);
        const auto in_place = backend_->use_in_place(weight(format));
        const auto loaded = backend_->load_weight(weight(format), Compute::Exact);
        EXPECT_EQ(in_place->size_bytes(), 0u);
        for (const std::int64_t tokens : {1, 3, 16}) { // block by block; two at a time; widened
            EXPECT_EQ(by_products(*in_place, tokens), expected) << name(format) << " " << tokens;
            EXPECT_EQ(by_products(*loaded, tokens), expected) << name(format) << " " << tokens;
        }
    }
}

/// Four rows go side by side, and the last ones alone.
TEST_P(BlocksTest, ARowsProductDoesNotDependOnTheRowsBesideIt)
{
    constexpr std::int64_t kMany = 11;
    for (const WeightFormat format : kBlocks) {
        const kernels::Weight two = weight(format);
        const std::size_t pair = kRows * kernels::row_bytes(format, kCols);
        std::vector<std::byte> rows(pair * (kMany + 1) / 2);
        for (std::size_t at = 0; at < rows.size(); at += pair)
            std::memcpy(rows.data() + at, two.data, pair);
        const auto few = backend_->use_in_place(two);
        const auto many = backend_->use_in_place({rows.data(), format, kMany, kCols});
        for (const std::int64_t tokens : {1, 2, 5, 9}) {
            const kernels::Buffer x = backend_->allocate(DType::F32, tokens, kCols);
            for (std::int64_t t = 0; t < tokens; ++t)
                for (std::int64_t i = 0; i < kCols; ++i)
                    x.view().row<float>(t)[static_cast<std::size_t>(i)] =
                        std::sin(static_cast<float>(i * 7 + t * 131));
            const kernels::Buffer y_few = backend_->allocate(DType::F32, tokens, kRows);
            const kernels::Buffer y_many = backend_->allocate(DType::F32, tokens, kMany);
            const kernels::MatmulOutput of_few{.y = y_few.view(), .weight = few.get()};
            const kernels::MatmulOutput of_many{.y = y_many.view(), .weight = many.get()};
            backend_->matmul({&of_few, 1}, x.view());
            backend_->matmul({&of_many, 1}, x.view());
            for (std::int64_t t = 0; t < tokens; ++t)
                for (std::size_t r = 0; r < kMany; ++r)
                    ASSERT_EQ(y_many.view().row<float>(t)[r], y_few.view().row<float>(t)[r % 2])
                        << name(format) << " " << tokens << " row " << r;
        }
    }
}

TEST_P(BlocksTest, TheFastWayStaysWithinTheRoundingOfItsScales)
{
    for (const WeightFormat format : kBlocks) {
        const auto expected = values(format);
        const auto fast = backend_->load_weight(weight(format), Compute::Fast);
        for (const std::int64_t tokens : {1, 4}) { // one goes in whole numbers
            const auto seen = by_products(*fast, tokens);
            float largest = 0, worst = 0;
            for (std::size_t i = 0; i < kCols; ++i) { // of the row that looks like weights
                largest = std::max(largest, std::abs(expected[i]));
                worst = std::max(worst, std::abs(seen[i] - expected[i]));
            }
            // Only Q4_K is changed: scale and minimum keep 11 bits.
            EXPECT_LE(worst, (format == WeightFormat::Q4_K ? 1e-3f : 1e-6f) * largest)
                << name(format) << " " << tokens;
        }
    }
}

TEST_P(BlocksTest, WhatIsPackedTakesAboutTheBitsOfTheFile)
{
    // 16 rows fill a panel; bytes of 512 columns.
    const auto packed = [&](WeightFormat format, Compute compute) {
        std::vector<std::byte> rows(16 * kernels::row_bytes(format, kCols));
        const kernels::Weight weight{rows.data(), format, 16, kCols};
        return backend_->load_weight(weight, compute)->size_bytes();
    };
    EXPECT_EQ(packed(WeightFormat::Q4_0, Compute::Exact), 16u * 512 * 5 / 8);
    EXPECT_EQ(packed(WeightFormat::Q4_K, Compute::Fast), 16u * 512 * 5 / 8);
    for (const WeightFormat format :
         {WeightFormat::Q5_0, WeightFormat::Q2_K, WeightFormat::Q5_K, WeightFormat::Q6_K})
        EXPECT_EQ(packed(format, Compute::Fast), 0u) << name(format);
}

INSTANTIATE_TEST_SUITE_P(
    Paths,
    BlocksTest,
    testing::Values(Isa::Scalar, Isa::Avx2, Isa::Avx512),
    [](const testing::TestParamInfo<Isa>& path) {
        return std::string(kernels::cpu::name(path.param));
    });

} // namespace
} // namespace engine::formats
