#include "weights.h"

#include "kernels/half.h"

#include <gmock/gmock.h>

namespace kernels {
namespace {

using namespace test;

Matrix reference(const Matrix& q, const Matrix& k, const Matrix& v, const AttentionShape& shape)
{
    Matrix y = zeros(q.rows, q.cols);
    for (std::int64_t t = 0; t < q.rows; ++t) {
        for (int h = 0; h < shape.heads; ++h) {
            const std::int64_t at = h * shape.head_dim;
            const std::int64_t kv = h / (shape.heads / shape.kv_heads) * shape.head_dim;
            const std::int64_t keys =
                shape.causal ? std::min(k.rows, shape.first_position + t + 1) : k.rows;
            const std::int64_t hidden =
                shape.window == 0
                    ? 0
                    : std::max<std::int64_t>(0, shape.first_position + t + 1 - shape.window);
            std::vector<double> p(static_cast<std::size_t>(keys));
            double largest = -1e300;
            for (std::int64_t j = hidden; j < keys; ++j) {
                double score = 0;
                for (int d = 0; d < shape.head_dim; ++d) score += q(t, at + d) * k(j, kv + d);
                p[static_cast<std::size_t>(j)] = score * shape.scale;
                largest = std::max(largest, score * shape.scale);
            }
            double sum = 0;
            for (std::int64_t j = 0; j < keys; ++j) {
                double& each = p[static_cast<std::size_t>(j)];
                sum += each = j < hidden ? 0 : std::exp(each - largest);
            }
            for (std::int64_t j = 0; j < keys; ++j) {
                for (int d = 0; d < shape.head_dim; ++d)
                    y(t, at + d) += p[static_cast<std::size_t>(j)] / sum * v(j, kv + d);
            }
        }
    }
    return y;
}

Buffer upload_halves(Backend& backend, Matrix& m)
{
    Buffer buffer = backend.allocate(DType::F16, m.rows, m.cols);
    for (std::int64_t r = 0; r < m.rows; ++r) {
        for (std::int64_t c = 0; c < m.cols; ++c) {
            const std::uint16_t half = float_to_half(static_cast<float>(m(r, c)));
            buffer.view().row<std::uint16_t>(r)[static_cast<std::size_t>(c)] = half;
            m(r, c) = half_to_float(half);
        }
    }
    return buffer;
}

class AttentionTest : public BackendTest {
protected:
    double
    error_of(DType dtype, std::int64_t tokens, std::int64_t keys, const AttentionShape& shape)
    {
        const Matrix q = random_matrix(tokens, shape.heads * shape.head_dim, 1, 2.0);
        Matrix k = random_matrix(keys, shape.kv_heads * shape.head_dim, 2);
        Matrix v = random_matrix(keys, shape.kv_heads * shape.head_dim, 3);
        const Buffer qs = upload(backend(), q);
        const Buffer ks = dtype == DType::F32 ? upload(backend(), k) : upload_halves(backend(), k);
        const Buffer vs = dtype == DType::F32 ? upload(backend(), v) : upload_halves(backend(), v);
        const Buffer y = backend().allocate(DType::F32, tokens, q.cols);
        backend().attention(y.view(), qs.view(), ks.view(), vs.view(), shape);
        return relative_error(y.view(), reference(q, k, v, shape));
    }
};

TEST_P(AttentionTest, MatchesAMixtureWorkedByHand)
{
    // Scores 0 and ln 3: weights 1/4 and 3/4.
    const Buffer q = upload(backend(), {1, 2, {1, 0}});
    const Buffer k = upload(backend(), {2, 2, {0, 5, std::log(3.0), 7}});
    const Buffer v = upload(backend(), {2, 2, {4, 8, 0, 4}});
    const Buffer y = backend().allocate(DType::F32, 1, 2);

    backend().attention(y.view(), q.view(), k.view(), v.view(), {.head_dim = 2});

    EXPECT_NEAR(y.view().row<float>(0)[0], 1.0f, 1e-5);
    EXPECT_NEAR(y.view().row<float>(0)[1], 5.0f, 1e-5);
}

TEST_P(AttentionTest, MatchesTheReferenceWhileDecoding)
{
    for (const DType dtype : {DType::F32, DType::F16}) {
        for (const std::int64_t keys : {1, 2, 17, 127, 128, 129, 1000}) {
            const AttentionShape grouped{9, 3, 64, 0.125f, true, keys - 1};
            EXPECT_LT(error_of(dtype, 1, keys, grouped), 3e-6) << keys;
            const AttentionShape all{2, 2, 32, 0.2f};
            EXPECT_LT(error_of(dtype, 1, keys, all), 3e-6) << keys;
            EXPECT_LT(error_of(dtype, 5, keys, all), 3e-6) << keys; // beams
        }
        EXPECT_LT(error_of(dtype, 3, 200, {4, 2, 64, 0.125f, true, 197}), 3e-6);
        EXPECT_LT(
            error_of(dtype, 3, 131, {4, 2, 64, 0.125f, true, 126}),
            3e-6); // not every query sees the last stretch
        EXPECT_LT(
            error_of(dtype, 1, 50, {3, 1, 20, 0.3f}),
            3e-6); // head_dim that fills no register
    }
}

TEST_P(AttentionTest, FastAttentionRoundsItsInputsAndTheWeights)
{
    struct Case {
        std::int64_t tokens, keys;
        int dim;
    };
    for (const Case& c :
         {Case{8, 1, 80},
          Case{12, 17, 16},
          Case{13, 512, 64},
          Case{48, 513, 80},
          Case{50, 531, 96},
          Case{97, 1100, 80},
          Case{30, 1024, 128},
          Case{9, 40, 112}}) {
        AttentionShape shape{4, 2, c.dim, 1.0f / std::sqrt(static_cast<float>(c.dim))};
        shape.compute = Compute::Fast;
        const Matrix q = rounded_to_bf16(random_matrix(c.tokens, 4 * c.dim, 1, 2.0));
        const Matrix k = rounded_to_bf16(random_matrix(c.keys, 2 * c.dim, 2));
        const Matrix v = rounded_to_bf16(random_matrix(c.keys, 2 * c.dim, 3));
        const Buffer qs = upload(backend(), q), ks = upload(backend(), k),
                     vs = upload(backend(), v);
        const Buffer y = backend().allocate(DType::F32, c.tokens, q.cols);
        backend().attention(y.view(), qs.view(), ks.view(), vs.view(), shape);
        // What is left are the weights, 2^-9 of each.
        const double bound = GetParam().isa == cpu::Isa::Avx512Bf16 ? 3e-3 : 3e-6;
        EXPECT_LT(relative_error(y.view(), reference(q, k, v, shape)), bound)
            << c.tokens << " x " << c.keys << " x " << c.dim;
    }
}

TEST_P(AttentionTest, MatchesTheReferenceOnManyQueries)
{
    for (const DType dtype : {DType::F32, DType::F16}) {
        for (const std::int64_t tokens : {8, 12, 13, 31, 100}) {
            EXPECT_LT(error_of(dtype, tokens, tokens, {6, 2, 64, 0.125f, true, 0}), 3e-6) << tokens;
            EXPECT_LT(error_of(dtype, tokens, tokens + 57, {3, 3, 32, 0.2f, true, 57}), 3e-6)
                << tokens;
            EXPECT_LT(error_of(dtype, tokens, 257, {2, 2, 64, 0.125f}), 3e-6) << tokens;
        }
        EXPECT_LT(error_of(dtype, 20, 33, {2, 1, 20, 0.3f}), 3e-6);
        EXPECT_LT(error_of(dtype, 9, 1, {2, 1, 40, 0.3f}), 3e-6);
    }
}

TEST_P(AttentionTest, AWindowHidesWhatLiesBeforeIt)
{
    for (const DType dtype : {DType::F32, DType::F16}) {
        for (const std::int64_t window : {1, 5, 63, 64, 65, 130, 1000}) {
            AttentionShape shape{6, 2, 32, 0.2f, true, 0, window};
            for (const std::int64_t tokens : {1, 3, 7, 8, 13, 100}) {
                for (const std::int64_t before : {0, 1, 63, 64, 200}) {
                    shape.first_position = before;
                    EXPECT_LT(error_of(dtype, tokens, before + tokens, shape), 3e-6)
                        << window << " " << tokens << " behind " << before;
                }
            }
        }
    }
}

TEST_P(AttentionTest, StaysFiniteForLargeScores)
{
    const Buffer q = upload(backend(), {1, 16, std::vector<double>(16, 100.0)});
    Matrix keys = zeros(40, 16);
    for (std::int64_t d = 0; d < 16; ++d) keys(7, d) = 50.0;
    const Buffer k = upload(backend(), keys);
    const Buffer v = upload(backend(), keys);
    const Buffer y = backend().allocate(DType::F32, 1, 16);
    backend().attention(y.view(), q.view(), k.view(), v.view(), {.head_dim = 16});
    EXPECT_THAT(y.view().row<float>(0), testing::Each(50.0f));
}

TEST_P(AttentionTest, WeightsOfOneHeadMatchTheReference)
{
    for (const DType dtype : {DType::F32, DType::F16}) {
        const Matrix q = random_matrix(7, 96, 1);
        Matrix k = random_matrix(131, 96, 2);
        const Buffer qs = upload(backend(), q);
        const Buffer ks = dtype == DType::F32 ? upload(backend(), k) : upload_halves(backend(), k);
        const Buffer weights = backend().allocate(DType::F32, 7, 131);

        backend().attention_weights(weights.view(), qs.view(), ks.view(), 2, 32, 0.2f);

        Matrix expected = zeros(7, 131);
        for (std::int64_t t = 0; t < 7; ++t) {
            double sum = 0;
            for (std::int64_t j = 0; j < 131; ++j) {
                double score = 0;
                for (std::int64_t d = 64; d < 96; ++d) score += q(t, d) * k(j, d);
                sum += expected(t, j) = std::exp(score * 0.2);
            }
            for (std::int64_t j = 0; j < 131; ++j) expected(t, j) /= sum;
        }
        EXPECT_LT(relative_error(weights.view(), expected), 3e-6);
    }
}

TEST_P(AttentionTest, ResultsDoNotDependOnThreads)
{
    CpuBackend alone(GetParam().isa, 1);
    for (const std::int64_t tokens : {1, 40}) {
        const AttentionShape shape{6, 2, 64, 0.125f, true, 700 - tokens};
        const Buffer q = upload(backend(), random_matrix(tokens, 384, 1));
        const Buffer k = upload(backend(), random_matrix(700, 128, 2));
        const Buffer v = upload(backend(), random_matrix(700, 128, 3));
        const Buffer one = backend().allocate(DType::F32, tokens, 384);
        const Buffer two = backend().allocate(DType::F32, tokens, 384);
        alone.attention(one.view(), q.view(), k.view(), v.view(), shape);
        backend().attention(two.view(), q.view(), k.view(), v.view(), shape);
        for (std::int64_t t = 0; t < tokens; ++t) {
            EXPECT_THAT(
                one.view().row<float>(t),
                testing::ElementsAreArray(two.view().row<float>(t)));
        }
    }
}

INSTANTIATE_ON_EVERY_PATH(AttentionTest);

} // namespace
} // namespace kernels
