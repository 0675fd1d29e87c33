#pragma once

#include "engine/formats/tensor_table.h"
#include "engine/models/llama/config.h"
#include "engine/models/memory_need.h"

#include <cstddef>

namespace engine::llama {

/// From names and sizes alone; reads nothing. Every token reads all layers; repacked weights take
/// as many bytes as those of the file, whose pages the system then takes back. `element_bytes` is
/// that of the cache.
MemoryNeed
memory_need(const Config& config, const formats::TensorTable& tensors, std::size_t element_bytes);

} // namespace engine::llama
