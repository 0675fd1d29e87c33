// The ops that Conformer layers need beside those of every transformer.
#include "backends.h"

namespace kernels {
namespace {

using namespace test;

class ConformerOpsTest : public BackendTest {};

double sigmoid(double v)
{
    return 1 / (1 + std::exp(-v));
}

TEST_P(ConformerOpsTest, ASequenceConvolvedByHand)
{
    // Two channels, taps 1 2 3 and 0 1 0 over 1 2 3 and 10 20 30, zeros around.
    const Buffer x = upload(backend(), {3, 2, {1, 10, 2, 20, 3, 30}});
    const Buffer weight = upload(backend(), {3, 2, {1, 0, 2, 1, 3, 0}});
    const Buffer y = backend().allocate(DType::F32, 3, 2);
    const std::vector<float> bias = {0.5f, -1.0f};
    const DepthwiseShape shape{.taps_down = 3, .padding_down = 1};
    backend().depthwise_conv(y.view(), x.view(), weight.view(), bias, shape, Activation::None);
    const Matrix expected{3, 2, {8.5, 9, 14.5, 19, 8.5, 29}};
    EXPECT_LT(relative_error(y.view(), expected), 1e-6);
}

TEST_P(ConformerOpsTest, ImagesOfOddSizesMatchTheSumsInDouble)
{
    struct Case {
        std::int64_t height, channels;
        DepthwiseShape shape;
    };
    for (const Case& each :
         {Case{7, 5, {9, 3, 3, 2, 1, 1}},
          Case{8, 16, {10, 3, 3, 2, 1, 1}},
          Case{1, 1, {1, 3, 3, 2, 1, 1}},
          Case{40, 33, {1, 9, 1, 1, 4, 0}},
          Case{3, 7, {1, 9, 1, 1, 4, 0}},
          Case{6, 40, {5, 2, 4, 3, 0, 2}}}) {
        const DepthwiseShape& s = each.shape;
        const Matrix x = random_matrix(each.height * s.width, each.channels, 1);
        const Matrix weight = random_matrix(s.taps_down * s.taps_across, each.channels, 2);
        const Matrix bias = random_matrix(1, each.channels, 3);
        const std::int64_t down = (each.height + 2 * s.padding_down - s.taps_down) / s.stride + 1;
        const std::int64_t across = (s.width + 2 * s.padding_across - s.taps_across) / s.stride + 1;
        for (const Activation activation : {Activation::None, Activation::Silu}) {
            Matrix expected = zeros(down * across, each.channels);
            for (std::int64_t r = 0; r < expected.rows; ++r)
                for (std::int64_t c = 0; c < each.channels; ++c) {
                    double sum = bias(0, c);
                    for (int a = 0; a < s.taps_down; ++a)
                        for (int b = 0; b < s.taps_across; ++b) {
                            const std::int64_t t = r / across * s.stride + a - s.padding_down;
                            const std::int64_t i = r % across * s.stride + b - s.padding_across;
                            if (t < 0 || t >= each.height || i < 0 || i >= s.width) continue;
                            sum += weight(a * s.taps_across + b, c) * x(t * s.width + i, c);
                        }
                    expected(r, c) = activation == Activation::Silu ? sum * sigmoid(sum) : sum;
                }
            const Buffer y = backend().allocate(DType::F32, expected.rows, expected.cols);
            backend().depthwise_conv(
                y.view(),
                upload(backend(), x).view(),
                upload(backend(), weight).view(),
                floats(bias),
                s,
                activation);
            EXPECT_LT(relative_error(y.view(), expected), 2e-6) << each.height;
        }
    }
}

TEST_P(ConformerOpsTest, AGateIsItsOwnOutput)
{
    for (const std::int64_t width : {1, 7, 16, 100}) {
        const Matrix gate = random_matrix(5, width, 1, 4.0);
        const Matrix x = random_matrix(5, width, 2);
        Matrix expected = zeros(5, width);
        for (std::int64_t r = 0; r < 5; ++r)
            for (std::int64_t c = 0; c < width; ++c) expected(r, c) = x(r, c) * sigmoid(gate(r, c));
        const Buffer y = upload(backend(), gate);
        backend().sigmoid_multiply(y.view(), y.view(), upload(backend(), x).view());
        EXPECT_LT(relative_error(y.view(), expected), 3e-6) << width;
    }
}

TEST_P(ConformerOpsTest, RelativeAttentionWorkedByHand)
{
    // Two tokens, one channel, q = k = 0: scores are position_bias * r, rows for +1, 0, -1 tokens
    // before. Token 0 sees r[1], r[2] = 0, ln 3; token 1 sees r[0], r[1] = ln 4, 0.
    const Buffer zero = backend().allocate(DType::F32, 2, 1);
    const Buffer r = upload(backend(), {3, 1, {std::log(4.0), 0, std::log(3.0)}});
    const Buffer v = upload(backend(), {2, 1, {10, 20}});
    const Buffer y = backend().allocate(DType::F32, 2, 1);
    const std::vector<float> none = {0.0f}, one = {1.0f};
    const auto z = zero.view();
    backend().relative_attention(y.view(), z, z, v.view(), r.view(), none, one, 1, 1.0f);
    const Matrix expected{2, 1, {10 * 0.25 + 20 * 0.75, 10 * 0.8 + 20 * 0.2}};
    EXPECT_LT(relative_error(y.view(), expected), 1e-6);
}

TEST_P(ConformerOpsTest, RelativeAttentionMatchesTheSumsInDouble)
{
    for (const std::int64_t tokens : {1, 2, 13, 48, 97}) {
        const int heads = 3, dim = tokens == 13 ? 8 : 20;
        const std::int64_t width = std::int64_t{heads} * dim;
        const Matrix q = random_matrix(tokens, width, 1), k = random_matrix(tokens, width, 2);
        const Matrix v = random_matrix(tokens, width, 3);
        const Matrix r = random_matrix(2 * tokens - 1, width, 4);
        const Matrix u = random_matrix(1, width, 5), w = random_matrix(1, width, 6);
        const double scale = 1 / std::sqrt(dim);
        Matrix expected = zeros(tokens, width);
        for (std::int64_t at = 0; at < width; at += dim)
            for (std::int64_t i = 0; i < tokens; ++i) {
                std::vector<double> p;
                double total = 0;
                for (std::int64_t j = 0; j < tokens; ++j) {
                    double score = 0;
                    for (std::int64_t d = at; d < at + dim; ++d)
                        score += (q(i, d) + u(0, d)) * k(j, d) +
                                 (q(i, d) + w(0, d)) * r(tokens - 1 - i + j, d);
                    p.push_back(std::exp(score * scale));
                    total += p.back();
                }
                for (std::int64_t j = 0; j < tokens; ++j)
                    for (std::int64_t d = at; d < at + dim; ++d)
                        expected(i, d) += p[static_cast<std::size_t>(j)] / total * v(j, d);
            }
        const Buffer y = backend().allocate(DType::F32, tokens, width);
        backend().relative_attention(
            y.view(),
            upload(backend(), q).view(),
            upload(backend(), k).view(),
            upload(backend(), v).view(),
            upload(backend(), r).view(),
            floats(u),
            floats(w),
            dim,
            static_cast<float>(scale));
        EXPECT_LT(relative_error(y.view(), expected), 3e-6) << tokens;
    }
}

INSTANTIATE_ON_EVERY_PATH(ConformerOpsTest);

} // namespace
} // namespace kernels
