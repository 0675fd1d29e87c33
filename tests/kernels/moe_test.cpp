#include "weights.h"

#include <gmock/gmock.h>

namespace kernels {
namespace {

using namespace test;
using testing::ElementsAre;

class MoeTest : public BackendTest {};

TEST_P(MoeTest, TheBiasChoosesAndDoesNotWeigh)
{
    // Scores 0.5, 0.7311, 0.2689, 0.8808; the bias lifts the third above the second.
    const Buffer logits = upload(backend(), {1, 4, {0, 1, -1, 2}});
    const std::vector<float> bias = {0, 0, 0.6f, 0};
    const Buffer ids = backend().allocate(DType::I32, 1, 2);
    const Buffer weights = backend().allocate(DType::F32, 1, 2);
    backend().route_experts(ids.view(), weights.view(), logits.view(), bias, true, 2.5f);
    EXPECT_THAT(ids.view().row<std::int32_t>(0), ElementsAre(2, 3));
    const double a = 1 / (1 + std::exp(1.0)), b = 1 / (1 + std::exp(-2.0));
    EXPECT_NEAR(weights.view().row<float>(0)[0], 2.5 * a / (a + b), 1e-6);
    EXPECT_NEAR(weights.view().row<float>(0)[1], 2.5 * b / (a + b), 1e-6);
    backend().route_experts(ids.view(), weights.view(), logits.view(), bias, false, 2.0f);
    EXPECT_NEAR(weights.view().row<float>(0)[0], 2 * a, 1e-6);
}

TEST_P(MoeTest, OfEqualsTheSmallerIdWins)
{
    const Buffer logits = backend().allocate(DType::F32, 1, 5);
    const Buffer ids = backend().allocate(DType::I32, 1, 3);
    const Buffer weights = backend().allocate(DType::F32, 1, 3);
    const std::vector<float> bias(5, 0.0f);
    backend().route_experts(ids.view(), weights.view(), logits.view(), bias, true, 1.0f);
    EXPECT_THAT(ids.view().row<std::int32_t>(0), ElementsAre(0, 1, 2));
}

TEST_P(MoeTest, MixturesMatchTheReferenceWhateverTheGrouping)
{
    constexpr std::int64_t kExperts = 5, kDim = 48, kWidth = 32, kTokens = 29;
    struct Case {
        WeightFormat format;
        Compute compute;
        double error;
    };
    for (const auto& [format, compute, error] :
         {Case{WeightFormat::BF16, Compute::Exact, 1e-5},
          Case{WeightFormat::F8E4M3, Compute::Exact, 1e-5},
          Case{WeightFormat::NVFP4, Compute::Exact, 1e-5},
          Case{WeightFormat::BF16, Compute::Fast, 1e-2},
          Case{WeightFormat::F8E4M3, Compute::Fast, 1e-2},
          Case{WeightFormat::NVFP4, Compute::Fast, 1e-2}}) {
        std::vector<FileWeight> files;
        std::vector<std::unique_ptr<LoadedWeight>> loaded;
        std::vector<Expert> experts;
        for (unsigned e = 0; e < kExperts; ++e) {
            files.push_back(make_weight(format, kWidth, kDim, 2 * e));
            files.push_back(make_weight(format, kDim, kWidth, 2 * e + 1));
        }
        for (std::size_t e = 0; e < kExperts; ++e) {
            loaded.push_back(backend().use_in_place(files[2 * e].view, compute));
            loaded.push_back(backend().use_in_place(files[2 * e + 1].view, compute));
            experts.push_back({loaded[2 * e].get(), loaded[2 * e + 1].get()});
        }
        const Matrix x = random_matrix(kTokens, kDim, 50);
        const Matrix before = random_matrix(kTokens, kDim, 51);
        const Buffer ids = backend().allocate(DType::I32, kTokens, 2);
        const Buffer weights = upload(backend(), random_matrix(kTokens, 2, 52));
        Matrix expected = before;
        for (std::int64_t t = 0; t < kTokens; ++t)
            for (std::int64_t i = 0; i < 2; ++i) {
                const std::int64_t e = (t * t + i * 3) % kExperts; // expert 1's share varies
                ids.view().row<std::int32_t>(t)[static_cast<std::size_t>(i)] =
                    static_cast<std::int32_t>(e);
                const Matrix in{
                    1,
                    kDim,
                    {&x.values[static_cast<std::size_t>(t * kDim)],
                     &x.values[static_cast<std::size_t>(t * kDim)] + kDim}};
                Matrix hidden = product(in, files[static_cast<std::size_t>(2 * e)].values);
                for (double& v : hidden.values) v = std::pow(std::max(v, 0.0), 2);
                const Matrix out =
                    product(hidden, files[static_cast<std::size_t>(2 * e + 1)].values);
                for (std::int64_t c = 0; c < kDim; ++c)
                    expected(t, c) +=
                        double{weights.view().row<float>(t)[static_cast<std::size_t>(i)]} *
                        out(0, c);
            }
        const Buffer input = upload(backend(), x);
        const Buffer y = upload(backend(), before);
        backend().mix_experts(y.view(), input.view(), experts, ids.view(), weights.view());
        EXPECT_LT(relative_error(y.view(), expected), error) << name(format);

        const Buffer one = upload(backend(), before);
        for (std::int64_t t = 0; t < kTokens; ++t)
            backend().mix_experts(
                one.rows(t, 1),
                input.rows(t, 1),
                experts,
                ids.rows(t, 1),
                weights.rows(t, 1));
        // (t * t) % 5 and (t * t + 3) % 5 are not sorted: a token's order is that of expert ids
        // either way.
        for (std::int64_t t = 0; t < kTokens; ++t)
            EXPECT_THAT(one.view().row<float>(t), testing::ElementsAreArray(y.view().row<float>(t)))
                << name(format) << " token " << t;
    }
}

TEST_P(MoeTest, ExpertsThatNobodyChoseAreNotTouched)
{
    const FileWeight up = make_weight(WeightFormat::BF16, 16, 16, 1);
    const FileWeight down = make_weight(WeightFormat::BF16, 16, 16, 2);
    const auto first = backend().use_in_place(up.view);
    const auto second = backend().use_in_place(down.view);
    const Expert experts[] = {{nullptr, nullptr}, {first.get(), second.get()}, {nullptr, nullptr}};
    const Buffer ids = backend().allocate(DType::I32, 3, 1);
    for (std::int64_t t = 0; t < 3; ++t) ids.view().row<std::int32_t>(t)[0] = 1;
    const Buffer weights = upload(backend(), {3, 1, {1, 1, 1}});
    const Buffer x = upload(backend(), random_matrix(3, 16, 3));
    const Buffer y = backend().allocate(DType::F32, 3, 16);
    backend().mix_experts(y.view(), x.view(), experts, ids.view(), weights.view());
    EXPECT_NE(y.view().row<float>(2)[0], 0.0f);
}

INSTANTIATE_ON_EVERY_PATH(MoeTest);

} // namespace
} // namespace kernels
