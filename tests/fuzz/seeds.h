#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// Tiny valid files, and such with one thing wrong each: what a change of a few bytes seldom makes.
namespace fuzz_seeds {

using Seeds = std::vector<std::string>;

std::string read(const std::filesystem::path& path);

Seeds gguf();
/// `omni` holds the tiny omni checkpoints.
Seeds model_config(const std::filesystem::path& omni);
Seeds checkpoint_index();
Seeds safetensors();
Seeds tokenizer_json();
Seeds chat_request();
Seeds tar();
Seeds torch_zip();
Seeds sentencepiece();
Seeds nemo_settings(const std::filesystem::path& archive);
/// The parts of `archive`, a NeMo archive.
Seeds nemo(const std::filesystem::path& archive);

} // namespace fuzz_seeds
