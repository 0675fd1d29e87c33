#pragma once

#include "kernels/dtype.h"

#include <cstddef>
#include <cstdint>

namespace kernels {

/// A matrix as its file stores it, [rows = outputs, cols = inputs], row-major. Owns nothing: `data`
/// usually points into a mapped checkpoint, needs no alignment, and must stay valid until
/// Backend::load_weight() returned, or for as long as the LoadedWeight lives where
/// LoadedWeight::refers_to_source() says so.
struct Weight {
    const std::byte* data = nullptr;
    WeightFormat format = WeightFormat::F32;
    std::int64_t rows = 0;
    std::int64_t cols = 0;
    const std::byte* block_scales = nullptr; // NVFP4: E4M3 [rows, cols / 16]
    float scale = 1.0f;                      // of the whole matrix, where it is used in place
};

/// What a model may trade for speed.
///
/// Exact  float32 activations and sums; weights enter with the values that the file holds.
/// Fast   weights of 16 or 32 bits may be rounded to 8 bits with a scale for every 32 (Q8_0), where
///        32 divides the row. Activations keep at least 12 bits with a scale per block (two planes
///        of 8 bits): a model amplifies small errors. Of 20 greedy continuations of SmolLM2 12
///        leave the reference with 8 bits, 5 with 10, none with 12.
enum class Compute { Exact, Fast };

/// A weight made ready for one backend: repacked for the processor at hand in at most the number of
/// bits of the source. Immutable; may be used by any number of calls. Made by
/// Backend::load_weight().
class LoadedWeight {
public:
    virtual ~LoadedWeight() = default;
    virtual std::int64_t rows() const = 0;
    virtual std::int64_t cols() const = 0;
    /// Bytes that this object owns (0 where it only refers to the source).
    virtual std::size_t size_bytes() const = 0;
    virtual bool refers_to_source() const = 0;
};

} // namespace kernels
