#pragma once

#include "engine/engine.h"
#include "engine/models/llama/forward.h"
#include "engine/models/llama/kv_cache.h"
#include "engine/models/llama/model.h"

#include <memory>

namespace engine::llama {

/// Engine over one llama-architecture GGUF file.
class LlamaEngine final : public Engine {
public:
    static Result<std::unique_ptr<Engine>>
    open(Worker& worker, const std::filesystem::path& model, kernels::Compute compute);
    ~LlamaEngine() override;

    Result<void> submit(Request request, ReplyHandler reply) override;
    Result<int> count_tokens(std::span<const Message> messages) const override;
    int context_length() const override;
    Capabilities capabilities() const override;

private:
    LlamaEngine(Worker& worker, std::unique_ptr<Model> model);

    Worker& worker_;
    std::unique_ptr<Model> model_;
    KvCache cache_;
    std::unique_ptr<ForwardPass> pass_; // made on the engine thread
};

} // namespace engine::llama
