#pragma once

#include "engine/models/language_model.h"
#include "engine/models/llama/forward.h"
#include "engine/models/llama/kv_cache.h"
#include "engine/models/llama/model.h"

namespace engine::llama {

/// A GGUF file as a language model: text in, text out. Whether such a model is
/// large enough to reason is for the catalogue to say: its file does not tell.
class LlamaModel final : public LanguageModel {
public:
    static Result<std::unique_ptr<LanguageModel>>
    load(Worker& worker, const std::filesystem::path& model, kernels::Compute compute);

    const text::BpeTokenizer& tokenizer() const override { return model_->tokenizer; }
    Result<Sequence> prompt(const Request& request) const override;
    Result<void> can_converse() const override;
    std::unique_ptr<text::ReplyParser> reply_parser(const Request& request) const override;
    std::vector<std::int32_t> closes_reasoning() const override;
    bool ends(std::int32_t token) const override { return model_->ends(token); }
    int context_length() const override { return model_->config.context_length; }
    int vocab_size() const override { return model_->config.vocab_size; }
    Capabilities capabilities() const override;
    int pass_tokens() const override { return kMaxPassTokens; }
    Result<void> check() const override { return model_->file.file()->check(); }

    int keep_common_prefix(const Sequence& sequence, int limit) override;
    bool
    run(kernels::Backend& backend,
        const Sequence& sequence,
        int first,
        int count,
        const std::stop_token& stop,
        const Observer& observer) override;
    std::span<float> last_logits(kernels::Backend& backend) override;
    void
    logits(kernels::Backend& backend, const kernels::Tensor& out, int first, int count) override;

private:
    LlamaModel(std::unique_ptr<Model> model, kernels::Backend& backend);

    std::unique_ptr<Model> model_;
    KvCache cache_;
    ForwardPass pass_;
};

} // namespace engine::llama
