#include "engine/models/llama/config.h"

#include "engine/formats/wording.h"

#include <string>

namespace engine::llama {
namespace {

using formats::damaged;
using formats::GgufFile;

/// Reads keys one after another and remembers the first mistake, so that the list below stays a
/// list.
class Reader {
public:
    explicit Reader(const GgufFile& file) : file_(file), name_(file.tensors().file_name()) {}

    int integer(const std::string& key, std::int64_t low, std::int64_t high)
    {
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
    int integer_or(const std::string& key, std::int64_t low, std::int64_t high, int otherwise)
    {
        return file_.has(key) ? integer(key, low, high) : otherwise;
    }
    float number(const std::string& key, double low, double high)
    {
        const auto value = file_.number(key);
        if (!value) return static_cast<float>(note(value.error()));
        if (!(*value >= low && *value <= high)) // also refuses NaN
            return static_cast<float>(
                note(damaged(name_, key + " is out of bounds: " + std::to_string(*value) + ".")
                         .value()));
        return static_cast<float>(*value);
    }
    float number_or(const std::string& key, double low, double high, float otherwise)
    {
        return file_.has(key) ? number(key, low, high) : otherwise;
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
    std::optional<Error> mistake_;
};

tl::unexpected<Error> unsupported(const GgufFile& file, const std::string& what)
{
    return fail(
        ErrorCode::ModelUnsupported,
        file.tensors().file_name() + " " + what + ", which this engine does not compute.",
        "Choose another model; percept-engine inspect shows what a file holds.");
}

} // namespace

std::size_t Config::cache_bytes_per_token(std::size_t element_bytes) const
{
    return 2 * static_cast<std::size_t>(layers) * static_cast<std::size_t>(kv_dim()) *
           element_bytes;
}

Result<Config> read_config(const GgufFile& file)
{
    const auto architecture = file.text("general.architecture");
    if (!architecture) return tl::unexpected(architecture.error());
    if (*architecture != "llama")
        return unsupported(file, "is of the architecture " + formats::in_quotes(*architecture));
    if (file.has("llama.expert_count")) {
        const auto experts = file.integer("llama.expert_count");
        if (!experts || *experts != 0) return unsupported(file, "has a mixture of experts");
    }
    if (file.has("llama.rope.scaling.type")) {
        const auto scaling = file.text("llama.rope.scaling.type");
        if (!scaling || *scaling != "none") return unsupported(file, "scales its rotary positions");
    }
    if (file.tensors().find("rope_freqs.weight") != nullptr)
        return unsupported(file, "has its own rotary frequencies");

    Reader reader(file);
    Config config;
    config.layers = reader.integer("llama.block_count", 1, 1024);
    config.dim = reader.integer("llama.embedding_length", 32, 1 << 16);
    config.ffn_dim = reader.integer("llama.feed_forward_length", 32, 1 << 18);
    config.heads = reader.integer("llama.attention.head_count", 1, 1024);
    config.kv_heads = reader.integer_or("llama.attention.head_count_kv", 1, 1024, config.heads);
    config.context_length = reader.integer("llama.context_length", 1, 1 << 20);
    config.norm_eps = reader.number("llama.attention.layer_norm_rms_epsilon", 1e-12, 1.0);
    config.rope_base = reader.number_or("llama.rope.freq_base", 1.0, 1e12, 10'000.0f);
    if (reader.mistake()) return tl::unexpected(*reader.mistake());

    const std::string& name = file.tensors().file_name();
    if (config.dim % config.heads != 0 || config.heads % config.kv_heads != 0)
        return damaged(
            name,
            std::to_string(config.heads) + " heads and " + std::to_string(config.kv_heads) +
                " key heads do not divide a width of " + std::to_string(config.dim) + ".");
    config.head_dim = config.dim / config.heads;
    if (config.head_dim % 2 != 0) return damaged(name, "the head size is odd.");
    for (const char* key :
         {"llama.rope.dimension_count",
          "llama.attention.key_length",
          "llama.attention.value_length"}) {
        const int size = reader.integer_or(key, 1, 1 << 16, config.head_dim);
        if (reader.mistake()) return tl::unexpected(*reader.mistake());
        if (size != config.head_dim)
            return unsupported(
                file,
                std::string("has a ") + key + " of " + std::to_string(size) + " for heads of " +
                    std::to_string(config.head_dim));
    }
    // The embedding says how large the vocabulary is; the tokenizer is checked against it later.
    const auto* embedding = file.tensors().find("token_embd.weight");
    if (embedding == nullptr || embedding->rank != 2 || embedding->dims[0] < 1 ||
        embedding->dims[0] > (1 << 22) || embedding->dims[1] != config.dim)
        return damaged(name, "token_embd.weight is missing or has the wrong shape.");
    config.vocab_size = static_cast<int>(embedding->dims[0]);
    return config;
}

} // namespace engine::llama
