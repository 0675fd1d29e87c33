#pragma once

#include "engine/result.h"
#include "engine/types.h"
#include "engine/worker.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace engine {

struct EmbedRequest {
    std::vector<std::string> texts; // UTF-8; each is cut at max_tokens()
    Priority priority = Priority::Background;
    std::stop_token stop;
};

/// Text to unit vectors; the dot product of two is their cosine. submit() may be called from any
/// thread.
class TextEmbedder {
public:
    /// Errors: FileNotFound, BadModelFile, ModelUnsupported, OutOfMemory.
    static Result<std::unique_ptr<TextEmbedder>> open(
        Worker& worker,
        const std::filesystem::path& model,
        kernels::Compute compute = kernels::Compute::Fast);
    virtual ~TextEmbedder() = default;
    /// on_done is called once, on the engine thread: one vector of dimension() floats a text, in
    /// order.
    virtual Result<void> submit(
        EmbedRequest request,
        std::function<void(Result<std::vector<std::vector<float>>>)> on_done) = 0;
    /// submit() and wait; not from the engine thread.
    virtual Result<std::vector<std::vector<float>>> embed(EmbedRequest request) = 0;
    virtual int dimension() const = 0;
    virtual int max_tokens() const = 0;
};

} // namespace engine
