#pragma once

#include "kernels/cpu_backend.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace kernels::test {

/// One way to run every op. Those that the processor lacks are reported as skipped, not absent.
struct Path {
    cpu::Isa isa;
    int threads;
};

inline std::vector<Path> paths()
{
    using cpu::Isa;
    return {
        {Isa::Scalar, 1},
        {Isa::Scalar, 2},
        {Isa::Avx2, 1},
        {Isa::Avx2, 2},
        {Isa::Avx512, 1},
        {Isa::Avx512, 2},
        {Isa::Avx512Bf16, 1},
        {Isa::Avx512Bf16, 2}};
}

inline std::string path_name(const testing::TestParamInfo<Path>& info)
{
    return std::string(cpu::name(info.param.isa)) + "_" + std::to_string(info.param.threads);
}

class BackendTest : public testing::TestWithParam<Path> {
protected:
    void SetUp() override
    {
        if (!cpu::supports(GetParam().isa)) {
            GTEST_SKIP() << "this processor has no " << cpu::name(GetParam().isa);
        }
        backend_ = std::make_unique<CpuBackend>(GetParam().isa, GetParam().threads);
    }
    Backend& backend() { return *backend_; }

private:
    std::unique_ptr<Backend> backend_;
};

/// A matrix in double, the reference's type.
struct Matrix {
    std::int64_t rows = 0;
    std::int64_t cols = 0;
    std::vector<double> values;
    double& operator()(std::int64_t r, std::int64_t c)
    {
        return values[static_cast<std::size_t>(r * cols + c)];
    }
    double operator()(std::int64_t r, std::int64_t c) const
    {
        return values[static_cast<std::size_t>(r * cols + c)];
    }
};

inline Matrix zeros(std::int64_t rows, std::int64_t cols)
{
    return {rows, cols, std::vector<double>(static_cast<std::size_t>(rows * cols))};
}

/// Normal values, rounded to float; the same for the same seed.
inline Matrix
random_matrix(std::int64_t rows, std::int64_t cols, unsigned seed, double spread = 1.0)
{
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal(0.0f, static_cast<float>(spread));
    Matrix m = zeros(rows, cols);
    for (double& v : m.values) v = normal(generator);
    return m;
}

inline Buffer upload(Backend& backend, const Matrix& m)
{
    Buffer buffer = backend.allocate(DType::F32, m.rows, m.cols);
    for (std::int64_t r = 0; r < m.rows; ++r) {
        const auto row = buffer.view().row<float>(r);
        for (std::int64_t c = 0; c < m.cols; ++c)
            row[static_cast<std::size_t>(c)] = static_cast<float>(m(r, c));
    }
    return buffer;
}

/// Largest |a - b| over the largest |b|.
inline double relative_error(const Tensor& a, const Matrix& b)
{
    EXPECT_EQ(a.rows, b.rows);
    EXPECT_EQ(a.cols, b.cols);
    double worst = 0.0;
    double largest = 1e-30;
    for (std::int64_t r = 0; r < b.rows; ++r) {
        const auto row = a.row<const float>(r);
        for (std::int64_t c = 0; c < b.cols; ++c) {
            const double difference = std::abs(row[static_cast<std::size_t>(c)] - b(r, c));
            worst = std::isnan(difference) ? 1e30 : std::max(worst, difference);
            largest = std::max(largest, std::abs(b(r, c)));
        }
    }
    return worst / largest;
}

inline std::vector<float> floats(const Matrix& m)
{
    return {m.values.begin(), m.values.end()};
}

} // namespace kernels::test

#define INSTANTIATE_ON_EVERY_PATH(suite)                                                           \
    INSTANTIATE_TEST_SUITE_P(                                                                      \
        Paths,                                                                                     \
        suite,                                                                                     \
        testing::ValuesIn(kernels::test::paths()),                                                 \
        kernels::test::path_name)
