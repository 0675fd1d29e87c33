#pragma once

#include "engine/result.h"

#include <filesystem>

namespace engine::parakeet {

/// Turns a recogniser in NeMo's archive (`.nemo`: a tar, plain or gzip, with model_config.yaml,
/// weights and a SentencePiece vocabulary) into a folder in transformers' layout, whose tensors
/// keep their numbers and formats. What the result holds is checked as loading does it; where that
/// fails nothing stays behind. Blocks for as long as writing the weights takes.
///
/// Errors: AlreadyExists (a folder with something in it), those of TarFile and read_torch_state,
/// ModelUnsupported (another kind of recogniser), NoSpace, FileUnreadable.
Result<void>
convert_nemo(const std::filesystem::path& archive, const std::filesystem::path& folder);

} // namespace engine::parakeet
