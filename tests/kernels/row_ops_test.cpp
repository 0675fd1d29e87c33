#include "weights.h"

#include <gmock/gmock.h>

namespace kernels {
namespace {

using namespace test;

constexpr std::int64_t kWidths[] = {1, 2, 15, 16, 31, 257, 576, 1000, 4097};

class RowOpsTest : public BackendTest {};

TEST_P(RowOpsTest, RmsNormMatchesARowWorkedByHand)
{
    const Buffer x = upload(backend(), {1, 4, {1, 2, 3, 4}}); // mean of squares 7.5, scale 0.365148
    const std::vector<float> weight = {1, 1, 1, 2};
    backend().rms_norm(x.view(), x.view(), weight, 0.0f);
    EXPECT_THAT(
        x.view().row<float>(0),
        testing::Pointwise(
            testing::FloatNear(1e-5f),
            {0.365148f, 0.730297f, 1.095445f, 2.921187f}));
}

TEST_P(RowOpsTest, NormsMatchTheReferenceOnOddWidths)
{
    for (const std::int64_t width : kWidths) {
        const Matrix x = random_matrix(3, width, 1, 3.0);
        const Matrix gain = random_matrix(1, width, 2);
        const Matrix shift = random_matrix(1, width, 3);
        Matrix rms = zeros(3, width);
        Matrix layer = zeros(3, width);
        for (std::int64_t r = 0; r < 3; ++r) {
            double sum = 0;
            double squares = 0;
            for (std::int64_t c = 0; c < width; ++c) sum += x(r, c), squares += x(r, c) * x(r, c);
            const double n = static_cast<double>(width);
            double variance = 0;
            for (std::int64_t c = 0; c < width; ++c) variance += std::pow(x(r, c) - sum / n, 2) / n;
            for (std::int64_t c = 0; c < width; ++c) {
                rms(r, c) = x(r, c) / std::sqrt(squares / n + 1e-5) * gain(0, c);
                layer(r, c) =
                    (x(r, c) - sum / n) / std::sqrt(variance + 1e-5) * gain(0, c) + shift(0, c);
            }
        }
        const Buffer input = upload(backend(), x);
        const Buffer y = backend().allocate(DType::F32, 3, width);
        backend().rms_norm(y.view(), input.view(), floats(gain), 1e-5f);
        EXPECT_LT(relative_error(y.view(), rms), 3e-6) << width;
        backend().layer_norm(y.view(), input.view(), floats(gain), floats(shift), 1e-5f);
        EXPECT_LT(relative_error(y.view(), layer), 3e-6) << width;
    }
}

TEST_P(RowOpsTest, SoftmaxAndElementwiseMatchTheReference)
{
    for (const std::int64_t width : kWidths) {
        const Matrix x = random_matrix(2, width, 1, 5.0);
        const Matrix other = random_matrix(2, width, 2, 5.0);
        Matrix soft = x;
        Matrix gated = x;
        Matrix sum = x;
        for (std::int64_t r = 0; r < 2; ++r) {
            double total = 0;
            for (std::int64_t c = 0; c < width; ++c) total += soft(r, c) = std::exp(0.7f * x(r, c));
            for (std::int64_t c = 0; c < width; ++c) {
                soft(r, c) /= total;
                gated(r, c) = x(r, c) / (1 + std::exp(-x(r, c))) * other(r, c);
                sum(r, c) = x(r, c) + other(r, c);
            }
        }
        const Buffer y = upload(backend(), x);
        backend().softmax(y.view(), 0.7f);
        EXPECT_LT(relative_error(y.view(), soft), 3e-6) << width;
        const Buffer a = upload(backend(), x);
        const Buffer b = upload(backend(), other);
        backend().silu_multiply(y.view(), a.view(), b.view());
        EXPECT_LT(relative_error(y.view(), gated), 3e-6) << width;
        backend().add(a.view(), b.view());
        EXPECT_LT(relative_error(a.view(), sum), 1e-6) << width;
    }
}

TEST_P(RowOpsTest, GeluMultiplyHoldsOverTheWholeRange)
{
    const std::int64_t n = 4'003;
    Matrix x = zeros(1, n);
    for (std::int64_t i = 0; i < n; ++i) x(0, i) = static_cast<float>(i - 2'000) * 0.01f;
    const Matrix up = random_matrix(1, n, 4);
    const Buffer gate = upload(backend(), x);
    backend().gelu_multiply(gate.view(), gate.view(), upload(backend(), up).view());
    for (std::int64_t i = 0; i < n; ++i) {
        const double v = x(0, i);
        const double expected =
            v / 2 * (1 + std::tanh(std::sqrt(2 / 3.14159265358979) * (v + 0.044715 * v * v * v)));
        EXPECT_NEAR(
            gate.view().row<float>(0)[static_cast<std::size_t>(i)],
            expected * up(0, i),
            1e-6 * std::max(1.0, std::abs(v * up(0, i))))
            << v;
    }
}

TEST_P(RowOpsTest, FunctionsHoldOverTheWholeRange)
{
    // Through a 1 x 1 identity, so that the activation is all there is.
    const float one = 1.0f;
    const auto identity = backend().load_weight(
        {reinterpret_cast<const std::byte*>(&one), WeightFormat::F32, 1, 1},
        Compute::Exact);
    const std::int64_t n = 40'001;
    Matrix x = zeros(n, 1);
    for (std::int64_t i = 0; i < n; ++i)
        x(i, 0) = static_cast<float>(static_cast<double>(i - 20'000) * 1e-3 * (i % 7 == 0 ? 5 : 1));
    const Buffer input = upload(backend(), x);
    const Buffer y = backend().allocate(DType::F32, n, 1);
    for (const Activation activation : {Activation::GeluErf, Activation::Silu}) {
        const MatmulOutput output{
            .y = y.view(),
            .weight = identity.get(),
            .activation = activation};
        backend().matmul({&output, 1}, input.view());
        double worst = 0;
        for (std::int64_t i = 0; i < n; ++i) {
            const double v = x(i, 0);
            const double expected = activation == Activation::Silu
                                        ? v / (1 + std::exp(-v))
                                        : v / 2 * std::erfc(-v / std::sqrt(2.0));
            worst = std::max(
                worst,
                std::abs(y.view().row<float>(i)[0] - expected) / std::max(1.0, std::abs(v)));
        }
        EXPECT_LT(worst, 4e-7) << static_cast<int>(activation);
    }
}

TEST_P(RowOpsTest, RopeTurnsPairsByTheirPosition)
{
    // Position 3, base 10000, head_dim 4: angles 3 and 0.03.
    for (const RopeStyle style : {RopeStyle::Interleaved, RopeStyle::Halves}) {
        const Buffer x =
            upload(backend(), {2, 8, {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8}});
        const std::vector<std::int32_t> positions = {3, 0};
        backend().rope(x.view(), x.view(), positions, rope_frequencies(4, 1e4), style);
        const bool pairs = style == RopeStyle::Interleaved;
        const auto row = x.view().row<float>(0);
        const double a = 5;
        const double b = pairs ? 6 : 7;
        EXPECT_NEAR(row[4], a * std::cos(3) - b * std::sin(3), 1e-5);
        EXPECT_NEAR(row[pairs ? 5 : 6], a * std::sin(3) + b * std::cos(3), 1e-5);
        const double c = pairs ? 7 : 6;
        EXPECT_NEAR(row[pairs ? 6 : 5], c * std::cos(0.03) - 8 * std::sin(0.03), 1e-5);
        EXPECT_NEAR(row[7], c * std::sin(0.03) + 8 * std::cos(0.03), 1e-5);
        EXPECT_THAT(x.view().row<float>(1), testing::ElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
    }
}

TEST_P(RowOpsTest, RopeRemembersTheAnglesOfTwoKindsOfLayers)
{
    const std::vector<std::int32_t> positions = {5, 9};
    for (const double base : {10.0, 1e4, 1e6, 10.0, 1e6, 1e4}) {
        const Buffer x = upload(backend(), {2, 4, {1, 0, 1, 0, 1, 0, 1, 0}});
        backend()
            .rope(x.view(), x.view(), positions, rope_frequencies(4, base), RopeStyle::Interleaved);
        EXPECT_NEAR(x.view().row<float>(1)[2], std::cos(9 / std::sqrt(base)), 1e-6) << base;
        EXPECT_NEAR(x.view().row<float>(0)[3], std::sin(5 / std::sqrt(base)), 1e-6) << base;
    }
}

TEST_P(RowOpsTest, RopeWritesHalvesIntoACacheRow)
{
    const Buffer x = upload(backend(), random_matrix(1, 128, 1));
    const Buffer floats_row = backend().allocate(DType::F32, 1, 128);
    const Buffer cache = backend().allocate(DType::F16, 3, 128);
    const std::vector<std::int32_t> positions = {100};
    const auto frequencies = rope_frequencies(64, 1e5);
    backend().rope(floats_row.view(), x.view(), positions, frequencies, RopeStyle::Interleaved);
    backend().rope(cache.rows(1, 1), x.view(), positions, frequencies, RopeStyle::Interleaved);
    for (std::size_t i = 0; i < 128; ++i) {
        EXPECT_EQ(
            cache.view().row<std::uint16_t>(1)[i],
            float_to_half(floats_row.view().row<float>(0)[i]));
        EXPECT_EQ(cache.view().row<std::uint16_t>(2)[i], 0);
    }
}

TEST_P(RowOpsTest, EmbeddingReadsRowsOfEveryFormat)
{
    for (const WeightFormat format :
         {WeightFormat::F32,
          WeightFormat::F16,
          WeightFormat::BF16,
          WeightFormat::Q4_1,
          WeightFormat::Q8_0,
          WeightFormat::F8E4M3,
          WeightFormat::NVFP4}) {
        const FileWeight file = make_weight(format, 37, 64, 3);
        const auto packed = backend().load_weight(file.view, Compute::Exact);
        const auto table = backend().use_in_place(file.view);
        EXPECT_TRUE(table->refers_to_source());
        EXPECT_EQ(table->size_bytes(), 0u);
        const std::vector<std::int32_t> ids = {36, 0, 17, 17};
        Matrix expected = zeros(4, 64);
        for (std::int64_t t = 0; t < 4; ++t) {
            for (std::int64_t c = 0; c < 64; ++c)
                expected(t, c) = file.values(ids[static_cast<std::size_t>(t)], c);
        }
        const Buffer y = backend().allocate(DType::F32, 4, 64);
        for (const LoadedWeight* each : {packed.get(), table.get()}) {
            backend().embedding(y.view(), *each, ids);
            EXPECT_LT(relative_error(y.view(), expected), 1e-7) << name(format);
        }
    }
}

TEST_P(RowOpsTest, ConvolutionMatchesTheReference)
{
    struct Case {
        std::int64_t time, in, out;
        int width, stride, padding;
    };
    for (const Case& c :
         {Case{7, 3, 5, 3, 1, 1},
          Case{400, 80, 33, 3, 2, 1},
          Case{640, 1, 258, 256, 128, 0},
          Case{1, 4, 2, 3, 1, 1}}) {
        const FileWeight weight = make_weight(WeightFormat::F16, c.out, c.in * c.width, 1);
        const auto loaded = backend().load_weight(weight.view, Compute::Exact);
        const Matrix x = random_matrix(c.time, c.in, 2);
        const Matrix bias = random_matrix(1, c.out, 3);
        const std::int64_t steps = (c.time + 2 * c.padding - c.width) / c.stride + 1;
        Matrix expected = zeros(steps, c.out);
        for (std::int64_t t = 0; t < steps; ++t) {
            for (std::int64_t o = 0; o < c.out; ++o) {
                expected(t, o) = bias(0, o);
                for (std::int64_t k = 0; k < c.width; ++k) {
                    const std::int64_t from = t * c.stride + k - c.padding;
                    if (from < 0 || from >= c.time) continue;
                    for (std::int64_t i = 0; i < c.in; ++i)
                        expected(t, o) += x(from, i) * weight.values(o, i * c.width + k);
                }
                expected(t, o) = std::max(expected(t, o), 0.0);
            }
        }
        const Buffer input = upload(backend(), x);
        const Buffer y = backend().allocate(DType::F32, steps, c.out);
        backend().conv1d(
            y.view(),
            input.view(),
            *loaded,
            floats(bias),
            c.width,
            c.stride,
            c.padding,
            Activation::Relu);
        EXPECT_LT(relative_error(y.view(), expected), 3e-6) << c.time;
    }
}

INSTANTIATE_ON_EVERY_PATH(RowOpsTest);

TEST(Half, ConvertsEveryHalfThereAndBack)
{
    for (std::uint32_t h = 0; h < 0x10000; ++h) {
        const auto half = static_cast<std::uint16_t>(h);
        const float value = half_to_float(half);
        if (std::isnan(value)) {
            EXPECT_TRUE(std::isnan(half_to_float(float_to_half(value))));
        } else {
            ASSERT_EQ(float_to_half(value), half) << h;
        }
    }
    EXPECT_EQ(half_to_float(0x3c00), 1.0f);
    EXPECT_EQ(half_to_float(0x0001), 0x1p-24f);
    EXPECT_EQ(half_to_float(0xfbff), -65504.0f);
    EXPECT_EQ(float_to_half(65520.0f), 0x7c00);        // rounds to infinity
    EXPECT_EQ(float_to_half(1.0f + 0x1p-11f), 0x3c00); // a tie goes to even
    EXPECT_EQ(float_to_half(0x1p-25f), 0);
}

} // namespace
} // namespace kernels
