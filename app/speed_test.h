#pragma once

#include "app/engines.h"
#include "app/result.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace app {

/// How fast the models are on this machine, at the moment of measuring; empty: not measured.
struct Speed {
    std::optional<double> first_word_s;    // of the language model, from a question of 100 words
    std::optional<double> tokens_per_s;    // of the language model, while writing
    std::optional<double> speech_minute_s; // to recognise one minute of speech
    std::optional<double> passages_per_s;  // made searchable by meaning
    std::string measured;                  // UTC, "2026-11-22T09:00:00Z"
    std::string device;
};

struct SpeedPlan {
    std::filesystem::path language_model; // a GGUF file; empty: left out
    std::filesystem::path speech;         // a recording; empty: left out
    std::filesystem::path own_recognizer; // see listening_model(); empty: the catalogue's
    int new_tokens = 64;
};

/// Loads each model first, then measures it once: what the user will feel, not a benchmark. Blocks
/// for half a minute or so; `on_step` names what is measured, with a share from 0 to 1. A model
/// that is not installed is left out. Errors: Cancelled, those of the engine.
Result<Speed> measure_speed(
    const SpeedPlan& plan,
    Engines& engines,
    const std::function<void(const std::string& step, double share)>& on_step,
    const std::stop_token& stop);

} // namespace app
