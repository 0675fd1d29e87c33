#pragma once

#include "engine/models/language_model.h"

#include <cstdint>
#include <span>

namespace engine::omni {

/// A number made of the values behind a picture or a clip of sound, `start` telling kinds apart and
/// going on from another number. Two of them are told apart; nobody is kept from making two that
/// are not.
std::uint64_t content_of(std::span<const float> values, std::uint64_t start);

/// The key of one row of such content; never that of a token.
PositionKey key_of(std::uint64_t content, int row);

} // namespace engine::omni
