#pragma once

#include "engine/result.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::text {

/// A piece of a SentencePiece vocabulary; its place is its id.
struct SentencePiece {
    /// Numbers of the file format.
    enum class Kind { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };
    std::string text; // "▁the"
    Kind kind = Kind::Normal;
};

/// Reads the pieces of a tokenizer.model; how texts are cut into them is left out, since speech
/// only needs the way back. At most 16 MiB and a million pieces. Errors: BadModelFile. Source:
/// sentencepiece_model.proto and the encoding of protocol buffers.
Result<std::vector<SentencePiece>>
read_sentencepiece(std::span<const std::byte> model, std::string_view name);

} // namespace engine::text
