#include "engine/models/language_engine.h"

#include "engine/models/reply.h"

#include <utility>

namespace engine {

LanguageEngine::LanguageEngine(Worker& worker, std::unique_ptr<LanguageModel> model)
    : worker_(worker), model_(std::move(model))
{
}

Result<std::unique_ptr<Engine>>
LanguageEngine::open(Worker& worker, const std::filesystem::path& path, kernels::Compute compute)
{
    auto model = LanguageModel::load(worker, path, compute);
    if (!model) return tl::unexpected(model.error());
    if (auto talks = (*model)->can_converse(); !talks) return tl::unexpected(talks.error());
    return std::unique_ptr<Engine>(new LanguageEngine(worker, std::move(*model)));
}

LanguageEngine::~LanguageEngine()
{
    worker_.cancel(this);
}

Result<void> LanguageEngine::submit(Request request, ReplyHandler handler)
{
    if (!request.tools.empty() && !model_->capabilities().calls_tools)
        return fail(
            ErrorCode::Unavailable,
            "This model calls no tools.",
            "Send the request without tools.");
    const Reply::Shared shared{worker_, *model_, this};
    return worker_.post(
        std::make_shared<Reply>(shared, std::move(request), std::move(handler))->next_part());
}

Result<int> LanguageEngine::count_tokens(std::span<const Message> messages) const
{
    Request request;
    request.messages.assign(messages.begin(), messages.end());
    return model_->prompt(request).map([](const Sequence& sequence) { return sequence.length(); });
}

int LanguageEngine::context_length() const
{
    return model_->context_length();
}

Capabilities LanguageEngine::capabilities() const
{
    return model_->capabilities();
}

} // namespace engine
