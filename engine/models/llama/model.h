#pragma once

#include "engine/formats/gguf.h"
#include "engine/models/llama/weights.h"
#include "engine/text/bpe_tokenizer.h"
#include "engine/text/chat_template.h"
#include "engine/worker.h"

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace engine::llama {

/// A loaded checkpoint: what does not change while requests run. Tokenizer and template may be used
/// from any thread, the weights on the engine thread only.
struct Model {
    formats::GgufFile file;
    Config config;
    text::BpeTokenizer tokenizer;
    Result<text::ChatTemplate>
        chat; // an Error where the template is unknown: plain text still works
    std::vector<std::int32_t> end_tokens;
    kernels::Compute compute = kernels::Compute::Fast;
    Weights weights;

    /// Maps the file, checks it, and repacks the weights on the engine thread; not from there.
    /// Errors: FileNotFound, FileUnreadable, BadModelFile, ModelUnsupported, OutOfMemory.
    static Result<std::unique_ptr<Model>>
    load(Worker& worker, const std::filesystem::path& model, kernels::Compute compute);

    /// The prompt of a conversation. Errors: ModelUnsupported, LimitExceeded.
    Result<std::vector<std::int32_t>> prompt(const Request& request) const;
    bool ends(std::int32_t token) const;
    kernels::DType cache_type() const;
};

/// `model` itself, or the one GGUF file in that folder. Errors: FileNotFound (none, or several:
/// named).
Result<std::filesystem::path> find_gguf(const std::filesystem::path& model);

/// The chat template that the file names. Errors: ModelUnsupported (none, or unknown),
/// BadModelFile.
Result<text::ChatTemplate> read_template(const formats::GgufFile& file);

} // namespace engine::llama
