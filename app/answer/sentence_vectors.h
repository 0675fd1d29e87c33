#pragma once

#include "app/answer/result.h"
#include "engine/text_embedder.h"

#include <list>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace app::answer {

double cosine(std::span<const float> a, std::span<const float> b); // of unit vectors

/// Unit vectors of sentences and questions, made when asked for and kept: the same sentences of a
/// document come near to many questions. Safe from any thread.
class SentenceVectors {
public:
    explicit SentenceVectors(engine::TextEmbedder* embedder) : embedder_(embedder) {}

    bool available() const { return embedder_ != nullptr; }
    /// One vector a text, in order. Errors: Cancelled, those of the embedder. Expects available().
    Result<std::vector<std::vector<float>>>
    of(std::span<const std::string> texts, engine::Priority priority, std::stop_token stop);

private:
    static constexpr std::size_t kKept = 20'000; // texts; 31 MB of vectors

    struct Entry {
        std::string text;
        std::vector<float> vector;
    };
    engine::TextEmbedder* embedder_;
    std::mutex mutex_;
    std::list<Entry> entries_; // latest used first
    std::unordered_map<std::string_view, std::list<Entry>::iterator> by_text_;
};

} // namespace app::answer
