#include "app/answer/sentence_vectors.h"

#include "base/expects.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace app::answer {

double cosine(std::span<const float> a, std::span<const float> b)
{
    EXPECTS(a.size() == b.size());
    double dot = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        dot += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return dot;
}

Result<std::vector<std::vector<float>>> SentenceVectors::of(
    std::span<const std::string> texts,
    engine::Priority priority,
    std::stop_token stop)
{
    EXPECTS(available());
    std::vector<std::vector<float>> vectors(texts.size());
    engine::EmbedRequest request;
    request.priority = priority;
    request.stop = std::move(stop);
    std::vector<std::size_t> missing;
    {
        const std::lock_guard lock(mutex_);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const auto found = by_text_.find(texts[i]);
            if (found == by_text_.end()) {
                missing.push_back(i);
                continue;
            }
            entries_.splice(entries_.begin(), entries_, found->second);
            vectors[i] = found->second->vector;
        }
    }
    if (missing.empty()) return vectors;

    // Texts of like length together: a batch is padded to its longest. The same text is sent once.
    std::sort(missing.begin(), missing.end(), [&](auto a, auto b) {
        return std::pair(texts[a].size(), std::string_view(texts[a])) <
               std::pair(texts[b].size(), std::string_view(texts[b]));
    });
    std::vector<std::size_t> sent; // for each missing text, where in the request it stands
    for (const auto i : missing) {
        if (request.texts.empty() || request.texts.back() != texts[i])
            request.texts.push_back(texts[i]);
        sent.push_back(request.texts.size() - 1);
    }
    const auto count = request.texts.size();
    const auto made = embedder_->embed(std::move(request));
    if (!made) return tl::unexpected(made.error());
    EXPECTS(made->size() == count);

    const std::lock_guard lock(mutex_);
    for (std::size_t k = 0; k < missing.size(); ++k) {
        vectors[missing[k]] = (*made)[sent[k]];
        if (by_text_.contains(texts[missing[k]]))
            continue; // another thread was faster, or the text comes twice
        entries_.push_front({texts[missing[k]], (*made)[sent[k]]});
        by_text_.emplace(entries_.front().text, entries_.begin());
        if (entries_.size() > kKept) {
            by_text_.erase(entries_.back().text);
            entries_.pop_back();
        }
    }
    return vectors;
}

} // namespace app::answer
