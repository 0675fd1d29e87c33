#pragma once

#include "kernels/weight.h"

#include <cstddef>
#include <vector>

namespace engine::minilm {

/// An F32 matrix in Q8_0: blocks of 32 along a row, each with its own scale. The rest of the row,
/// cols % 32, must be 0.
std::vector<std::byte> to_q8_0(const kernels::Weight& weight);

} // namespace engine::minilm
