#pragma once

#include "engine/engine.h"
#include "engine/models/language_model.h"

#include <memory>

namespace engine {

/// Engine over one language model of any family.
class LanguageEngine final : public Engine {
public:
    static Result<std::unique_ptr<Engine>>
    open(Worker& worker, const std::filesystem::path& model, kernels::Compute compute);
    ~LanguageEngine() override;

    Result<void> submit(Request request, ReplyHandler reply) override;
    Result<int> count_tokens(std::span<const Message> messages) const override;
    int context_length() const override;
    Capabilities capabilities() const override;

private:
    LanguageEngine(Worker& worker, std::unique_ptr<LanguageModel> model);

    Worker& worker_;
    std::unique_ptr<LanguageModel> model_;
};

} // namespace engine
