#pragma once

#include "engine/result.h"

#include <cstddef>

namespace engine {

/// What a language model takes of the memory. Weights that are computed with where they lie in the
/// mapped file enter it as they are used and leave it again where it gets tight, so what counts is
/// what every single token reads.
struct MemoryNeed {
    std::size_t weights_bytes = 0; // of all files, towers and experts that nobody chooses included
    std::size_t active_bytes = 0;  // read for every token: of the experts those that one chooses
    std::size_t cache_bytes_per_token = 0;
    std::size_t state_bytes = 0;   // of Mamba layers
    std::size_t scratch_bytes = 0; // between the layers of the largest pass

    /// What has to stay in memory for a context of so many positions.
    std::size_t at(int positions) const
    {
        return active_bytes + state_bytes + scratch_bytes +
               cache_bytes_per_token * static_cast<std::size_t>(positions);
    }
};

/// Memory that this process may still take without pushing others out: of the machine and of the
/// group that a service manager put it into. The largest number where the system does not say.
std::size_t available_memory();

/// While one lives, available_memory() answers its number; for tests.
class AssumedMemory {
public:
    explicit AssumedMemory(std::size_t bytes);
    ~AssumedMemory();
    AssumedMemory(const AssumedMemory&) = delete;
    AssumedMemory& operator=(const AssumedMemory&) = delete;
};

/// A context that a question and its answer need at least.
inline constexpr int kFewestPositions = 2048;

/// Whether the model can answer with that much memory. Errors: OutOfMemory (needed, available, the
/// way out).
Result<void> check_fit(const MemoryNeed& need, int context_length, std::size_t available_bytes);
/// The most positions that fit, at most `context_length`; 0: not even one.
int positions_that_fit(const MemoryNeed& need, int context_length, std::size_t available_bytes);

} // namespace engine
