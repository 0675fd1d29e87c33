#pragma once

#include <cstddef>

namespace kernels {

/// Memory in pages of 2 MB where the system grants them, for what a model streams through: weights,
/// caches, scratch. With pages of 4 KB every page costs a walk through the page tables (two nested
/// ones in a virtual machine), and reading 96 MB comes at 31 GB/s instead of 43 on two Zen 4 cores.
///
/// Small blocks lie one behind another in chunks and are never used twice: a chunk goes back to
/// the system when its last block does. Weights are made and dropped a model at a time, so few
/// chunks are held by a rest. Any thread.

/// Zeroed, 64-byte aligned. Throws std::bad_alloc.
std::byte* take_large_pages(std::size_t bytes);
/// `bytes` as they were taken.
void return_large_pages(std::byte* memory, std::size_t bytes);

} // namespace kernels
