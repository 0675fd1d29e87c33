#pragma once

#include "engine/formats/tensor_table.h"
#include "engine/models/whisper/config.h"
#include "engine/result.h"
#include "kernels/backend.h"

#include <memory>
#include <vector>

namespace engine::whisper {

struct Norm {
    std::vector<float> gamma, beta; // [width]
};
struct Linear {
    std::unique_ptr<kernels::LoadedWeight> weight; // [outputs, inputs]
    std::vector<float> bias;                       // [outputs]
};
/// Query, key and value apart, so that keys and values can be written straight into a cache.
struct Attention {
    Norm norm;
    Linear q, k, v, out;
};
struct FeedForward {
    Norm norm;
    Linear up, down;
};
struct EncoderLayer {
    Attention attention;
    FeedForward feed_forward;
};
struct DecoderLayer {
    Attention self, cross; // the cross k and v read the encoder's output
    FeedForward feed_forward;
};

/// The checkpoint, made ready for one backend. Immutable; used on the engine thread.
struct Weights {
    Linear conv1, conv2;          // [width, mel_bins * 3], [width, width * 3]
    kernels::Buffer audio_places; // [audio_positions, width] F32
    std::vector<EncoderLayer> encoder;
    Norm encoder_norm;
    std::unique_ptr<kernels::LoadedWeight> embedding; // [vocabulary, width], also the output
    kernels::Buffer text_places;                      // [text_positions, width] F32
    std::vector<DecoderLayer> decoder;
    Norm decoder_norm;

    std::size_t size_bytes() const;
    /// True where a weight is used as it lies in the mapped file.
    bool refer_to_file() const;
};

/// Reads every tensor by name and shape. On the engine thread.
/// Errors: BadModelFile, ModelUnsupported.
Result<Weights> load_weights(
    kernels::Backend& backend,
    const formats::TensorTable& tensors,
    const Config& config,
    kernels::Compute compute);

} // namespace engine::whisper
