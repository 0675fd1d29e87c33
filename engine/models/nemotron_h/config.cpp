#include "engine/models/nemotron_h/config.h"

#include "engine/formats/json.h"
#include "engine/formats/wording.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

namespace engine::nemotron_h {
namespace {

using formats::damaged;
using formats::in_quotes;
using nlohmann::json;

constexpr std::size_t kMostLayers = 1024;

/// Reads keys one after another and remembers the first mistake, so that the list below stays a
/// list. A key may have several spellings; the first that is there counts.
class Reader {
public:
    using Names = std::initializer_list<const char*>;

    Reader(const json& object, std::string_view file) : object_(object), file_(file) {}

    const json* find(Names names) const
    {
        for (const char* name : names)
            if (const auto found = object_.find(name); found != object_.end() && !found->is_null())
                return &*found;
        return nullptr;
    }
    int integer(Names names, std::int64_t low, std::int64_t high)
    {
        const char* name = *names.begin();
        for (const char* each : names)
            if (find({each}) != nullptr) name = each;
        const auto value = formats::json_integer(object_, file_, name, low, high);
        if (!value) return note(value.error());
        return static_cast<int>(*value);
    }
    int integer_or(Names names, std::int64_t low, std::int64_t high, int otherwise)
    {
        return find(names) != nullptr ? integer(names, low, high) : otherwise;
    }
    float number_or(const char* name, double low, double high, float otherwise)
    {
        const json* found = find({name});
        if (found == nullptr) return otherwise;
        const double value = found->is_number() ? found->get<double>() : low - 1;
        if (value >= low && value <= high) return static_cast<float>(value);
        note(damaged(
                 file_,
                 in_quotes(name) + " is " + in_quotes(words(*found)) + ", expected a number from " +
                     std::to_string(low) + " to " + std::to_string(high) + ".")
                 .value());
        return otherwise;
    }
    bool flag_or(const char* name, bool otherwise)
    {
        const json* found = find({name});
        if (found == nullptr) return otherwise;
        if (found->is_boolean()) return found->get<bool>();
        note(damaged(
                 file_,
                 in_quotes(name) + " is " + in_quotes(words(*found)) + ", expected true or false.")
                 .value());
        return otherwise;
    }
    /// Refuses a value that the forward pass does not know; missing is what it knows.
    void only(const char* name, const json& known)
    {
        const json* found = find({name});
        if (found == nullptr || *found == known) return;
        note(
            {ErrorCode::ModelUnsupported,
             std::string(file_) + " sets " + in_quotes(name) + " to " + in_quotes(words(*found)) +
                 "; this engine computes models with " + in_quotes(words(known)) + " there.",
             "Choose another model."});
    }
    int note(const Error& error)
    {
        if (!mistake_) mistake_ = error;
        return 1; // nothing divides by it before the mistake is handed out
    }
    const std::optional<Error>& mistake() const { return mistake_; }

