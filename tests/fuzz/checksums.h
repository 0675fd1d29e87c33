#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace fuzz {

/// Checksums are written anew over what stands there, so that a change gets past them and meets the
/// parser; whatever is broken otherwise stays so.
void mend_tar(std::span<std::uint8_t> bytes);
void mend_zip(std::span<std::uint8_t> bytes);

} // namespace fuzz
