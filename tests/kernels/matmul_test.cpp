#include "weights.h"

#include <gmock/gmock.h>

namespace kernels {
namespace {

using namespace test;

class MatmulTest : public BackendTest {
protected:
    /// Relative error of one product against double precision.
    double error_of(
        WeightFormat format,
        Compute compute,
        std::int64_t tokens,
        std::int64_t rows,
        std::int64_t cols)
    {
        const FileWeight weight =
            make_weight(format, rows, cols, static_cast<unsigned>(rows + cols));
        const Matrix x = random_matrix(tokens, cols, static_cast<unsigned>(tokens));
        const auto loaded = backend().load_weight(weight.view, compute);
        const Buffer input = upload(backend(), x);
        const Buffer y = backend().allocate(DType::F32, tokens, rows);
        const MatmulOutput output{.y = y.view(), .weight = loaded.get()};
        backend().matmul({&output, 1}, input.view());
        backend().synchronize();
        const Matrix expected = product(x, weight.values);
        if (compute == Compute::Exact) return relative_error(y.view(), expected);
        // Rounding to 8 bits errs in proportion to the lengths of both rows, whatever the sum.
        double worst = 0.0;
        for (std::int64_t t = 0; t < tokens; ++t) {
            for (std::int64_t r = 0; r < rows; ++r) {
                const double got = y.view().row<float>(t)[static_cast<std::size_t>(r)];
                const double lengths = length(x, t) * length(weight.values, r);
                worst = std::max(worst, std::abs(got - expected(t, r)) / lengths);
            }
        }
        return worst;
    }

