#include "engine/models/parakeet/windows.h"

#include "engine/models/fastconformer/config.h"
#include "engine/models/fastconformer/sound_tower.h"
#include "engine/sound/speech_features.h"

#include <algorithm>

namespace engine::parakeet {

std::int64_t Windows::kept_from() const
{
    return std::max<std::int64_t>(first_ - plan_.left, 0) * kRowSamples;
}

std::optional<Window> Windows::next(std::int64_t samples, bool ended)
{
    if (done_) return std::nullopt;
    const std::int64_t reach = (first_ + plan_.chunk + plan_.right) * kRowSamples;
    Window window{kept_from(), reach, first_, plan_.chunk};
    if (samples < reach) {
        if (!ended) return std::nullopt;
        done_ = true;
        // What is left, the context to come included. A short sound is filled up with zeros.
        const std::int64_t heard = std::max(samples, fastconformer::kShortestSamples);
        const auto frames = sound::SpeechFeatures::frames(heard);
        window.end = samples;
        window.rows = (frames + 7) / 8 - first_;
        if (window.rows <= 0 || samples == 0) return std::nullopt;
        return window;
    }
    first_ += plan_.chunk;
    return window;
}

} // namespace engine::parakeet
