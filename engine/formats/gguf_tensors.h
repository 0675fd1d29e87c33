#pragma once

#include "engine/formats/byte_reader.h"
#include "engine/formats/tensor_table.h"
#include "engine/result.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace engine::formats {

/// Reads the `count` tensor descriptions at `reader` and fills `table` with views into `file`,
/// whose data section starts at the next multiple of `alignment`. The second half of reading a GGUF
/// file; see gguf.h for what is refused.
Result<void> read_gguf_tensors(
    TensorTable& table,
    ByteReader& reader,
    std::span<const std::byte> file,
    std::uint64_t count,
    std::uint64_t alignment);

} // namespace engine::formats
