#pragma once

#include "engine/engine.h"
#include "engine/text_embedder.h"

#include <string>
#include <string_view>
#include <vector>

namespace tests {

/// A unit vector that counts stems in 64 places: near where words are shared, far elsewhere.
std::vector<float> bag_of_words(std::string_view text);

/// Embeds with bag_of_words(); answers Cancelled to a request that was stopped.
class FakeEmbedder : public engine::TextEmbedder {
public:
    engine::Result<void> submit(
        engine::EmbedRequest request,
        std::function<void(engine::Result<std::vector<std::vector<float>>>)> on_done) override;
    engine::Result<std::vector<std::vector<float>>> embed(engine::EmbedRequest request) override;
    int dimension() const override { return 64; }
    int max_tokens() const override { return 256; }
};

/// An engine that reasons and always writes the same.
class FakeEngine : public engine::Engine {
public:
    explicit FakeEngine(std::string reply) : reply_(std::move(reply)) {}
    engine::Result<void> submit(engine::Request request, engine::ReplyHandler reply) override;
    engine::Result<int> count_tokens(std::span<const engine::Message> messages) const override;
    int context_length() const override { return 4096; }
    engine::Capabilities capabilities() const override;
    /// All text of the last request.
    const std::string& prompt() const { return prompt_; }

private:
    std::string reply_;
    std::string prompt_;
};

} // namespace tests
