#pragma once

#include "engine/formats/checkpoint.h"
#include "engine/models/language_model.h"
#include "engine/models/nemotron_h/conversation.h"
#include "engine/models/nemotron_h/forward.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <optional>

namespace engine::nemotron_h {

/// config.json of a folder, and within it the part of the language model.
// NOLINTNEXTLINE(bugprone-exception-escape): moving JSON only asserts
struct Described {
    bool omni = false; // the language model of an omni model, or a text-only one
    Config config;
    nlohmann::json whole;
};
/// Errors: those of the file and of read_config(), ModelUnsupported (another family; named).
Result<Described> read_described(const std::filesystem::path& folder);

/// A safetensors folder of this family as a language model. Whether it is good enough to reason is
/// for the catalogue or for the user to say: its files do not tell.
class NemotronModel final : public LanguageModel {
public:
    /// Makes what writes media, from the whole config.json and the tensors of the same folder; on
    /// the engine thread. Null where the model has no such towers.
    using MakeWriter = std::function<Result<std::unique_ptr<MediaWriter>>(
        kernels::Backend& backend,
        const nlohmann::json& config,
        const formats::TensorTable& tensors,
        const Config& language,
        const text::BpeTokenizer& tokenizer)>;

    static Result<std::unique_ptr<LanguageModel>> load(
        Worker& worker,
        const std::filesystem::path& folder,
        kernels::Compute compute,
        const MakeWriter& make_writer = {});

    const text::BpeTokenizer& tokenizer() const override { return conversation_.tokenizer(); }
    Result<Sequence> prompt(const Request& request) const override;
    Result<void> can_converse() const override { return conversation_.can_converse(); }
    std::unique_ptr<text::ReplyParser> reply_parser(const Request& request) const override
    {
        return conversation_.reply_parser(request);
    }
    std::vector<std::int32_t> closes_reasoning() const override
    {
        return conversation_.closes_reasoning();
    }
    void forbid(std::span<float> logits) const override { conversation_.forbid(logits); }
    bool ends(std::int32_t token) const override { return conversation_.ends(token); }
    int context_length() const override { return config_.context_length; }
    int vocab_size() const override { return config_.vocab_size; }
    Capabilities capabilities() const override;
    int pass_tokens() const override { return kMaxPassTokens; }
    Result<void> check() const override { return files_.check(); }

    int keep_common_prefix(const Sequence& sequence, int limit) override;
    bool
    run(kernels::Backend& backend,
        const Sequence& sequence,
        int first,
        int count,
        const std::stop_token& stop,
        const Observer& observer) override;
    void save(kernels::Backend& backend) override { state_->save(backend); }
    std::span<float> last_logits(kernels::Backend& backend) override;
    void
    logits(kernels::Backend& backend, const kernels::Tensor& out, int first, int count) override;

private:
    NemotronModel(formats::Checkpoint files, Config config, Conversation conversation);

    formats::Checkpoint files_;
    Config config_;
    Conversation conversation_;
    std::unique_ptr<MediaWriter> media_; // null: text only
    Weights weights_;
    std::optional<SequenceState> state_; // these two are made on the engine thread
    std::optional<ForwardPass> pass_;
};

} // namespace engine::nemotron_h
