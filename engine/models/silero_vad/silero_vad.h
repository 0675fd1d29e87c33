#pragma once

#include "engine/result.h"
#include "kernels/backend.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace engine::silero_vad {

/// Probability of speech for every 512 samples at 16 kHz, by Silero VAD 6.2 (309,633 parameters,
/// float32).
///
/// Spectrum, four convolutions, one LSTM cell that remembers what came before. Chunks of one sound
/// go in order; how many at once does not change the result, only the speed: the convolutions of
/// many chunks are one matrix product.
///
/// Thread: that of the backend. Live use may own a one-thread backend and a detector of its own.
class Detector {
public:
    static constexpr int kChunk = 512;

    /// Reads silero_vad.safetensors in `model_dir`. Errors: FileNotFound, BadModelFile,
    /// ModelUnsupported.
    static Result<std::unique_ptr<Detector>>
    open(kernels::Backend& backend, const std::filesystem::path& model_dir);
    virtual ~Detector() = default;

    /// What is remembered between chunks of one sound; all zero at its start.
    struct Memory {
        std::array<float, 128> hidden{}, cell{};
        std::array<float, 64> last_samples{};
    };
    /// Appends one probability a chunk; a last partial chunk is filled with zeros.
    virtual void listen(
        kernels::Backend& backend,
        Memory& memory,
        std::span<const float> samples,
        std::vector<float>& probabilities) = 0;
};

} // namespace engine::silero_vad
