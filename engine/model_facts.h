#pragma once

#include "engine/result.h"
#include "engine/types.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace engine {

/// What the files of a model say of it: of one that answers, or of one that recognises speech.
struct ModelFacts {
    std::filesystem::path path;     // the folder, or the GGUF file in it
    std::string name;               // as the file calls itself, else its own or the folder's name
    std::string format;             // architecture and how most weights are written: "llama, Q4_1"
    std::uint64_t size_bytes = 0;   // of the weights' files
    int context_length = 0;         // positions; 0 of a recogniser
    std::uint64_t needed_bytes = 0; // of memory, to answer in a small context or to hear 30 s
    std::uint64_t available_bytes = 0; // of memory, now
    Capabilities capabilities;         // never `reasons`: files do not tell
    /// Words of speech and nothing else: SpeechRecognizer::open takes it, Engine::open does not.
    bool recognizes_speech = false;
};

/// Opens what Engine::open or SpeechRecognizer::open would open and checks the same names, shapes,
/// tokenizer and template, but reads no weights. Blocks for up to half a second; needs no engine
/// thread. Errors: those of the two.
Result<ModelFacts> look_at_model(const std::filesystem::path& model);

} // namespace engine
