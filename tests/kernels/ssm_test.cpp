#include "backends.h"

#include <gmock/gmock.h>

namespace kernels {
namespace {

using namespace test;

class SsmTest : public BackendTest {
protected:
    /// Rows [first, first + count) of m.
    static Matrix part(const Matrix& m, std::int64_t first, std::int64_t count)
    {
        const auto begin = m.values.begin() + first * m.cols;
        return {count, m.cols, {begin, begin + count * m.cols}};
    }
};

double silu(double v)
{
    return v / (1 + std::exp(-v));
}

TEST_P(SsmTest, ConvolutionMatchesAColumnWorkedByHand)
{
    // Taps 1, 2, 3 over 10 | 1, 2 with bias -20: 10 + ... only the last two of history count.
    const Buffer x = upload(backend(), {2, 1, {1, 2}});
    const Buffer history = upload(backend(), {2, 1, {5, 10}});
    const Buffer weight = upload(backend(), {3, 1, {1, 2, 3}});
    const Buffer y = backend().allocate(DType::F32, 2, 1);
    const std::vector<float> bias = {-20};
    backend().causal_conv(y.view(), x.view(), weight.view(), bias, history.view());
    EXPECT_NEAR(y.view().row<float>(0)[0], silu(5 + 20 + 3 - 20), 1e-5);
    EXPECT_NEAR(y.view().row<float>(1)[0], silu(10 + 2 + 6 - 20), 1e-5);
    EXPECT_EQ(history.view().row<float>(0)[0], 1);
    EXPECT_EQ(history.view().row<float>(1)[0], 2);
}

TEST_P(SsmTest, ConvolutionInPiecesEqualsOne)
{
    for (const std::int64_t channels : {1, 5, 48, 131}) {
        const Matrix x = random_matrix(23, channels, 1);
        const Buffer weight = upload(backend(), random_matrix(4, channels, 2));
        const std::vector<float> bias = floats(random_matrix(1, channels, 3));
        const Buffer whole_history = backend().allocate(DType::F32, 3, channels);
        const Buffer input = upload(backend(), x);
        const Buffer whole = backend().allocate(DType::F32, 23, channels);
        backend()
            .causal_conv(whole.view(), input.view(), weight.view(), bias, whole_history.view());
        const Buffer history = backend().allocate(DType::F32, 3, channels);
        const Buffer pieces = backend().allocate(DType::F32, 23, channels);
        std::int64_t at = 0;
        for (const std::int64_t count : {1, 1, 2, 7, 1, 3, 8}) {
            backend().causal_conv(
                pieces.rows(at, count),
                input.rows(at, count),
                weight.view(),
                bias,
                history.view());
            at += count;
        }
        ASSERT_EQ(at, 23);
        for (std::int64_t t = 0; t < 23; ++t)
            EXPECT_THAT(
                pieces.view().row<float>(t),
                testing::ElementsAreArray(whole.view().row<float>(t)));
        for (std::int64_t j = 0; j < 3; ++j)
            EXPECT_THAT(
                history.view().row<float>(j),
                testing::ElementsAreArray(input.view().row<float>(20 + j)));
    }
}

/// The chunked form of the paper in double: the whole sequence as one chunk.
/// Y_i = sum over j <= i of (C_i B_j) exp(a_i - a_j) delta_j X_j + exp(a_i) (S C_i) + D X_i
struct Scan {
    Matrix y, state;
};
Scan chunked(
    const Matrix& x,
    const Matrix& b,
    const Matrix& c,
    const Matrix& dt,
    const std::vector<float>& dt_bias,
    const std::vector<float>& a_log,
    const std::vector<float>& d,
    const Matrix& before,
    const SsmShape& shape)
{
    Scan out{zeros(x.rows, x.cols), zeros(before.rows, before.cols)};
    for (std::int64_t h = 0; h < shape.heads; ++h) {
        const auto head = static_cast<std::size_t>(h);
        const std::int64_t group = h / (shape.heads / shape.groups) * shape.state;
        std::vector<double> delta, a;
        double total = 0;
        for (std::int64_t t = 0; t < x.rows; ++t) {
            delta.push_back(std::log1p(std::exp(dt(t, h) + double{dt_bias[head]})));
            total += -std::exp(double{a_log[head]}) * delta.back();
            a.push_back(total);
        }
        for (std::int64_t p = h * shape.head_dim; p < (h + 1) * shape.head_dim; ++p) {
            for (std::int64_t i = 0; i < x.rows; ++i) {
                const double at = a[static_cast<std::size_t>(i)];
                double sum = double{d[head]} * x(i, p);
                for (std::int64_t n = 0; n < shape.state; ++n)
                    sum += std::exp(at) * before(p, n) * c(i, group + n);
                for (std::int64_t j = 0; j <= i; ++j) {
                    double cb = 0;
                    for (std::int64_t n = 0; n < shape.state; ++n)
                        cb += c(i, group + n) * b(j, group + n);
                    sum += cb * std::exp(at - a[static_cast<std::size_t>(j)]) *
                           delta[static_cast<std::size_t>(j)] * x(j, p);
                }
                out.y(i, p) = sum;
            }
            for (std::int64_t n = 0; n < shape.state; ++n) {
                out.state(p, n) = std::exp(total) * before(p, n);
                for (std::int64_t j = 0; j < x.rows; ++j)
                    out.state(p, n) += std::exp(total - a[static_cast<std::size_t>(j)]) *
                                       delta[static_cast<std::size_t>(j)] * x(j, p) *
                                       b(j, group + n);
            }
        }
    }
    return out;
}

TEST_P(SsmTest, ScanMatchesTheChunkedFormWithAndWithoutAStartState)
{
    for (const SsmShape& shape :
         {SsmShape{6, 5, 2, 19}, SsmShape{4, 16, 4, 16}, SsmShape{2, 3, 1, 1}}) {
        const std::int64_t width = std::int64_t{shape.heads} * shape.head_dim;
        for (const std::int64_t tokens : {1, 127, 128, 129, 300}) {
            const Matrix x = random_matrix(tokens, width, 1);
            const Matrix b = random_matrix(tokens, std::int64_t{shape.groups} * shape.state, 2);
            const Matrix c = random_matrix(tokens, std::int64_t{shape.groups} * shape.state, 3);
            const Matrix dt = random_matrix(tokens, shape.heads, 4, 2.0);
            // Some steps far below 0.001 and some states that live long: nothing may be clamped.
            std::vector<float> dt_bias = floats(random_matrix(1, shape.heads, 5, 2.0));
            dt_bias[0] = -9.0f;
            const std::vector<float> a_log = floats(random_matrix(1, shape.heads, 6, 1.0));
            const std::vector<float> d = floats(random_matrix(1, shape.heads, 7));
            for (const double start : {0.0, 1.0}) {
                const Matrix before = random_matrix(width, shape.state, 8, start);
                const Scan expected = chunked(x, b, c, dt, dt_bias, a_log, d, before, shape);
                const Buffer state = upload(backend(), before);
                const Buffer in = upload(backend(), x);
                backend().ssm_scan(
                    in.view(),
                    in.view(),
                    upload(backend(), b).view(),
                    upload(backend(), c).view(),
                    upload(backend(), dt).view(),
                    dt_bias,
                    a_log,
                    d,
                    state.view(),
                    shape);
                EXPECT_LT(relative_error(in.view(), expected.y), 1e-5) << tokens;
                EXPECT_LT(relative_error(state.view(), expected.state), 1e-5) << tokens;
            }
        }
    }
}

TEST_P(SsmTest, ScanInPiecesEqualsOneToTheLastBit)
{
    const SsmShape shape{6, 4, 3, 10};
    const Buffer x = upload(backend(), random_matrix(40, 24, 1));
    const Buffer b = upload(backend(), random_matrix(40, 30, 2));
    const Buffer c = upload(backend(), random_matrix(40, 30, 3));
    const Buffer dt = upload(backend(), random_matrix(40, 6, 4));
    const std::vector<float> per_head = floats(random_matrix(1, 6, 5));
    const auto scan = [&](const Buffer& y, const Buffer& state, std::int64_t at, std::int64_t n) {
        backend().ssm_scan(
            y.rows(at, n),
            x.rows(at, n),
            b.rows(at, n),
            c.rows(at, n),
            dt.rows(at, n),
            per_head,
            per_head,
            per_head,
            state.view(),
            shape);
    };
    const Buffer whole = backend().allocate(DType::F32, 40, 24);
    const Buffer whole_state = backend().allocate(DType::F32, 24, 10);
    scan(whole, whole_state, 0, 40);
    const Buffer pieces = backend().allocate(DType::F32, 40, 24);
    const Buffer state = backend().allocate(DType::F32, 24, 10);
    scan(pieces, state, 0, 1);
    scan(pieces, state, 1, 30);
    scan(pieces, state, 31, 9);
    for (std::int64_t t = 0; t < 40; ++t)
        EXPECT_THAT(
            pieces.view().row<float>(t),
            testing::ElementsAreArray(whole.view().row<float>(t)));
    for (std::int64_t r = 0; r < 24; ++r)
        EXPECT_THAT(
            state.view().row<float>(r),
            testing::ElementsAreArray(whole_state.view().row<float>(r)));
}

TEST_P(SsmTest, TheGateComesBeforeANormOfEachGroup)
{
    const Matrix y = random_matrix(3, 48, 1);
    const Matrix gate = random_matrix(3, 48, 2);
    const Matrix weight = random_matrix(1, 48, 3);
    for (const int groups : {1, 2, 8}) {
        const std::int64_t width = 48 / groups;
        Matrix expected = zeros(3, 48);
        for (std::int64_t t = 0; t < 3; ++t)
            for (std::int64_t first = 0; first < 48; first += width) {
                double squares = 0;
                for (std::int64_t i = first; i < first + width; ++i) {
                    expected(t, i) = y(t, i) * silu(gate(t, i));
                    squares += std::pow(expected(t, i), 2);
                }
                for (std::int64_t i = first; i < first + width; ++i)
                    expected(t, i) *=
                        weight(0, i) / std::sqrt(squares / static_cast<double>(width) + 1e-5);
            }
        const Buffer out = upload(backend(), y);
        backend().gated_rms_norm(
            out.view(),
            upload(backend(), gate).view(),
            floats(weight),
            groups,
            1e-5f);
        EXPECT_LT(relative_error(out.view(), expected), 3e-6) << groups;
    }
}

INSTANTIATE_ON_EVERY_PATH(SsmTest);

} // namespace
} // namespace kernels
