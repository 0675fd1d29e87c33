#pragma once

#include "engine/formats/mapped_file.h"
#include "engine/models/silero_vad/silero_vad.h"
#include "engine/models/whisper/config.h"
#include "engine/models/whisper/decoder.h"
#include "engine/models/whisper/encoder.h"
#include "engine/models/whisper/vocabulary.h"
#include "engine/models/whisper/weights.h"
#include "engine/sound/log_mel.h"

#include <filesystem>
#include <memory>

namespace engine::whisper {

/// A loaded Whisper with the voice detector that gates it. Lives on the engine thread; one window
/// at a time uses its buffers.
struct Model {
    Config config;
    Vocabulary vocabulary;
    Weights weights;
    std::shared_ptr<const formats::MappedFile> file; // kept only where weights refer to it
    std::unique_ptr<silero_vad::Detector> detector;  // null: silence is not skipped
    sound::LogMel log_mel;
    Encoder encoder;
    Decoder decoder;

    Model(Config c, Vocabulary v, Weights w, kernels::Compute compute)
        : config(std::move(c)), vocabulary(std::move(v)), weights(std::move(w)),
          log_mel(config.mel_bins), encoder(config, weights), decoder(config, weights, compute)
    {
    }
    Model(const Model&) = delete;
    Model& operator=(const Model&) = delete;

    /// On the engine thread. `voice_activity` may be empty.
    /// Errors: FileNotFound, BadModelFile, ModelUnsupported.
    static Result<std::unique_ptr<Model>> load(
        kernels::Backend& backend,
        const std::filesystem::path& model_dir,
        const std::filesystem::path& voice_activity,
        kernels::Compute compute);
};

} // namespace engine::whisper