    static std::string words(const json& value)
    {
        return value.dump(-1, ' ', true, json::error_handler_t::replace);
    }

private:
    const json& object_;
    std::string_view file_;
    std::optional<Error> mistake_;
};

std::optional<LayerKind> kind_of(std::string_view word)
{
    if (word == "M" || word == "mamba" || word == "linear_attention") return LayerKind::Mamba;
    if (word == "*" || word == "attention" || word == "full_attention") return LayerKind::Attention;
    if (word == "E" || word == "moe") return LayerKind::Experts;
    return std::nullopt;
}

Result<std::vector<LayerKind>> read_layers(const Reader& reader, std::string_view file)
{
    std::vector<std::string> words;
    if (const json* pattern = reader.find({"hybrid_override_pattern"})) {
        if (pattern->is_string())
            for (const char c : pattern->get_ref<const std::string&>()) words.emplace_back(1, c);
    } else if (const json* list = reader.find({"layers_block_type"})) {
        if (list->is_array())
            for (const json& each : *list)
                words.push_back(each.is_string() ? each.get<std::string>() : Reader::words(each));
    }
    if (words.empty() || words.size() > kMostLayers)
        return damaged(
            file,
            "describes " + std::to_string(words.size()) +
                " layers in \"hybrid_override_pattern\" or \"layers_block_type\", expected 1 to " +
                std::to_string(kMostLayers) + ".");
    std::vector<LayerKind> layers;
    for (const std::string& word : words) {
        const auto kind = kind_of(word);
        if (!kind)
            return fail(
                ErrorCode::ModelUnsupported,
                std::string(file) + " has a layer of the kind " + in_quotes(word) +
                    ", which this engine does not compute.",
                "Choose another model.");
        layers.push_back(*kind);
    }
    return layers;
}

} // namespace

int Config::count(LayerKind kind) const
{
    return static_cast<int>(std::count(layers.begin(), layers.end(), kind));
}

std::string Config::pattern() const
{
    std::string letters;
    for (const LayerKind kind : layers) letters += static_cast<char>(kind);
    return letters;
}

std::size_t Config::cache_bytes_per_token(std::size_t element_bytes) const
{
    return 2 * static_cast<std::size_t>(count(LayerKind::Attention)) *
           static_cast<std::size_t>(kv_dim()) * element_bytes;
}

std::size_t Config::state_bytes() const
{
    const auto scan = static_cast<std::size_t>(mamba_dim()) * static_cast<std::size_t>(mamba_state);
    const auto conv =
        static_cast<std::size_t>(conv_dim()) * static_cast<std::size_t>(mamba_taps - 1);
    return static_cast<std::size_t>(count(LayerKind::Mamba)) * (scan + conv) * sizeof(float);
}

Result<Config> read_config(const json& object, std::string_view file)
{
    if (!object.is_object()) return damaged(file, "does not hold an object.");
    Reader reader(object, file);
    auto layers = read_layers(reader, file);
    if (!layers) return tl::unexpected(layers.error());
    const auto count = static_cast<std::int64_t>(layers->size());
    if (reader.find({"num_hidden_layers"}) != nullptr)
        reader.integer({"num_hidden_layers"}, count, count);

    Config config;
    config.layers = std::move(*layers);
    config.dim = reader.integer({"hidden_size"}, 1, 1 << 16);
    config.vocab_size = reader.integer({"vocab_size"}, 1, 1 << 24);
    config.context_length = reader.integer({"max_position_embeddings"}, 1, 1 << 22);
    config.norm_eps = reader.number_or("layer_norm_epsilon", 1e-12, 1.0, 1e-5f);
    config.heads = reader.integer({"num_attention_heads"}, 1, 1024);
    config.kv_heads = reader.integer({"num_key_value_heads"}, 1, 1024);
    config.head_dim = reader.integer({"head_dim"}, 1, 4096);
    config.mamba_heads = reader.integer({"mamba_num_heads"}, 1, 4096);
    config.mamba_head_dim = reader.integer({"mamba_head_dim"}, 1, 4096);
    config.mamba_groups = reader.integer({"n_groups", "mamba_n_groups"}, 1, 4096);
    config.mamba_state = reader.integer({"ssm_state_size"}, 1, 4096);
    config.mamba_taps = reader.integer({"conv_kernel", "mamba_d_conv"}, 2, 8);
    if (config.count(LayerKind::Experts) > 0) {
        config.experts = reader.integer({"n_routed_experts"}, 1, 4096);
        config.experts_per_token = reader.integer({"num_experts_per_tok"}, 1, 4096);
        config.expert_dim = reader.integer({"moe_intermediate_size"}, 1, 1 << 18);
        config.shared_dim = reader.integer({"moe_shared_expert_intermediate_size"}, 1, 1 << 18);
        config.normalise_weights = reader.flag_or("norm_topk_prob", true);
        config.weight_scale = reader.number_or("routed_scaling_factor", 0.0, 1e6, 1.0f);
        reader.only("n_group", 1);
        reader.only("topk_group", 1);
        reader.only("n_shared_experts", 1);
        reader.only("moe_latent_size", nullptr);
    }
    for (const char* bias : {"attention_bias", "mlp_bias", "use_bias", "mamba_proj_bias"})
        reader.only(bias, false);
    reader.only("use_conv_bias", true);
    reader.only("mamba_conv_bias", true);
    reader.only("mlp_hidden_act", "relu2");
    reader.only("mamba_hidden_act", "silu");
    reader.only("tie_word_embeddings", false);
    reader.only("sliding_window", nullptr);
    if (reader.mistake()) return tl::unexpected(*reader.mistake());

    const auto uneven = [&](const char* what, int parts, int whole) {
        return damaged(
            file,
            std::to_string(parts) + " " + what + " do not divide " + std::to_string(whole) +
                " heads.");
    };
    if (config.heads % config.kv_heads != 0)
        return uneven("key-value heads", config.kv_heads, config.heads);
    if (config.mamba_heads % config.mamba_groups != 0)
        return uneven("Mamba groups", config.mamba_groups, config.mamba_heads);
    if (config.experts_per_token > config.experts)
        return damaged(
            file,
            "a token takes " + std::to_string(config.experts_per_token) + " of " +
                std::to_string(config.experts) + " experts.");
    return config;
}

} // namespace engine::nemotron_h
