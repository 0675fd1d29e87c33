#include "kernels/small_floats.h"
#include "weights.h"

#include <bit>

namespace kernels {
namespace {

using namespace test;

constexpr WeightFormat kFormats[] = {
    WeightFormat::F32,
    WeightFormat::F16,
    WeightFormat::BF16,
    WeightFormat::F8E4M3,
    WeightFormat::NVFP4};

class InPlaceTest : public BackendTest {};

TEST_P(InPlaceTest, ProductsMatchTheReferenceForEveryFormatAndNumberOfTokens)
{
    struct Case {
        std::int64_t tokens, rows, cols;
    };
    for (const WeightFormat format : kFormats) {
        for (const Case& c :
             {Case{1, 1, 16},
              Case{1, 37, 176},
              Case{2, 16, 48},
              Case{5, 19, 80},
              Case{11, 33, 272},
              Case{12, 33, 272},
              Case{49, 7, 1856},
              Case{131, 50, 96}}) {
            const FileWeight file = make_weight(format, c.rows, c.cols, 5);
            const auto weight = backend().use_in_place(file.view);
            const Matrix x = random_matrix(c.tokens, c.cols, 6);
            const Buffer input = upload(backend(), x);
            const Buffer y = backend().allocate(DType::F32, c.tokens, c.rows);
            const MatmulOutput output{.y = y.view(), .weight = weight.get()};
            backend().matmul({&output, 1}, input.view());
            EXPECT_LT(relative_error(y.view(), product(x, file.values)), 3e-6)
                << name(format) << " " << c.tokens << " x " << c.rows << " x " << c.cols;
        }
    }
}

TEST_P(InPlaceTest, FastProductsRoundTheActivationsAndNothingElse)
{
    struct Case {
        std::int64_t tokens, rows, cols;
    };
    const bool rounds = GetParam().isa == cpu::Isa::Avx512Bf16;
    for (const WeightFormat format : kFormats) {
        const bool is_exact = format == WeightFormat::F32 || format == WeightFormat::F16;
        for (const Case& c :
             {Case{1, 1, 16},
              Case{1, 37, 176},
              Case{1, 16, 1856},
              Case{2, 16, 48},
              Case{3, 17, 128},
              Case{4, 16, 640},
              Case{5, 19, 80},
              Case{11, 33, 272},
              Case{12, 33, 272},
              Case{49, 7, 1856},
              Case{131, 50, 96}}) {
            const FileWeight file = make_weight(format, c.rows, c.cols, 5);
            const auto weight = backend().use_in_place(file.view, Compute::Fast);
            const Matrix x = random_matrix(c.tokens, c.cols, 6);
            const Buffer input = upload(backend(), x);
            const Buffer y = backend().allocate(DType::F32, c.tokens, c.rows);
            const MatmulOutput output{.y = y.view(), .weight = weight.get()};
            backend().matmul({&output, 1}, input.view());
            const Matrix seen = rounds && !is_exact ? rounded_to_bf16(x) : x;
            EXPECT_LT(relative_error(y.view(), product(seen, file.values)), 3e-6)
                << name(format) << " " << c.tokens << " x " << c.rows << " x " << c.cols;
        }
    }
}

TEST_P(InPlaceTest, RowsThatNoRegisterFillsAreWholeAndTouchNothingBehind)
{
    for (const WeightFormat format : kFormats) {
        if (format == WeightFormat::NVFP4) continue; // rows are blocks of 16
        for (const std::int64_t cols : {1, 3, 7, 15, 17, 31}) {
            FileWeight file = make_weight(format, 3, cols, 7);
            file.bytes.shrink_to_fit(); // a read beyond is one for the sanitizer
            file.view.data = file.bytes.data() + 1;
            const Matrix x = random_matrix(2, cols, 8);
            const Buffer input = upload(backend(), x);
            const Buffer y = backend().allocate(DType::F32, 2, 3);
            for (const Compute compute : {Compute::Exact, Compute::Fast}) {
                const auto weight = backend().use_in_place(file.view, compute);
                const MatmulOutput output{.y = y.view(), .weight = weight.get()};
                backend().matmul({&output, 1}, input.view());
                const bool rounds = compute == Compute::Fast;
                EXPECT_LT(relative_error(y.view(), product(x, file.values)), rounds ? 1e-2 : 3e-6)
                    << name(format) << " " << cols;
            }
        }
    }
}

TEST_P(InPlaceTest, SumsDoNotDependOnHowManyTokensAreComputedTogether)
{
    constexpr std::int64_t kCols = 1616; // more than a tile takes at a time, not whole groups
    for (const WeightFormat format : kFormats) {
        for (const Compute compute : {Compute::Exact, Compute::Fast}) {
            const FileWeight file = make_weight(format, 21, kCols, 9);
            const auto weight = backend().use_in_place(file.view, compute);
            const Buffer x = upload(backend(), random_matrix(100, kCols, 10));
            const Buffer together = backend().allocate(DType::F32, 100, 21);
            const MatmulOutput all{.y = together.view(), .weight = weight.get()};
            backend().matmul({&all, 1}, x.view());
            const Buffer alone = backend().allocate(DType::F32, 1, 21);
            const MatmulOutput one{.y = alone.view(), .weight = weight.get()};
            for (std::int64_t t = 0; t < 100; ++t) {
                backend().matmul({&one, 1}, x.rows(t, 1));
                for (std::size_t r = 0; r < 21; ++r)
                    ASSERT_EQ(alone.view().row<float>(0)[r], together.view().row<float>(t)[r])
                        << name(format) << " token " << t << " row " << r;
            }
        }
    }
}

TEST_P(InPlaceTest, GroupsMixStoredAndPackedWeightsWithBiasActivationAndSum)
{
    const FileWeight stored = make_weight(WeightFormat::F8E4M3, 18, 64, 1);
    const FileWeight packed = make_weight(WeightFormat::F16, 9, 64, 2);
    const auto first = backend().use_in_place(stored.view);
    const auto second = backend().load_weight(packed.view, Compute::Exact);
    const Matrix x = random_matrix(3, 64, 3);
    const Matrix bias = random_matrix(1, 18, 4);
    const std::vector<float> shift = floats(bias);
    Matrix expected = product(x, stored.values);
    for (std::int64_t t = 0; t < 3; ++t)
        for (std::int64_t r = 0; r < 18; ++r)
            expected(t, r) = 1.0 + std::pow(std::max(expected(t, r) + bias(0, r), 0.0), 2);
    Matrix ones = zeros(3, 18);
    for (double& v : ones.values) v = 1.0;
    const Buffer input = upload(backend(), x);
    const Buffer a = upload(backend(), ones);
    const Buffer b = backend().allocate(DType::F32, 3, 9);
    const std::vector<MatmulOutput> outputs = {
        {.y = a.view(),
         .weight = first.get(),
         .bias = shift,
         .activation = Activation::ReluSquared,
         .add_to_y = true},
        {.y = b.view(), .weight = second.get()}};
    backend().matmul(outputs, input.view());
    EXPECT_LT(relative_error(a.view(), expected), 5e-6);
    EXPECT_LT(relative_error(b.view(), product(x, packed.values)), 3e-6);
}

TEST_P(InPlaceTest, SmallFloatsStayWhereTheyAreWhenLoaded)
{
    for (const WeightFormat format : {WeightFormat::F8E4M3, WeightFormat::NVFP4}) {
        const FileWeight file = make_weight(format, 4, 32, 1);
        for (const Compute compute : {Compute::Exact, Compute::Fast}) {
            const auto weight = backend().load_weight(file.view, compute);
            EXPECT_TRUE(weight->refers_to_source());
            EXPECT_EQ(weight->size_bytes(), 0u);
        }
    }
}

TEST_P(InPlaceTest, EveryCodeOfASmallFloatIsExact)
{
    // All 256 codes as one column each, times the identity.
    std::vector<std::byte> codes(256);
    for (std::size_t i = 0; i < 256; ++i) codes[i] = static_cast<std::byte>(i);
    const Weight stored{codes.data(), WeightFormat::F8E4M3, 1, 256};
    Matrix identity = zeros(256, 256);
    for (std::int64_t i = 0; i < 256; ++i) identity(i, i) = 1;
    const Buffer x = upload(backend(), identity);
    const Buffer y = backend().allocate(DType::F32, 256, 1);
    for (const Compute compute : {Compute::Exact, Compute::Fast}) {
        const auto weight = backend().use_in_place(stored, compute);
        const MatmulOutput output{.y = y.view(), .weight = weight.get()};
        backend().matmul({&output, 1}, x.view());
        for (std::int64_t i = 0; i < 256; ++i)
            EXPECT_EQ(y.view().row<float>(i)[0], e4m3_to_float(static_cast<std::uint8_t>(i))) << i;
    }
}

INSTANTIATE_ON_EVERY_PATH(InPlaceTest);

TEST(SmallFloats, AreWhatTheirFormatsSay)
{
    EXPECT_EQ(e4m3_to_float(0x7e), 448.0f);
    EXPECT_EQ(e4m3_to_float(0xfe), -448.0f);
    EXPECT_EQ(e4m3_to_float(0x5a), 20.0f);
    EXPECT_EQ(e4m3_to_float(0x01), 0x1p-9f);
    EXPECT_EQ(e4m3_to_float(0x07), 7 * 0x1p-9f);
    EXPECT_EQ(e4m3_to_float(0x08), 0x1p-6f);
    EXPECT_TRUE(std::signbit(e4m3_to_float(0x80)));
    for (std::uint32_t code = 0; code < 256; ++code) { // from the fields of the format
        const int exponent = static_cast<int>(code >> 3 & 15);
        const double fraction = (code & 7) / 8.0;
        const double magnitude =
            exponent == 0 ? std::ldexp(fraction, -6) : std::ldexp(1 + fraction, exponent - 7);
        EXPECT_EQ(kE4m3[code], (code & 128) != 0 ? -magnitude : magnitude) << code;
    }
    // The example of NVFP4: byte 0x2a, block scale 20, 0.0005 for the matrix.
    const std::byte bytes[8] = {std::byte{0x2a}, std::byte{0xf7}};
    const std::byte scale{0x5a};
    Weight weight{bytes, WeightFormat::NVFP4, 1, 16};
    weight.block_scales = &scale;
    weight.scale = 0.0005f;
    CpuBackend backend(cpu::Isa::Scalar, 1);
    const auto table = backend.use_in_place(weight);
    const Buffer y = backend.allocate(DType::F32, 1, 16);
    const std::int32_t id = 0;
    backend.embedding(y.view(), *table, {&id, 1});
    EXPECT_FLOAT_EQ(y.view().row<float>(0)[0], -0.01f);
    EXPECT_FLOAT_EQ(y.view().row<float>(0)[1], 0.01f);
    EXPECT_FLOAT_EQ(y.view().row<float>(0)[2], 0.06f);
    EXPECT_FLOAT_EQ(y.view().row<float>(0)[3], -0.06f);
}

} // namespace
} // namespace kernels
