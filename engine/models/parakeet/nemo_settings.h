#pragma once

#include "engine/formats/yaml.h"
#include "engine/result.h"

#include <vector>

namespace engine::parakeet {

/// What a folder in transformers' layout says beside what its tensors show.
struct NemoSettings {
    int mel_bins = 0;
    std::vector<int> durations;
    int most_symbols = 10;
};

/// Reads model_config.yaml and refuses what this engine does not compute. Errors: BadModelFile,
/// ModelUnsupported. Audio spec 2.3.
Result<NemoSettings> read_nemo_settings(const formats::YamlSettings& yaml);

} // namespace engine::parakeet
