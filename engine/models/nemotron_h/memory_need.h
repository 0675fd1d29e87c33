#pragma once

#include "engine/formats/tensor_table.h"
#include "engine/models/memory_need.h"
#include "engine/models/nemotron_h/config.h"

#include <cstddef>

namespace engine::nemotron_h {

/// From names and sizes alone; reads nothing. `element_bytes` is that of the cache.
MemoryNeed
memory_need(const Config& config, const formats::TensorTable& tensors, std::size_t element_bytes);

} // namespace engine::nemotron_h
