#include "engine/tools/random_model.h"

#include "kernels/half.h"

#include <array>
#include <bit>
#include <cstring>
#include <random>

namespace engine::tools {
namespace {

using kernels::WeightFormat;

struct Shape {
    const char* name;
    int layers, dim, ffn_dim, heads, kv_heads, vocab_size;
};
// From the config.json of each.
constexpr std::array kShapes = {
    Shape{"smollm2-135m", 30, 576, 1536, 9, 3, 49'152},
    Shape{"smollm2-360m", 32, 960, 2560, 15, 5, 49'152},
    Shape{"smollm2-1.7b", 24, 2048, 8192, 32, 32, 49'152},
    Shape{"tinyllama-1.1b", 22, 2048, 5632, 32, 4, 32'000},
    Shape{"llama-3.2-1b", 16, 2048, 8192, 32, 8, 128'256}};
constexpr int kContextLength = 8192;
constexpr int kMostLayers = 512;

void append(std::vector<std::byte>& bytes, const void* from, std::size_t count)
{
    const auto* begin = static_cast<const std::byte*>(from);
    bytes.insert(bytes.end(), begin, begin + count);
}

/// One row of numbers in [-0.04, 0.04], as the format stores it.
std::vector<std::byte> random_row(WeightFormat format, int cols, std::minstd_rand& random)
{
    constexpr int kBlock = 32;
    std::vector<std::byte> row;
    const auto append_bytes = [&](int count) {
        for (int i = 0; i < count; ++i) row.push_back(static_cast<std::byte>(random() >> 8));
    };
    const auto append_half = [&](float value) {
        const std::uint16_t half = kernels::float_to_half(value);
        append(row, &half, sizeof half);
    };
    const auto number = [&] { return static_cast<float>(random() % 2001) * 4e-5f - 0.04f; };
    switch (format) {
    case WeightFormat::Q4_1:
        for (int i = 0; i < cols; i += kBlock) {
            append_half(0.08f / 15);
            append_half(-0.04f);
            append_bytes(kBlock / 2);
        }
        break;
    case WeightFormat::Q8_0:
        for (int i = 0; i < cols; i += kBlock) {
            append_half(0.04f / 128);
            append_bytes(kBlock);
        }
        break;
    case WeightFormat::F32:
        for (int i = 0; i < cols; ++i) {
            const float value = number();
            append(row, &value, sizeof value);
        }
        break;
    case WeightFormat::F16:
        for (int i = 0; i < cols; ++i) append_half(number());
        break;
    case WeightFormat::BF16:
        for (int i = 0; i < cols; ++i) {
            const auto top =
                static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(number()) >> 16);
            append(row, &top, sizeof top);
        }
        break;
    default: // format_named() does not give the others out
        break;
    }
    return row;
}

} // namespace

Result<llama::Config> shape_named(const std::string& name, int layers)
{
    std::string known;
    for (const Shape& shape : kShapes) {
        known += (known.empty() ? "" : ", ") + std::string(shape.name);
        if (name != shape.name) continue;
        if (layers < 0 || layers > kMostLayers)
            return fail(ErrorCode::BadUsage, "--layers takes 1 to 512.");
        return llama::Config{
            .layers = layers > 0 ? layers : shape.layers,
            .dim = shape.dim,
            .ffn_dim = shape.ffn_dim,
            .heads = shape.heads,
            .kv_heads = shape.kv_heads,
            .head_dim = shape.dim / shape.heads,
            .vocab_size = shape.vocab_size,
            .context_length = kContextLength,
            .norm_eps = 1e-5f,
            .rope_base = 1e5f};
    }
    return fail(
        ErrorCode::BadUsage,
        "There is no shape \"" + name + "\".",
        "--shape knows " + known + ", nemotron-3-nano, c-radio-v4-h, fastconformer-0.6b.");
}

Result<WeightFormat> format_named(const std::string& name)
{
    for (const auto& [known, format] :
         {std::pair{"q4_1", WeightFormat::Q4_1},
          std::pair{"q8_0", WeightFormat::Q8_0},
          std::pair{"f32", WeightFormat::F32},
          std::pair{"f16", WeightFormat::F16},
          std::pair{"bf16", WeightFormat::BF16}})
        if (name == known) return format;
    return fail(
        ErrorCode::BadUsage,
        "--format takes q4_1, q8_0, f32, f16 or bf16, not \"" + name + "\".");
}

llama::Weights random_weights(
    kernels::Backend& backend,
    const llama::Config& config,
    WeightFormat format,
    kernels::Compute compute)
{
    std::minstd_rand random(1);
    const auto matrix = [&](int rows, int cols, WeightFormat in) {
        // Sixteen different rows: the processor's speed does not depend on more.
        std::vector<std::byte> sixteen, bytes;
        for (int i = 0; i < 16; ++i) {
            const auto row = random_row(in, cols, random);
            append(sixteen, row.data(), row.size());
        }
        const std::size_t size = sixteen.size() / 16 * static_cast<std::size_t>(rows);
        bytes.reserve(size);
        while (bytes.size() < size)
            append(bytes, sixteen.data(), std::min(sixteen.size(), size - bytes.size()));
        return backend.load_weight({bytes.data(), in, rows, cols}, compute);
    };
    const int dim = config.dim, kv_dim = config.kv_dim(), ffn_dim = config.ffn_dim;
    llama::Weights weights;
    weights.embedding =
        matrix(config.vocab_size, dim, format == WeightFormat::Q4_1 ? WeightFormat::Q8_0 : format);
    weights.output_norm.assign(static_cast<std::size_t>(dim), 1.0f);
    for (int i = 0; i < config.layers; ++i) {
        llama::LayerWeights layer;
        layer.attention_norm = layer.ffn_norm = weights.output_norm;
        layer.wq = matrix(dim, dim, format);
        layer.wk = matrix(kv_dim, dim, format);
        layer.wv = matrix(kv_dim, dim, format);
        layer.wo = matrix(dim, dim, format);
        layer.gate = matrix(ffn_dim, dim, format);
        layer.up = matrix(ffn_dim, dim, format);
        layer.down = matrix(dim, ffn_dim, format);
        weights.layers.push_back(std::move(layer));
    }
    return weights;
}

} // namespace engine::tools
