#pragma once

#include "engine/formats/safetensors.h"
#include "engine/result.h"

#include <filesystem>

namespace engine::minilm {

/// The sizes of one BERT-like sentence encoder.
struct Config {
    int layers = 0;
    int dim = 0;
    int ffn_dim = 0;
    int heads = 0;
    int vocab_size = 0;
    int positions = 0;
    float norm_eps = 1e-12f;

    int head_dim() const { return dim / heads; }
    /// Tokens of one text, [CLS] and [SEP] included: what the model was trained with, not what it
    /// has positions for.
    int max_tokens() const { return positions < 256 ? positions : 256; }
};

/// Reads the sizes off the tensors, and heads and epsilon from config.json where the folder has one
/// (without it: heads of 32, as in every MiniLM). Errors: BadModelFile, ModelUnsupported (another
/// architecture or activation).
Result<Config>
read_config(const formats::SafetensorsFile& file, const std::filesystem::path& config_json);

} // namespace engine::minilm
