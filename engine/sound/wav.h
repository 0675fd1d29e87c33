#pragma once

#include "engine/result.h"
#include "engine/types.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace engine::sound {

/// What a WAV file holds, channels interleaved, full scale = 1.
struct WavSound {
    int sample_rate_hz = 0;
    int channels = 0;
    std::vector<float> samples; // frames * channels
};

/// Reads RIFF and RF64 WAVE: integers of 8 (unsigned), 16, 24 and 32 bits, floats of 32 and 64,
/// plain or extensible header, 1 to 1024 channels, 100 Hz to 1 MHz. A data chunk that claims more
/// than the file holds (a recording that was cut off) yields what is there. Not-a-numbers become 0,
/// since one of them would spread over a whole spectrum. `name` appears in messages. Errors:
/// BadFile, UnsupportedFile.
Result<WavSound> parse_wav(std::span<const std::byte> bytes, std::string_view name);

/// The same from a file of at most 4 GB. Errors also: FileNotFound, FileUnreadable, LimitExceeded.
Result<WavSound> read_wav(const std::filesystem::path& path);

/// Mean of the channels, resampled to 16 kHz: what the models hear.
Sound to_model_sound(const WavSound& wav);

} // namespace engine::sound
