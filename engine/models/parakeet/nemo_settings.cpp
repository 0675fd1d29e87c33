#include "engine/models/parakeet/nemo_settings.h"

#include "engine/formats/wording.h"

#include <array>
#include <charconv>
#include <string>
#include <string_view>

namespace engine::parakeet {
namespace {

using formats::YamlSettings;

constexpr const char* kFile = "model_config.yaml";

/// A setting that must have this value where the file has it at all.
struct Known {
    const char* path;
    std::string_view value;
    std::string_view spelt = value; // the other way to write it
};

Result<void> check_known(const YamlSettings& yaml)
{
    static const std::array known = {
        Known{"preprocessor.sample_rate", "16000"},
        Known{"preprocessor.window_size", "0.025"},
        Known{"preprocessor.window_stride", "0.01"},
        Known{"preprocessor.window", "hann"},
        Known{"preprocessor.n_fft", "512"},
        Known{"preprocessor.normalize", "per_feature"},
        Known{"preprocessor.log", "true"},
        Known{"preprocessor.frame_splicing", "1"},
        Known{"preprocessor.preemph", "0.97"},
        Known{"preprocessor.mag_power", "2.0", "2"},
        Known{"encoder.subsampling", "dw_striding"},
        Known{"encoder.subsampling_factor", "8"},
        Known{"encoder.causal_downsampling", "false"},
        Known{"encoder.self_attention_model", "rel_pos"},
        Known{"encoder.untie_biases", "true"},
        Known{"encoder.xscaling", "false"},
        Known{"encoder.conv_norm_type", "batch_norm"},
        Known{"joint.jointnet.activation", "relu"},
        Known{"decoding.model_type", "tdt"},
        Known{"loss.loss_name", "tdt"},
    };
    for (const Known& setting : known) {
        const auto value = yaml.text(setting.path);
        if (!value || *value == setting.value || *value == setting.spelt) continue;
        return fail(
            ErrorCode::ModelUnsupported,
            std::string(kFile) + " sets " + setting.path + " to " + formats::in_quotes(*value) +
                "; this engine computes " + std::string(setting.value) + ".",
            "Choose a Parakeet TDT, such as nvidia/parakeet-tdt-0.6b-v2.");
    }
    // NeMo scales the input unless it is told not to.
    for (const char* needed : {"encoder.xscaling", "preprocessor.features"})
        if (!yaml.text(needed))
            return formats::damaged(kFile, std::string("does not say what ") + needed + " is.");
    const auto context = yaml.list("encoder.att_context_size");
    if (context && *context != std::vector<std::string>{"-1", "-1"})
        return fail(
            ErrorCode::ModelUnsupported,
            std::string(kFile) + " limits how far attention reaches, which this engine does not.",
            "Choose a model with full attention, such as nvidia/parakeet-tdt-0.6b-v2.");
    return {};
}

Result<std::vector<int>> read_durations(const YamlSettings& yaml)
{
    for (const char* path :
         {"decoding.durations", "model_defaults.tdt_durations", "loss.tdt_kwargs.durations"}) {
        const auto list = yaml.list(path);
        if (!list) continue;
        std::vector<int> durations;
        for (const std::string& item : *list) {
            int value = 0;
            const char* const end = item.data() + item.size();
            const auto [at, problem] = std::from_chars(item.data(), end, value);
            if (problem != std::errc() || at != end)
                return formats::damaged(kFile, std::string(path) + " are no whole numbers.");
            durations.push_back(value);
        }
        return durations;
    }
    return fail(
        ErrorCode::ModelUnsupported,
        std::string(kFile) + " names no durations: it is not of a token-and-duration transducer.",
        "Choose a Parakeet TDT, such as nvidia/parakeet-tdt-0.6b-v2.");
}

} // namespace

Result<NemoSettings> read_nemo_settings(const YamlSettings& yaml)
{
    if (auto known = check_known(yaml); !known) return tl::unexpected(known.error());
    NemoSettings settings;
    const auto bins = yaml.integer("preprocessor.features");
    if (!bins) return formats::damaged(kFile, "preprocessor.features is no whole number.");
    settings.mel_bins = *bins;
    auto durations = read_durations(yaml);
    if (!durations) return tl::unexpected(durations.error());
    settings.durations = std::move(*durations);
    for (const char* path : {"decoding.greedy.max_symbols", "decoding.greedy.max_symbols_per_step"})
        if (const auto most = yaml.integer(path)) settings.most_symbols = *most;
    return settings;
}

} // namespace engine::parakeet
