#include "engine/models/llama/config.h"

#include "engine/formats/wording.h"

#include <string>

namespace engine::llama {
namespace {

using formats::damaged;
using formats::GgufFile;

/// Reads the keys of an architecture one after another and remembers the first mistake, so that the
/// list below stays a list.
class Reader {
public:
    Reader(const GgufFile& file, std::string_view architecture)
        : file_(file), name_(file.tensors().file_name()), prefix_(std::string(architecture) + ".")
    {
    }

    std::string key(const std::string& name) const { return prefix_ + name; }
    bool has(const std::string& name) const { return file_.has(key(name)); }
    int integer(const std::string& name, std::int64_t low, std::int64_t high)
    {
        const std::string key = this->key(name);
        const auto value = file_.integer(key);
        if (!value) return note(value.error());
        if (*value < low || *value > high)
            return note(damaged(
                            name_,
                            key + " is " + std::to_string(*value) + ", expected " +
                                std::to_string(low) + " to " + std::to_string(high) + ".")
                            .value());
        return static_cast<int>(*value);
    }
    int integer_or(const std::string& name, std::int64_t low, std::int64_t high, int otherwise)
    {
        return has(name) ? integer(name, low, high) : otherwise;
    }
    float number(const std::string& name, double low, double high)
    {
        const std::string key = this->key(name);
        const auto value = file_.number(key);
        if (!value) return static_cast<float>(note(value.error()));
        if (!(*value >= low && *value <= high)) // also refuses NaN
            return static_cast<float>(
                note(damaged(name_, key + " is out of bounds: " + std::to_string(*value) + ".")
                         .value()));
        return static_cast<float>(*value);
    }
    float number_or(const std::string& name, double low, double high, float otherwise)
    {
        return has(name) ? number(name, low, high) : otherwise;
    }
    const std::optional<Error>& mistake() const { return mistake_; }

private:
    int note(const Error& error)
    {
        if (!mistake_) mistake_ = error;
        return 0;
    }

    const GgufFile& file_;
    const std::string& name_;
    std::string prefix_;
    std::optional<Error> mistake_;
};

tl::unexpected<Error> unsupported(const GgufFile& file, const std::string& what)
{
    return fail(
        ErrorCode::ModelUnsupported,
        file.tensors().file_name() + " " + what + ", which this engine does not compute.",
        "Choose another model; percept-engine inspect shows what a file holds.");
}

/// What changes results and is not computed here.
Result<void> refuse_what_is_beyond(const GgufFile& file, Reader& reader)
{
    if (reader.integer_or("expert_count", 0, 1 << 20, 0) != 0)
        return unsupported(file, "has a mixture of experts");
    if (reader.has("rope.scaling.type")) {
        const auto scaling = file.text(reader.key("rope.scaling.type"));
        if (!scaling || (*scaling != "none" && *scaling != "linear"))
            return unsupported(file, "scales its rotary positions otherwise than evenly");
    }
    for (const char* capped : {"attn_logit_softcapping", "final_logit_softcapping"})
        if (reader.number_or(capped, 0.0, 1e6, 0.0f) != 0.0f)
            return unsupported(file, std::string("has ") + reader.key(capped));
    return {};
}

/// Heads may be wider or narrower than an even share of the width; then the file says so.
Result<void> read_heads(const GgufFile& file, Reader& reader, Config& config)
{
    const std::string& name = file.tensors().file_name();
    config.heads = reader.integer("attention.head_count", 1, 1024);
    config.kv_heads = reader.integer_or("attention.head_count_kv", 1, 1024, config.heads);
    config.head_dim = reader.integer_or("attention.key_length", 1, 1 << 12, 0);
    if (reader.mistake()) return tl::unexpected(*reader.mistake());
    const bool shared = config.head_dim == 0;
    if (config.heads % config.kv_heads != 0 || (shared && config.dim % config.heads != 0))
        return damaged(
            name,
            std::to_string(config.heads) + " heads and " + std::to_string(config.kv_heads) +
                " key heads do not divide a width of " + std::to_string(config.dim) + ".");
    if (shared) config.head_dim = config.dim / config.heads;
    if (config.head_dim % 2 != 0) return damaged(name, "the head size is odd.");
    for (const char* key : {"rope.dimension_count", "attention.value_length"}) {
        const int size = reader.integer_or(key, 1, 1 << 16, config.head_dim);
        if (reader.mistake()) return tl::unexpected(*reader.mistake());
        if (size != config.head_dim)
            return unsupported(
                file,
                "has a " + reader.key(key) + " of " + std::to_string(size) + " for heads of " +
                    std::to_string(config.head_dim));
    }
    return {};
}

void read_positions(Reader& reader, Config& config)
{
    config.rope_base = reader.number_or("rope.freq_base", 1.0, 1e12, 10'000.0f);
    if (reader.has("rope.scaling.type"))
        config.rope_stretch = reader.number_or("rope.scaling.factor", 1.0, 1e4, 1.0f);
    if (config.architecture.window_period == 0) return;
    config.window = reader.integer("attention.sliding_window", 1, 1 << 20);
    config.window_period = reader.integer_or(
        "attention.sliding_window_pattern",
        1,
        1024,
        config.architecture.window_period);
    config.window_rope_base = reader.number_or("rope.freq_base_swa", 1.0, 1e12, 10'000.0f);
    // No key says it: of Gemma 3 the model of 62 layers divides by its width a head.
    if (config.layers == 62) config.scale_dim = config.dim / config.heads;
}

} // namespace

std::size_t Config::cache_bytes_per_token(std::size_t element_bytes) const
{
    return 2 * static_cast<std::size_t>(layers) * static_cast<std::size_t>(kv_dim()) *
           element_bytes;
}

Result<Config> read_config(const GgufFile& file)
{
    const auto name = file.text("general.architecture");
    if (!name) return tl::unexpected(name.error());
    const Architecture* architecture = architecture_named(*name);
    if (architecture == nullptr)
        return unsupported(file, "is of the architecture " + formats::in_quotes(*name));

    Reader reader(file, *name);
    if (auto known = refuse_what_is_beyond(file, reader); !known)
        return tl::unexpected(known.error());
    Config config;
    config.architecture = *architecture;
    config.layers = reader.integer("block_count", 1, 1024);
    config.dim = reader.integer("embedding_length", 32, 1 << 16);
    config.ffn_dim = reader.integer("feed_forward_length", 32, 1 << 18);
    config.context_length = reader.integer("context_length", 1, 1 << 20);
    config.norm_eps = reader.number("attention.layer_norm_rms_epsilon", 1e-12, 1.0);
    if (auto heads = read_heads(file, reader, config); !heads) return tl::unexpected(heads.error());
    read_positions(reader, config);
    if (reader.mistake()) return tl::unexpected(*reader.mistake());

    // The embedding says how large the vocabulary is; the tokenizer is checked against it later.
    const auto* embedding = file.tensors().find("token_embd.weight");
    if (embedding == nullptr || embedding->rank != 2 || embedding->dims[0] < 1 ||
        embedding->dims[0] > (1 << 22) || embedding->dims[1] != config.dim)
        return damaged(
            file.tensors().file_name(),
            "token_embd.weight is missing or has the wrong shape.");
    config.vocab_size = static_cast<int>(embedding->dims[0]);
    return config;
}

} // namespace engine::llama
