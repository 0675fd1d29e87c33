#pragma once

#include "engine/formats/checkpoint.h"
#include "engine/models/fastconformer/encoder.h"
#include "engine/models/parakeet/transducer.h"
#include "engine/models/silero_vad/silero_vad.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>

namespace engine::parakeet {

/// A loaded recogniser with the voice detector that gates it. Lives on the engine thread.
struct Model {
    Config config;
    Vocabulary vocabulary;
    Weights weights;
    std::optional<formats::Checkpoint> files;       // kept only where weights refer to them
    std::unique_ptr<silero_vad::Detector> detector; // null: silence is not skipped
    fastconformer::Encoder encoder;
    Transducer transducer;

    Model(Config c, Vocabulary v, Weights w)
        : config(std::move(c)), vocabulary(std::move(v)), weights(std::move(w)),
          encoder(config.encoder, weights.encoder), transducer(config, weights)
    {
    }
    Model(const Model&) = delete;
    Model& operator=(const Model&) = delete;

    /// On the engine thread. `voice_activity` may be empty.
    /// Errors: FileNotFound, BadModelFile, ModelUnsupported.
    static Result<std::unique_ptr<Model>> load(
        kernels::Backend& backend,
        const std::filesystem::path& folder,
        const std::filesystem::path& voice_activity,
        kernels::Compute compute);
};

/// Bytes of memory that a model loaded with Compute::Fast takes while it hears a window of 30 s.
std::size_t memory_need(const Config& config, const formats::TensorTable& tensors);

} // namespace engine::parakeet
