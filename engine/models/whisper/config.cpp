#include "engine/models/whisper/config.h"

#include "engine/formats/mapped_file.h"

#include <nlohmann/json.hpp>
#include <string>

namespace engine::whisper {
namespace {

constexpr std::size_t kMaxConfigBytes = 1 << 20;
constexpr std::int64_t kMaxSize = 1 << 20; // no dimension of a Whisper comes near

tl::unexpected<Error> bad_config(const std::filesystem::path& path, const std::string& what)
{
    return fail(
        ErrorCode::BadModelFile,
        path.filename().string() + " does not fit a Whisper model: " + what + ".",
        "Fetch the model again with: percept-cli models fetch whisper-base");
}

/// Dimension `axis` of a tensor that has to be there with `rank` dimensions.
Result<int> dimension(const formats::TensorTable& tensors, const char* name, int rank, int axis)
{
    const formats::StoredTensor* tensor = tensors.find(name);
    if (tensor == nullptr || tensor->rank != rank) {
        return fail(
            ErrorCode::BadModelFile,
            tensors.file_name() + " has no " + std::to_string(rank) + "-dimensional tensor " +
                name + ".",
            "Fetch the model again with: percept-cli models fetch whisper-base");
    }
    const std::int64_t size = tensor->dims[static_cast<std::size_t>(axis)];
    if (size < 1 || size > kMaxSize) {
        return fail(
            ErrorCode::BadModelFile,
            tensors.file_name() + ": tensor " + name + " has an impossible size.");
    }
    return static_cast<int>(size);
}

int count_layers(const formats::TensorTable& tensors, const std::string& prefix)
{
    int layers = 0;
    while (tensors.find(prefix + std::to_string(layers) + "/ffn/linear_0/weight") != nullptr) {
        ++layers;
    }
    return layers;
}

Result<std::vector<std::int32_t>>
ids(const nlohmann::json& json, const char* key, const Config& config)
{
    std::vector<std::int32_t> out;
    const auto found = json.find(key);
    if (found == json.end() || !found->is_array()) {
        return fail(ErrorCode::BadModelFile, std::string(key) + " is missing");
    }
    for (const auto& value : *found) {
        if (!value.is_number_integer()) {
            return fail(ErrorCode::BadModelFile, std::string(key) + " holds more than numbers");
        }
        const auto id = value.get<std::int64_t>();
        if (id < 0 || id >= config.vocabulary) {
            return fail(
                ErrorCode::BadModelFile,
                std::string(key) + " names a token that is not there");
        }
        out.push_back(static_cast<std::int32_t>(id));
    }
    return out;
}

Result<std::vector<Config::Head>> heads(const nlohmann::json& json, const Config& config)
{
    std::vector<Config::Head> out;
    const auto found = json.find("alignment_heads");
    if (found == json.end() || !found->is_array() || found->empty()) {
        return fail(ErrorCode::BadModelFile, "alignment_heads is missing");
    }
    for (const auto& pair : *found) {
        const bool is_pair = pair.is_array() && pair.size() == 2 && pair[0].is_number_integer() &&
                             pair[1].is_number_integer();
        if (!is_pair) return fail(ErrorCode::BadModelFile, "alignment_heads does not hold pairs");
        const auto layer = pair[0].get<std::int64_t>(), head = pair[1].get<std::int64_t>();
        if (layer < 0 || layer >= config.decoder_layers || head < 0 ||
            head >= config.decoder_heads) {
            return fail(ErrorCode::BadModelFile, "alignment_heads names a head that is not there");
        }
        out.push_back({static_cast<int>(layer), static_cast<int>(head)});
    }
    return out;
}

Result<void> read_sizes(const formats::TensorTable& tensors, Config& config)
{
    struct Size {
        int* into;
        const char* name;
        int rank, axis;
    };
    const Size sizes[] = {
        {&config.mel_bins, "encoder/conv1/weight", 3, 1},
        {&config.width, "encoder/conv1/weight", 3, 0},
        {&config.hidden, "encoder/layer_0/ffn/linear_0/weight", 2, 0},
        {&config.audio_positions, "encoder/position_encodings/encodings", 2, 0},
        {&config.text_positions, "decoder/position_encodings/encodings", 2, 0},
        {&config.vocabulary, "decoder/embeddings/weight", 2, 0}};
    for (const Size& size : sizes) {
        auto value = dimension(tensors, size.name, size.rank, size.axis);
        if (!value) return tl::unexpected(value.error());
        *size.into = *value;
    }
    config.encoder_layers = count_layers(tensors, "encoder/layer_");
    config.decoder_layers = count_layers(tensors, "decoder/layer_");
    for (const auto& [into, name] :
         {std::pair{&config.encoder_heads, "encoder/num_heads"},
          std::pair{&config.decoder_heads, "decoder/num_heads"}}) {
        auto value = tensors.integer(name);
        if (!value) return tl::unexpected(value.error());
        if (*value < 1 || *value > config.width || config.width % *value != 0) {
            return fail(
                ErrorCode::BadModelFile,
                tensors.file_name() + ": " + std::to_string(*value) +
                    " heads do not divide a width of " + std::to_string(config.width) + ".");
        }
        *into = static_cast<int>(*value);
    }
    if (2 * config.audio_positions != kFramesPerWindow) {
        return fail(
            ErrorCode::ModelUnsupported,
            tensors.file_name() + " has " + std::to_string(config.audio_positions) +
                " sound positions; Whisper has 1500.");
    }
    return {};
}

/// Switches that would change the forward pass; every released Whisper has these values.
Result<void> check_switches(const formats::TensorTable& tensors)
{
    for (const auto& [name, expected] :
         {std::pair{"decoder/activation", 3}, // exact GELU
          std::pair{"decoder/alibi", 0},
          std::pair{"decoder/pre_norm", 1},
          std::pair{"decoder/scale_embeddings", 0},
          std::pair{"decoder/start_from_zero_embedding", 0}}) {
        auto value = tensors.integer(name);
        if (!value) return tl::unexpected(value.error());
        if (*value != expected) {
            return fail(
                ErrorCode::ModelUnsupported,
                tensors.file_name() + " wants " + name + " " + std::to_string(*value) +
                    ", which this engine does not know.");
        }
    }
    return {};
}

} // namespace

Result<Config>
read_config(const formats::TensorTable& tensors, const std::filesystem::path& model_dir)
{
    Config config;
    if (auto sizes = read_sizes(tensors, config); !sizes) return tl::unexpected(sizes.error());
    if (auto known = check_switches(tensors); !known) return tl::unexpected(known.error());

    const auto path = model_dir / "config.json";
    auto text = formats::read_small_file(path, kMaxConfigBytes);
    if (!text) return tl::unexpected(text.error());
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object()) return bad_config(path, "it is not a JSON object");
    auto suppressed = ids(json, "suppress_ids", config);
    if (!suppressed) return bad_config(path, suppressed.error().message);
    config.suppressed = std::move(*suppressed);
    auto first = ids(json, "suppress_ids_begin", config);
    if (!first) return bad_config(path, first.error().message);
    config.suppressed_first = std::move(*first);
    auto alignment = heads(json, config);
    if (!alignment) return bad_config(path, alignment.error().message);
    config.alignment_heads = std::move(*alignment);
    return config;
}

} // namespace engine::whisper
