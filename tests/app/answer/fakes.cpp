#include "tests/app/answer/fakes.h"

#include "app/answer/stem.h"
#include "app/answer/text.h"

#include <cmath>

namespace tests {

std::vector<float> bag_of_words(std::string_view text)
{
    std::vector<float> vector(64, 0.0f);
    for (const auto& word : app::answer::words_of(text)) {
        std::size_t hash = 5381; // the same on every machine, unlike std::hash
        for (const char c : app::answer::stem(word))
            hash = hash * 33 + static_cast<unsigned char>(c);
        vector[hash % vector.size()] += 1.0f;
    }
    float sum = 0.0f;
    for (const float v : vector) sum += v * v;
    if (sum == 0.0f) vector[0] = sum = 1.0f;
    for (float& v : vector) v /= std::sqrt(sum);
    return vector;
}

engine::Result<void> FakeEmbedder::submit(
    engine::EmbedRequest request,
    std::function<void(engine::Result<std::vector<std::vector<float>>>)> on_done)
{
    on_done(embed(std::move(request)));
    return {};
}

engine::Result<std::vector<std::vector<float>>> FakeEmbedder::embed(engine::EmbedRequest request)
{
    if (request.stop.stop_requested())
        return engine::fail(engine::ErrorCode::Cancelled, "Stopped.");
    std::vector<std::vector<float>> vectors;
    for (const auto& text : request.texts) vectors.push_back(bag_of_words(text));
    return vectors;
}

engine::Result<void> FakeEngine::submit(engine::Request request, engine::ReplyHandler reply)
{
    prompt_.clear();
    for (const auto& message : request.messages) {
        for (const auto& part : message.parts) prompt_ += std::get<engine::Text>(part).utf8 + "\n";
    }
    if (reply.on_text) reply.on_text(reply_);
    reply.on_done(engine::Finish{});
    return {};
}

engine::Result<int> FakeEngine::count_tokens(std::span<const engine::Message> messages) const
{
    std::size_t bytes = 0;
    for (const auto& message : messages)
        bytes += std::get<engine::Text>(message.parts.front()).utf8.size();
    return static_cast<int>(bytes / 4);
}

engine::Capabilities FakeEngine::capabilities() const
{
    engine::Capabilities capabilities;
    capabilities.reasons = true;
    return capabilities;
}

} // namespace tests
