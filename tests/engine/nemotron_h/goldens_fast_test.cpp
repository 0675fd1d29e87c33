// The fast way on the tiny checkpoints, against what the reference computed.

#include "tests/engine/nemotron_h/goldens_fixture.h"

#include <iostream>

namespace engine {
namespace {

/// What users run: activations rounded to BF16 where the processor multiplies those. The reference
/// computed in float32. Random weights leave some choices of experts to the last bits, and where
/// one falls otherwise the logits are others: so most cases are near, not all.
class NemotronFastTest : public NemotronGoldensTest {
protected:
    kernels::Compute compute() const override { return kernels::Compute::Fast; }
};

TEST_P(NemotronFastTest, MostLastLogitsAreNear)
{
    std::vector<double> errors;
    std::size_t same_token = 0;
    for (const auto& item : cases_.items()) {
        const std::string& name = item.key();
        const auto prompt = prompt_of(item.value());
        const std::vector<float> expected = golden(name + "/logits_last");
        on_engine_thread([&](kernels::Backend& backend) {
            model_->keep_common_prefix(*prompt, 0);
            prefill(backend, *prompt, 512);
            const auto logits = model_->last_logits(backend);
            errors.push_back(error_of(logits, expected));
            const auto best = std::max_element(logits.begin(), logits.end()) - logits.begin();
            same_token += best == std::ranges::max_element(expected) - expected.begin();
        });
    }
    ASSERT_GE(errors.size(), 12u);
    std::ranges::sort(errors);
    std::cout << "errors of the last logits, of their range: median " << errors[errors.size() / 2]
              << ", largest " << errors.back() << ", " << same_token << " of " << errors.size()
              << " first tokens the same\n";
    EXPECT_LE(errors[errors.size() / 2], 0.015);
    EXPECT_LE(errors[errors.size() * 3 / 4], 0.03);
    EXPECT_GE(same_token + 3, errors.size());
}

TEST_P(NemotronFastTest, APromptMayBeCutAnywhere)
{
    const auto prompt = prompt_of(cases_["long"]);
    on_engine_thread([&](kernels::Backend& backend) {
        std::vector<float> whole;
        for (const int step : {512, 64, 129, 255, 7, 1}) {
            model_->keep_common_prefix(*prompt, 0);
            prefill(backend, *prompt, step);
            const auto logits = model_->last_logits(backend);
            if (whole.empty()) whole.assign(logits.begin(), logits.end());
            // Products do not depend on it at all; attention of few queries rounds less.
            EXPECT_LE(error_of(logits, whole), step > 7 ? 0 : 5e-3) << step;
        }
    });
}

INSTANTIATE_TEST_SUITE_P(Checkpoints, NemotronFastTest, kCheckpoints, which_name);

} // namespace
} // namespace engine
