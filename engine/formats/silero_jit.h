#pragma once

#include "engine/result.h"

#include <filesystem>

namespace engine::formats {

/// Reads the weights of the 16 kHz network out of Silero VAD's TorchScript file and writes them as
/// safetensors, once, when the model is fetched. The bytes written depend on the weights alone.
///
/// The file is a zip whose entries `*/data/2` ... `*/data/16` are the raw float32 tensors in a
/// fixed order; sizes and checksums are verified, and the program inside is not looked at. Errors:
/// those of TorchZip::open, BadModelFile (an entry is missing or of another size), NoSpace.
Result<void>
convert_silero_jit(const std::filesystem::path& jit, const std::filesystem::path& safetensors);

} // namespace engine::formats
