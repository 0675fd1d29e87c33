#include "engine/models/llama/llama_model.h"

#include "engine/text/hermes_tools.h"
#include "engine/text/nemotron_reply.h"

#include "base/expects.h"

#include <utility>

namespace engine::llama {

LlamaModel::LlamaModel(std::unique_ptr<Model> model, kernels::Backend& backend)
    : model_(std::move(model)), cache_(model_->config, model_->cache_type()),
      pass_(backend, model_->config, model_->weights)
{
}

Result<std::unique_ptr<LanguageModel>>
LlamaModel::load(Worker& worker, const std::filesystem::path& path, kernels::Compute compute)
{
    auto model = Model::load(worker, path, compute);
    if (!model) return tl::unexpected(model.error());
    return worker.make_now(
        [&](kernels::Backend& backend) -> Result<std::unique_ptr<LanguageModel>> {
            return std::unique_ptr<LanguageModel>(new LlamaModel(std::move(*model), backend));
        });
}

Result<Sequence> LlamaModel::prompt(const Request& request) const
{
    const auto ids = model_->prompt(request);
    if (!ids) return tl::unexpected(ids.error());
    Sequence sequence;
    for (const std::int32_t id : *ids) sequence.push(id);
    return sequence;
}

Result<void> LlamaModel::can_converse() const
{
    if (!model_->chat) return tl::unexpected(model_->chat.error());
    return {};
}

std::unique_ptr<text::ReplyParser> LlamaModel::reply_parser(const Request& request) const
{
    const bool thinks = model_->chat && model_->chat->thinks(request.thinking);
    if (!thinks && request.tools.empty()) return LanguageModel::reply_parser(request);
    const bool opened = thinks && model_->chat->opens_thinking();
    return std::make_unique<text::NemotronReply>(
        model_->tokenizer,
        request.tools,
        opened,
        thinks && !opened,
        text::parse_json_call);
}

Capabilities LlamaModel::capabilities() const
{
    Capabilities can;
    can.calls_tools = model_->chat && model_->chat->calls_tools(model_->tokenizer);
    return can;
}

std::vector<std::int32_t> LlamaModel::closes_reasoning() const
{
    std::vector<std::int32_t> ids;
    const auto end = model_->tokenizer.control_token("</think>");
    const auto gap = model_->tokenizer.encode("\n\n");
    if (!end || !gap) return ids;
    ids.push_back(*end);
    ids.insert(ids.end(), gap->begin(), gap->end());
    return ids;
}

int LlamaModel::keep_common_prefix(const Sequence& sequence, int limit)
{
    return cache_.keep_common_prefix(sequence.ids, limit);
}

bool LlamaModel::run(
    kernels::Backend& backend,
    const Sequence& sequence,
    int first,
    int count,
    const std::stop_token& stop,
    const Observer& observer)
{
    EXPECTS(first == cache_.length());
    const auto tokens =
        std::span(sequence.ids)
            .subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
    return pass_.run(backend, tokens, cache_, stop, observer);
}

std::span<float> LlamaModel::last_logits(kernels::Backend& backend)
{
    return pass_.last_logits(backend);
}

void LlamaModel::logits(kernels::Backend& backend, const kernels::Tensor& out, int first, int count)
{
    pass_.logits(backend, out, first, count);
}

} // namespace engine::llama
