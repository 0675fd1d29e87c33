#pragma once

#include "engine/models/fastconformer/weights.h"
#include "engine/models/radio/weights.h"

#include <cstdint>

namespace engine::omni {

/// The towers and their weights, shared with the media of prompts that are still on their way.
struct Eyes {
    radio::Config config;
    radio::Weights weights;
};
struct Ears {
    fastconformer::Config config;
    fastconformer::Weights weights;
};

/// The tokens around and for the rows of pictures and of sound.
struct Marks {
    std::int32_t image = 0, begin = 0, end = 0;             // <image>, <img>, </img>
    std::int32_t sound = 0, sound_begin = 0, sound_end = 0; // <so_embedding>, <so_start>, <so_end>
};

} // namespace engine::omni