    static double length(const Matrix& m, std::int64_t r)
    {
        double squares = 0.0;
        for (std::int64_t c = 0; c < m.cols; ++c) squares += m(r, c) * m(r, c);
        return std::sqrt(squares);
    }
};

TEST_P(MatmulTest, MatchesAProductWorkedByHand)
{
    const float file[] = {1, 2, 3, /**/ -1, 0, 0.5f}; // two rows
    const Weight weight{reinterpret_cast<const std::byte*>(file), WeightFormat::F32, 2, 3};
    const auto loaded = backend().load_weight(weight, Compute::Exact);
    const Buffer x = upload(backend(), {2, 3, {1, 1, 1, 2, -1, 4}});
    const Buffer y = backend().allocate(DType::F32, 2, 2);
    const std::vector<float> bias = {10, 20};
    const MatmulOutput output{.y = y.view(), .weight = loaded.get(), .bias = bias};

    backend().matmul({&output, 1}, x.view());

    EXPECT_THAT(y.view().row<float>(0), testing::ElementsAre(16.0f, 19.5f));
    EXPECT_THAT(y.view().row<float>(1), testing::ElementsAre(22.0f, 20.0f));
}

TEST_P(MatmulTest, ExactMatchesTheReferenceOnAwkwardSizes)
{
    for (const WeightFormat format : {WeightFormat::F32, WeightFormat::F16, WeightFormat::BF16}) {
        for (const std::int64_t tokens : {1, 2, 3, 5, 7, 11, 12, 13, 31, 97}) {
            EXPECT_LT(error_of(format, Compute::Exact, tokens, 31, 257), 2e-6)
                << name(format) << " " << tokens;
            EXPECT_LT(error_of(format, Compute::Exact, tokens, 65, 1), 2e-6)
                << name(format) << " " << tokens;
        }
        EXPECT_LT(error_of(format, Compute::Exact, 3, 1, 1000), 2e-6) << name(format);
        EXPECT_LT(error_of(format, Compute::Exact, 201, 48, 64), 2e-6) << name(format);
    }
}

TEST_P(MatmulTest, ExactBlockFormatsMatchTheReference)
{
    for (const WeightFormat format : {WeightFormat::Q4_1, WeightFormat::Q8_0}) {
        for (const std::int64_t tokens : {1, 5, 13}) {
            EXPECT_LT(error_of(format, Compute::Exact, tokens, 33, 96), 2e-6)
                << name(format) << " " << tokens;
        }
    }
}

TEST_P(MatmulTest, FastBlockFormatsKeepTwelveBitsOfActivations)
{
    for (const WeightFormat format : {WeightFormat::Q4_1, WeightFormat::Q8_0}) {
        for (const std::int64_t tokens : {1, 2, 3, 5, 7, 11, 12, 13, 31, 97}) {
            EXPECT_LT(error_of(format, Compute::Fast, tokens, 31, 288), 1e-4) << name(format);
            EXPECT_LT(error_of(format, Compute::Fast, tokens, 65, 32), 1e-4) << name(format);
        }
        EXPECT_LT(error_of(format, Compute::Fast, 1, 1, 1024), 1e-4) << name(format);
    }
}

TEST_P(MatmulTest, FastIsWithinTheRoundingOfEightBits)
{
    for (const WeightFormat format : {WeightFormat::F32, WeightFormat::F16, WeightFormat::BF16}) {
        for (const std::int64_t tokens : {1, 2, 3, 5, 7, 11, 12, 13, 31, 97}) {
            EXPECT_LT(error_of(format, Compute::Fast, tokens, 31, 288), 0.01)
                << name(format) << " " << tokens;
            EXPECT_LT(error_of(format, Compute::Fast, tokens, 65, 32), 0.01)
                << name(format) << " " << tokens;
        }
        EXPECT_LT(error_of(format, Compute::Fast, 1, 1, 1024), 0.01) << name(format);
    }
    // Rows that blocks do not fill stay as they are.
    EXPECT_LT(error_of(WeightFormat::F16, Compute::Fast, 4, 17, 257), 2e-6);
    EXPECT_LT(error_of(WeightFormat::F16, Compute::Fast, 4, 17, 1), 2e-6);
}

TEST_P(MatmulTest, FastEqualsTheScalarPathUpToFloatRounding)
{
    CpuBackend scalar(cpu::Isa::Scalar, 1);
    for (const WeightFormat format : {WeightFormat::F16, WeightFormat::Q4_1, WeightFormat::Q8_0}) {
        for (const std::int64_t tokens : {1, 2, 4, 6, 9, 12, 25}) {
            const FileWeight weight = make_weight(format, 49, 160, 5);
            const Matrix x = random_matrix(tokens, 160, 9);
            Matrix expected = zeros(tokens, 49);
            const Buffer input = upload(backend(), x);
            const Buffer y = backend().allocate(DType::F32, tokens, 49);
            for (Backend* each : {static_cast<Backend*>(&scalar), &backend()}) {
                const auto loaded = each->load_weight(weight.view, Compute::Fast);
                const MatmulOutput output{.y = y.view(), .weight = loaded.get()};
                each->matmul({&output, 1}, input.view());
                if (each != &scalar) break;
                for (std::int64_t t = 0; t < tokens; ++t) {
                    for (std::int64_t r = 0; r < 49; ++r)
                        expected(t, r) = y.view().row<float>(t)[static_cast<std::size_t>(r)];
                }
            }
            EXPECT_LT(relative_error(y.view(), expected), 3e-6) << name(format) << " " << tokens;
        }
    }
}

TEST_P(MatmulTest, GroupsShareOneInput)
{
    const Matrix x = random_matrix(9, 64, 1);
    const Buffer input = upload(backend(), x);
    const FileWeight f32 = make_weight(WeightFormat::F32, 40, 64, 2);
    const FileWeight q4 = make_weight(WeightFormat::Q4_1, 17, 64, 3);
    const FileWeight f16 = make_weight(WeightFormat::F16, 200, 64, 4);
    const auto a = backend().load_weight(f32.view, Compute::Exact);
    const auto b = backend().load_weight(q4.view, Compute::Fast);
    const auto c = backend().load_weight(f16.view, Compute::Fast);
    const Buffer ya = backend().allocate(DType::F32, 9, 40);
    const Buffer yb = backend().allocate(DType::F32, 9, 17);
    const Buffer yc = backend().allocate(DType::F32, 9, 200);
    const MatmulOutput outputs[] = {
        {.y = ya.view(), .weight = a.get()},
        {.y = yb.view(), .weight = b.get()},
        {.y = yc.view(), .weight = c.get()}};

    backend().matmul(outputs, input.view());

    EXPECT_LT(relative_error(ya.view(), product(x, f32.values)), 2e-6);
    EXPECT_LT(relative_error(yb.view(), product(x, q4.values)), 0.02);
    EXPECT_LT(relative_error(yc.view(), product(x, f16.values)), 0.02);
}

TEST_P(MatmulTest, AddsBiasActivationAndResidual)
{
    const FileWeight weight = make_weight(WeightFormat::F32, 37, 50, 2);
    const auto loaded = backend().load_weight(weight.view, Compute::Exact);
    const Matrix x = random_matrix(14, 50, 1);
    const Matrix start = random_matrix(14, 37, 7);
    const Matrix bias = random_matrix(1, 37, 8);
    const std::vector<float> bias_floats = floats(bias);
    const Buffer input = upload(backend(), x);
    for (const Activation activation :
         {Activation::None, Activation::GeluErf, Activation::Relu, Activation::Silu}) {
        const Buffer y = upload(backend(), start);
        Matrix expected = product(x, weight.values);
        for (std::int64_t t = 0; t < 14; ++t) {
            for (std::int64_t r = 0; r < 37; ++r) {
                double v = expected(t, r) + bias(0, r);
                if (activation == Activation::GeluErf)
                    v = v / 2 * (1 + std::erf(v / std::sqrt(2.0)));
                if (activation == Activation::Relu) v = std::max(v, 0.0);
                if (activation == Activation::Silu) v = v / (1 + std::exp(-v));
                expected(t, r) = start(t, r) + v;
            }
        }
        const MatmulOutput output{
            .y = y.view(),
            .weight = loaded.get(),
            .bias = bias_floats,
            .activation = activation,
            .add_to_y = true};
        backend().matmul({&output, 1}, input.view());
        EXPECT_LT(relative_error(y.view(), expected), 3e-6) << static_cast<int>(activation);
    }
}

TEST_P(MatmulTest, WritesHalvesIntoACacheRow)
{
    const FileWeight weight = make_weight(WeightFormat::F32, 33, 64, 2);
    const auto loaded = backend().load_weight(weight.view, Compute::Exact);
    const Matrix x = random_matrix(2, 64, 1);
    const Buffer input = upload(backend(), x);
    const Buffer cache = backend().allocate(DType::F16, 5, 33);
    const MatmulOutput output{.y = cache.rows(2, 2), .weight = loaded.get()};

    backend().matmul({&output, 1}, input.view());

    const Matrix expected = product(x, weight.values);
    for (std::int64_t r = 0; r < 33; ++r) {
        const auto at = static_cast<std::size_t>(r);
        EXPECT_NEAR(half_to_float(cache.view().row<std::uint16_t>(2)[at]), expected(0, r), 0.01);
        EXPECT_NEAR(half_to_float(cache.view().row<std::uint16_t>(3)[at]), expected(1, r), 0.01);
        EXPECT_EQ(cache.view().row<std::uint16_t>(1)[at], 0);
        EXPECT_EQ(cache.view().row<std::uint16_t>(4)[at], 0);
    }
}

TEST_P(MatmulTest, MultipliesDenseOperandsAndSlices)
{
    for (const std::int64_t tokens : {1, 6, 40}) {
        const Matrix a = random_matrix(tokens, 65, 1);
        const Matrix b = random_matrix(19, 65, 2);
        const Buffer left = upload(backend(), a);
        const Buffer right = upload(backend(), b);
        const Buffer y = backend().allocate(DType::F32, tokens, 30);
        backend().matmul(y.view().slice_cols(5, 19), left.view(), right.view());
        EXPECT_LT(relative_error(y.view().slice_cols(5, 19), product(a, b)), 2e-6);
        EXPECT_EQ(y.view().row<float>(0)[4], 0.0f);
        EXPECT_EQ(y.view().row<float>(0)[24], 0.0f);
    }
}

TEST_P(MatmulTest, ExactResultsDependNeitherOnThreadsNorOnCompany)
{
    CpuBackend alone(GetParam().isa, 1);
    for (const WeightFormat format : {WeightFormat::F32, WeightFormat::F16}) {
        const FileWeight weight = make_weight(format, 300, 257, 3);
        const Buffer input = upload(backend(), random_matrix(107, 257, 4));
        const auto loaded = backend().load_weight(weight.view, Compute::Exact);
        const Buffer all = backend().allocate(DType::F32, 107, 300);
        const Buffer one = backend().allocate(DType::F32, 1, 300);
        const MatmulOutput output{.y = all.view(), .weight = loaded.get()};
        backend().matmul({&output, 1}, input.view());
        for (const std::int64_t t : {0, 50, 106}) {
            const MatmulOutput single{.y = one.view(), .weight = loaded.get()};
            alone.matmul({&single, 1}, input.rows(t, 1));
            EXPECT_THAT(
                one.view().row<float>(0),
                testing::ElementsAreArray(all.view().row<float>(t)))
                << name(format) << " " << t;
        }
    }
}

TEST_P(MatmulTest, KeepsWeightsInTheirBits)
{
    const auto bytes = [&](WeightFormat format, Compute compute) {
        const FileWeight weight = make_weight(format, 64, 96, 1);
        return backend().load_weight(weight.view, compute)->size_bytes();
    };
    EXPECT_EQ(bytes(WeightFormat::F32, Compute::Exact), 64u * 96 * 4);
    EXPECT_EQ(bytes(WeightFormat::F16, Compute::Exact), 64u * 96 * 2);
    EXPECT_LE(bytes(WeightFormat::F16, Compute::Fast), 64u * 96 / 32 * 34 + 4 * 63); // Q8_0
    EXPECT_EQ(bytes(WeightFormat::Q4_1, Compute::Fast), 64u * 96 / 32 * 20);
    EXPECT_LE(bytes(WeightFormat::Q8_0, Compute::Fast), 64u * 96 / 32 * 34 + 4 * 63);
}

INSTANTIATE_ON_EVERY_PATH(MatmulTest);

} // namespace
} // namespace kernels
