#include "engine/models/minilm/blocks.h"

#include "base/expects.h"
#include "kernels/half.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace engine::minilm {

std::vector<std::byte> to_q8_0(const kernels::Weight& weight)
{
    constexpr std::size_t kBlock = 32;
    constexpr float kLargest = 127.0f;
    EXPECTS(weight.format == kernels::WeightFormat::F32 && weight.cols % kBlock == 0);
    const std::size_t count = static_cast<std::size_t>(weight.rows * weight.cols) / kBlock;
    std::vector<std::byte> blocks(count * (sizeof(std::uint16_t) + kBlock));
    const std::byte* from = weight.data;
    std::byte* to = blocks.data();
    for (std::size_t b = 0; b < count; ++b) {
        std::array<float, kBlock> values{};
        std::memcpy(values.data(), from, sizeof(values));
        float largest = 0;
        for (const float value : values) largest = std::max(largest, std::abs(value));
        // Divided by the scale as it is stored, so that its rounding does not add to the error.
        const std::uint16_t scale = kernels::float_to_half(largest / kLargest);
        const float stored = kernels::half_to_float(scale);
        std::memcpy(to, &scale, sizeof(scale));
        for (std::size_t i = 0; i < kBlock; ++i) {
            const float scaled =
                stored > 0 ? std::clamp(values[i] / stored, -kLargest, kLargest) : 0.0f;
            to[sizeof(scale) + i] =
                static_cast<std::byte>(static_cast<std::int8_t>(std::lrint(scaled)));
        }
        from += sizeof(values);
        to += sizeof(scale) + kBlock;
    }
    return blocks;
}

} // namespace engine::minilm
