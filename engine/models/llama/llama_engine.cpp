#include "engine/models/llama/llama_engine.h"

#include "engine/models/llama/reply.h"

#include <utility>

namespace engine::llama {

LlamaEngine::LlamaEngine(Worker& worker, std::unique_ptr<Model> model)
    : worker_(worker), model_(std::move(model)), cache_(model_->config, model_->cache_type())
{
}

Result<std::unique_ptr<Engine>>
LlamaEngine::open(Worker& worker, const std::filesystem::path& path, kernels::Compute compute)
{
    auto model = Model::load(worker, path, compute);
    if (!model) return tl::unexpected(model.error());
    if (!(*model)->chat) return tl::unexpected((*model)->chat.error());
    std::unique_ptr<LlamaEngine> engine(new LlamaEngine(worker, std::move(*model)));
    const auto ready = worker.run_now([&](kernels::Backend& backend) -> Result<void> {
        engine->pass_ =
            std::make_unique<ForwardPass>(backend, engine->model_->config, engine->model_->weights);
        return {};
    });
    if (!ready) return tl::unexpected(ready.error());
    return engine;
}

LlamaEngine::~LlamaEngine()
{
    worker_.cancel(this);
}

Result<void> LlamaEngine::submit(Request request, ReplyHandler handler)
{
    if (!request.tools.empty())
        return fail(
            ErrorCode::Unavailable,
            "This model calls no tools.",
            "Send the request without tools.");
    const Shared shared{worker_, *model_, *pass_, cache_, this};
    return worker_.post(
        std::make_shared<Reply>(shared, std::move(request), std::move(handler))->next_part());
}

Result<int> LlamaEngine::count_tokens(std::span<const Message> messages) const
{
    return model_->prompt(messages).map(
        [](const auto& ids) { return static_cast<int>(ids.size()); });
}

int LlamaEngine::context_length() const
{
    return model_->config.context_length;
}

Capabilities LlamaEngine::capabilities() const
{
    // Text only. Whether a model is large enough to reason is for the catalogue to say: a GGUF file
    // does not tell.
    return {};
}

} // namespace engine::llama
