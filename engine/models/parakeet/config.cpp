#include "engine/models/parakeet/config.h"

#include "engine/formats/json.h"
#include "engine/formats/wording.h"
#include "engine/sound/speech_features.h"
#include "engine/types.h"

#include <algorithm>
#include <array>
#include <system_error>

namespace engine::parakeet {
namespace {

using formats::damaged;
using formats::in_quotes;
using formats::TensorTable;
using nlohmann::json;

constexpr const char* kFile = "config.json";
constexpr std::int64_t kLargestVocabulary = 1 << 20;
constexpr std::size_t kMostDurations = 64;
constexpr int kMostLayers = 16;

tl::unexpected<Error> other_model(const std::string& what)
{
    return fail(
        ErrorCode::ModelUnsupported,
        std::string(kFile) + " " + what + ", which this engine does not compute.",
        "Choose a Parakeet TDT in the layout of transformers, such as "
        "nvidia/parakeet-tdt-0.6b-v3.");
}

/// What the networks are, where the file says it.
Result<void> check_kind(const json& config)
{
    if (!config.is_object()) return damaged(kFile, "is not an object.");
    const auto kind = config.find("model_type");
    if (kind != config.end() && *kind != "parakeet_tdt")
        return other_model("describes a model of the type " + in_quotes(kind->dump()));
    const auto activation = config.find("hidden_act");
    if (activation != config.end() && *activation != "relu")
        return other_model("has a joint whose \"hidden_act\" is not \"relu\"");
    const auto encoder = config.find("encoder_config");
    if (encoder == config.end() || !encoder->is_object())
        return damaged(kFile, "has no \"encoder_config\".");
    // Where nothing is said, the reference scales.
    if (!encoder->contains("scale_input"))
        return other_model("does not say that \"scale_input\" of its encoder is false");
    return {};
}

Result<std::vector<int>> read_durations(const json& config)
{
    const auto found = config.find("durations");
    if (found == config.end()) return std::vector<int>{0, 1, 2, 3, 4};
    const auto wrong = [] {
        return damaged(
            kFile,
            "\"durations\" are not ascending whole numbers from 0 to 1000 with one above 0.");
    };
    if (!found->is_array() || found->empty() || found->size() > kMostDurations) return wrong();
    std::vector<int> durations;
    for (const json& each : *found) {
        if (!each.is_number_unsigned() || each.get<std::uint64_t>() > 1000) return wrong();
        durations.push_back(each.get<int>());
        if (durations.size() > 1 && durations.back() <= durations[durations.size() - 2])
            return wrong();
    }
    return durations.back() > 0 ? Result<std::vector<int>>(durations) : wrong();
}

/// The features that the encoder was trained on are those that this engine computes.
Result<void> check_features(const std::filesystem::path& folder, int mel_bins)
{
    std::error_code error;
    const char* name = "processor_config.json";
    if (!std::filesystem::exists(folder / name, error)) name = "preprocessor_config.json";
    if (!std::filesystem::exists(folder / name, error)) return {};
    const auto file = formats::read_json_file(folder / name);
    if (!file) return tl::unexpected(file.error());
    if (!file->is_object()) return damaged(name, "is not an object.");
    const json& features =
        file->contains("feature_extractor") ? (*file)["feature_extractor"] : *file;
    if (!features.is_object()) return damaged(name, "has no object \"feature_extractor\".");
    using Features = sound::SpeechFeatures;
    const std::array<std::pair<const char*, json>, 6> known = {{
        {"feature_size", mel_bins},
        {"hop_length", Features::kHop},
        {"n_fft", Features::kPoints},
        {"win_length", Features::kWindow},
        {"sampling_rate", kSampleRateHz},
        {"preemphasis", 0.97},
    }};
    for (const auto& [key, expected] : known)
        if (features.contains(key) && features[key] != expected)
            return fail(
                ErrorCode::ModelUnsupported,
                std::string(name) + " describes features whose " + in_quotes(key) + " is not " +
                    expected.dump() + ", which this engine does not compute.",
                "Choose another model.");
    return {};
}

/// One dimension of a tensor of two.
Result<int> size_of(const TensorTable& tensors, const char* name, int which)
{
    const formats::StoredTensor* tensor = tensors.find(name);
    if (tensor == nullptr)
        return damaged(tensors.file_name(), "tensor " + in_quotes(name) + " is missing.");
    const auto shape = tensor->shape();
    const auto at = static_cast<std::size_t>(which);
    if (shape.size() != 2 || shape[at] < 1 || shape[at] > kLargestVocabulary + 1)
        return damaged(
            tensors.file_name(),
            "tensor " + in_quotes(name) + " has the shape " + formats::shape_words(shape) +
                ", expected 2 dimensions.");
    return static_cast<int>(shape[at]);
}

Result<void> check_sizes(const json& file, const Config& config)
{
    const std::array<std::pair<const char*, int>, 4> sizes = {{
        {"vocab_size", config.vocabulary + 1},
        {"blank_token_id", config.blank()},
        {"decoder_hidden_size", config.dim},
        {"num_decoder_layers", config.layers},
    }};
    for (const auto& [key, found] : sizes)
        if (file.contains(key) && file[key] != found)
            return damaged(
                kFile,
                in_quotes(key) + " is not " + std::to_string(found) + ", as the tensors have it.");
    return {};
}

} // namespace

bool describes_recognizer(const std::filesystem::path& folder)
{
    const auto file = formats::read_json_file(folder / kFile);
    if (!file || !file->is_object()) return false;
    const auto encoder = file->find("encoder_config");
    return encoder != file->end() && encoder->is_object();
}

Result<Config> read_config(const std::filesystem::path& folder, const TensorTable& tensors)
{
    const auto file = formats::read_json_file(folder / kFile);
    if (!file) return tl::unexpected(file.error());
    if (auto kind = check_kind(*file); !kind) return tl::unexpected(kind.error());
    auto durations = read_durations(*file);
    if (!durations) return tl::unexpected(durations.error());
    auto encoder =
        fastconformer::read_encoder_config((*file)["encoder_config"], tensors, "encoder.", kFile);
    if (!encoder) return tl::unexpected(encoder.error());

    Config config;
    config.encoder = std::move(*encoder);
    config.durations = std::move(*durations);
    const auto entries = size_of(tensors, "decoder.embedding.weight", 0);
    if (!entries) return tl::unexpected(entries.error());
    const auto dim = size_of(tensors, "decoder.embedding.weight", 1);
    if (!dim) return tl::unexpected(dim.error());
    const auto joint_dim = size_of(tensors, "encoder_projector.weight", 0);
    if (!joint_dim) return tl::unexpected(joint_dim.error());
    config.vocabulary = *entries - 1;
    config.dim = *dim;
    config.joint_dim = *joint_dim;
    if (config.vocabulary < 1)
        return damaged(tensors.file_name(), "its transducer knows no token but the blank one.");
    while (config.layers <= kMostLayers &&
           tensors.find("decoder.lstm.weight_ih_l" + std::to_string(config.layers)) != nullptr)
        ++config.layers;
    if (config.layers < 1 || config.layers > kMostLayers)
        return damaged(
            tensors.file_name(),
            "its prediction network does not have 1 to 16 LSTM layers.");
    if (file->contains("max_symbols_per_step")) {
        const auto most = formats::json_integer(*file, kFile, "max_symbols_per_step", 1, 1000);
        if (!most) return tl::unexpected(most.error());
        config.most_symbols = static_cast<int>(*most);
    }
    if (auto agree = check_sizes(*file, config); !agree) return tl::unexpected(agree.error());
    if (auto known = check_features(folder, config.encoder.mel_bins); !known)
        return tl::unexpected(known.error());
    return config;
}

} // namespace engine::parakeet
