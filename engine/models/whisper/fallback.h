#pragma once

#include "engine/models/whisper/search.h"

#include <optional>
#include <stop_token>
#include <string_view>

namespace engine::whisper {

/// A window's text and how it was found.
struct WindowText {
    Transcript text;
    float temperature = 0;
    bool silent = false; // the model hears no speech and does not trust its text either
};

/// UTF-8 bytes over bytes of the zlib stream (level 6) of the text without surrounding spaces:
/// above 2.4 it repeats itself.
double compression_ratio(std::string_view text);

/// Tries temperatures 0, 0.2 ... 1.0 until the text neither repeats itself nor is unlikely; when
/// all fail, the likeliest of those that do not repeat themselves. Above 0 the best of 5 samples
/// counts. search.begin() was called before. Nothing when stopped. Source: Radford et al. 2022,
/// section 4.5; thresholds of the released code.
std::optional<WindowText> decode_with_fallback(
    kernels::Backend& backend,
    Search& search,
    const Vocabulary& vocabulary,
    int beam,
    const std::stop_token& stop);

} // namespace engine::whisper
