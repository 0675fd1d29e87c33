#pragma once

#include "engine/formats/tensor_table.h"
#include "engine/result.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace engine::whisper {

/// Sizes of one Whisper checkpoint. The names follow the paper; widths are read from the tensors,
/// the rest from scalars of the file and from config.json beside it.
struct Config {
    int mel_bins = 80;
    int width = 512; // of encoder and decoder
    int hidden = 2048;
    int encoder_heads = 8;
    int decoder_heads = 8;
    int encoder_layers = 6;
    int decoder_layers = 6;
    int audio_positions = 1500; // 20 ms each
    int text_positions = 448;
    int vocabulary = 51865;

    struct Head {
        int layer = 0;
        int head = 0;
    };
    std::vector<Head> alignment_heads;    // whose cross attention follows the words
    std::vector<std::int32_t> suppressed; // never spoken: symbols, speaker tags, special tokens
    std::vector<std::int32_t> suppressed_first; // not as first token: a blank, the end

    int head_width() const { return width / decoder_heads; }
};

inline constexpr int kFramesPerWindow = 3000; // mel frames of 10 ms in 30 s
inline constexpr float kNormEps = 1e-5f;

/// Errors: BadModelFile, ModelUnsupported, FileNotFound.
Result<Config>
read_config(const formats::TensorTable& tensors, const std::filesystem::path& model_dir);

} // namespace engine::whisper
