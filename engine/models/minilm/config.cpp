#include "engine/models/minilm/config.h"

#include "engine/formats/json.h"
#include "engine/formats/wording.h"

#include <string>

namespace engine::minilm {

namespace {

constexpr std::int64_t kMostRows = 1 << 22;
constexpr std::int64_t kWidest = 1 << 14;
constexpr int kMostLayers = 256;
constexpr int kHeadDim = 32;

/// Rows and columns of a matrix, within bounds that keep every later product small.
Result<std::pair<int, int>> sizes(const formats::SafetensorsFile& file, const std::string& name)
{
    const formats::StoredTensor* tensor = file.tensors().find(name);
    const bool fits = tensor != nullptr && tensor->rank == 2 && tensor->dims[0] > 0 &&
                      tensor->dims[0] <= kMostRows && tensor->dims[1] > 0 &&
                      tensor->dims[1] <= kWidest;
    if (!fits)
        return formats::damaged(
            file.tensors().file_name(),
            "tensor " + formats::in_quotes(name) + " is missing or not a matrix of usual size.");
    return std::pair(static_cast<int>(tensor->dims[0]), static_cast<int>(tensor->dims[1]));
}

Result<void> read_json(Config& config, const std::filesystem::path& path)
{
    const auto json = formats::read_json_file(path);
    if (!json) return tl::unexpected(json.error());
    const std::string name = path.filename().string();
    const auto text = [&](const char* key) {
        const bool there = json->is_object() && json->contains(key) && (*json)[key].is_string();
        return there ? (*json)[key].get<std::string>() : std::string();
    };
    for (const auto& [key, expected] :
         {std::pair("model_type", "bert"), std::pair("hidden_act", "gelu")})
        if (text(key) != expected)
            return fail(
                ErrorCode::ModelUnsupported,
                name + ": " + key + " is " + formats::in_quotes(text(key)) +
                    ", this engine computes \"" + expected + "\".",
                "Choose a model from the catalogue.");
    const auto heads = formats::json_integer(*json, name, "num_attention_heads", 1, kWidest);
    if (!heads) return tl::unexpected(heads.error());
    config.heads = static_cast<int>(*heads);
    const auto& epsilon =
        json->contains("layer_norm_eps") ? (*json)["layer_norm_eps"] : nlohmann::json();
    if (epsilon.is_number() && epsilon.get<double>() >= 0 && epsilon.get<double>() < 1)
        config.norm_eps = epsilon.get<float>();
    return {};
}

} // namespace

Result<Config>
read_config(const formats::SafetensorsFile& file, const std::filesystem::path& config_json)
{
    Config config;
    const auto words = sizes(file, "embeddings.word_embeddings.weight");
    const auto positions = sizes(file, "embeddings.position_embeddings.weight");
    const auto inner = sizes(file, "encoder.layer.0.intermediate.dense.weight");
    if (!words) return tl::unexpected(words.error());
    if (!positions) return tl::unexpected(positions.error());
    if (!inner) return tl::unexpected(inner.error());
    config.vocab_size = words->first;
    config.dim = words->second;
    config.positions = positions->first;
    config.ffn_dim = inner->first;
    config.heads = config.dim / kHeadDim;
    while (config.layers <= kMostLayers && file.tensors().find(
                                               "encoder.layer." + std::to_string(config.layers) +
                                               ".output.dense.weight") != nullptr)
        ++config.layers;

    std::error_code ignored;
    if (std::filesystem::exists(config_json, ignored)) {
        auto read = read_json(config, config_json);
        if (!read) return tl::unexpected(read.error());
    }
    if (config.layers < 1 || config.layers > kMostLayers || config.positions < 2 ||
        config.heads < 1 || config.dim % config.heads != 0)
        return formats::damaged(
            file.tensors().file_name(),
            "describes " + std::to_string(config.layers) + " layers of width " +
                std::to_string(config.dim) + " with " + std::to_string(config.heads) +
                " heads, which is no encoder.");
    return config;
}

} // namespace engine::minilm
