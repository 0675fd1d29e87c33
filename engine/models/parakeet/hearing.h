#pragma once

#include "engine/models/parakeet/model.h"
#include "engine/models/parakeet/windows.h"
#include "engine/models/parakeet/words.h"
#include "engine/types.h"

namespace engine::parakeet {

/// One stretch of sound on its way to words, a window at a time: the encoder hears each with what
/// lies around it, the transducer goes on from where it was. Engine thread only.
class Hearing {
public:
    /// `start_s` is where the stretch begins in the sound that people know.
    Hearing(const Model& model, const ChunkPlan& plan, double start_s)
        : model_(model), windows_(plan), words_(model.vocabulary, start_s)
    {
    }

    enum class Step {
        Heard,   // one window
        Waiting, // for more samples
        Done,    // nothing comes any more, and the words are finished
        Stopped, // on the way; this object is of no use any more
    };
    /// Works on the next window. `samples` are those of the stretch from number `from` on, which
    /// may not lie behind kept_from(); `ended` says that none will follow.
    Step step(
        kernels::Backend& backend,
        std::span<const float> samples,
        std::int64_t from,
        bool ended,
        const std::stop_token& stop,
        Usage& usage);

    std::int64_t kept_from() const { return windows_.kept_from(); }
    /// Samples that are decoded.
    std::int64_t heard() const { return heard_; }
    WordBuilder& words() { return words_; }
    const std::vector<Token>& tokens() const { return tokens_; } // of the last step

private:
    const Model& model_;
    Windows windows_;
    Transducer::State state_;
    WordBuilder words_;
    std::vector<Token> tokens_;
    std::int64_t heard_ = 0;
};

} // namespace engine::parakeet
