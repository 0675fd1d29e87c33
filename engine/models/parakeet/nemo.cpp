#include "engine/models/parakeet/nemo.h"

#include "base/io.h"
#include "engine/formats/checkpoint.h"
#include "engine/formats/tar.h"
#include "engine/formats/torch_state.h"
#include "engine/formats/wording.h"
#include "engine/models/parakeet/model.h"
#include "engine/models/parakeet/nemo_settings.h"
#include "engine/sound/speech_features.h"
#include "engine/text/sentencepiece_file.h"
#include "engine/text/utf8.h"
#include "engine/types.h"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>
#include <set>
#include <system_error>

namespace engine::parakeet {
namespace {

using formats::damaged;
using formats::in_quotes;
using formats::TarFile;
using formats::TensorTable;
using nlohmann::json;
using text::SentencePiece;
namespace fs = std::filesystem;

constexpr const char* kBlank = "<blank>";

/// Files that a conversion makes; those of one that failed are removed again.
class NewFolder {
public:
    static Result<NewFolder> make(const fs::path& folder)
    {
        std::error_code error;
        const bool there = fs::exists(folder, error);
        if (there && (!fs::is_directory(folder, error) || !fs::is_empty(folder, error)))
            return fail(
                ErrorCode::AlreadyExists,
                folder.string() + " is there already.",
                "Name a folder that does not exist yet.");
        fs::create_directories(folder, error);
        if (error)
            return fail(
                ErrorCode::FileUnreadable,
                "Cannot make the folder " + folder.string() + ": " + error.message() + ".");
        return NewFolder(folder, !there);
    }
    NewFolder(NewFolder&& other) noexcept : folder_(std::move(other.folder_)), ours_(other.ours_)
    {
        other.folder_.clear();
    }
    NewFolder& operator=(NewFolder&&) = delete;
    ~NewFolder()
    {
        if (folder_.empty()) return;
        std::error_code ignored;
        for (const char* name : kNames) fs::remove(folder_ / name, ignored);
        if (ours_) fs::remove(folder_, ignored);
    }
    void keep()
    {
        std::error_code ignored;
        fs::remove(folder_ / kNames[0], ignored);
        folder_.clear();
    }
    const fs::path& path() const { return folder_; }
    fs::path unpacked() const { return folder_ / kNames[0]; }

private:
    NewFolder(fs::path folder, bool ours) : folder_(std::move(folder)), ours_(ours) {}
    static constexpr std::array kNames = {
        ".unpacked.tar",
        "model.safetensors",
        "config.json",
        "generation_config.json",
        "processor_config.json",
        "tokenizer.json"};
    fs::path folder_;
    bool ours_; // made here
};

/// The one member with such an ending; their names carry a hash in front.
Result<std::span<const std::byte>> member(const TarFile& tar, std::string_view ending)
{
    std::optional<std::span<const std::byte>> found;
    for (const auto& [name, bytes] : tar.members()) {
        if (!name.ends_with(ending)) continue;
        if (found)
            return damaged(
                tar.file()->name(),
                "has more than one member that ends in " + in_quotes(ending) + ".");
        found = bytes;
    }
    if (!found)
        return damaged(
            tar.file()->name(),
            "has no member that ends in " + in_quotes(ending) + ", as a model of NeMo has.");
    return *found;
}

void replace_part(std::string& name, std::string_view from, std::string_view to)
{
    if (const auto at = name.find(from); at != std::string::npos) name.replace(at, from.size(), to);
}

/// NeMo's name of a tensor in transformers' words. Empty for what a recogniser does not need,
/// nothing for what is not known. Audio spec 2.3.
std::optional<std::string> translated(const std::string& nemo)
{
    for (const char* dropped :
         {"preprocessor.", "spec_augmentation.", "encoder.pos_enc.", "ctc_decoder."})
        if (nemo.starts_with(dropped)) return std::string();
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kParts = {{
        {"encoder.pre_encode.conv.", "encoder.subsampling.layers."},
        {"encoder.pre_encode.out.", "encoder.subsampling.linear."},
        {"decoder.prediction.embed.", "decoder.embedding."},
        {"decoder.prediction.dec_rnn.lstm.", "decoder.lstm."},
        {"joint.enc.", "encoder_projector."},
        {"joint.pred.", "decoder.decoder_projector."},
        {"joint.joint_net.2.", "joint.head."},
        {"encoder.layers.", "encoder.layers."},
    }};
    for (const auto& [from, to] : kParts) {
        if (!nemo.starts_with(from)) continue;
        std::string name = std::string(to) + nemo.substr(from.size());
        replace_part(name, ".self_attn.linear_q.", ".self_attn.q_proj.");
        replace_part(name, ".self_attn.linear_k.", ".self_attn.k_proj.");
        replace_part(name, ".self_attn.linear_v.", ".self_attn.v_proj.");
        replace_part(name, ".self_attn.linear_out.", ".self_attn.o_proj.");
        replace_part(name, ".self_attn.linear_pos.", ".self_attn.relative_k_proj.");
        replace_part(name, ".self_attn.pos_bias_", ".self_attn.bias_");
        replace_part(name, ".conv.batch_norm.", ".conv.norm.");
        return name;
    }
    return std::nullopt;
}

Result<void> write_weights(const TensorTable& state, const fs::path& to)
{
    std::vector<formats::TensorToWrite> tensors;
    std::set<std::string> names;
    for (const auto& [nemo, stored] : state.all()) {
        const auto name = translated(nemo);
        if (!name)
            return fail(
                ErrorCode::ModelUnsupported,
                state.file_name() + " holds the tensor " + in_quotes(nemo) +
                    ", which no part of a Parakeet TDT has.",
                "Choose a Parakeet TDT, such as nvidia/parakeet-tdt-0.6b-v2.");
        if (name->empty()) continue;
        if (text::valid_utf8(nemo) != nemo)
            return damaged(
                state.file_name(),
                "tensor " + in_quotes(nemo) + " has a name that is not UTF-8.");
        if (!names.insert(*name).second)
            return damaged(
                state.file_name(),
                "has two tensors that become " + in_quotes(*name) + ".");
        const auto shape = stored.shape();
        tensors.push_back({*name, stored.format, {shape.begin(), shape.end()}, stored.bytes});
    }
    return formats::write_safetensors(to, std::move(tensors));
}

/// In the form that transformers' own conversion of such a vocabulary has. Merges are left out:
/// they would serve to cut texts into pieces, which no recogniser does.
Result<json> tokenizer_json(const std::vector<SentencePiece>& pieces)
{
    json vocabulary = json::object(), added = json::array();
    const auto add_special = [&](std::size_t id, const std::string& content) {
        added.push_back(
            {{"id", id},
             {"content", content},
             {"single_word", false},
             {"lstrip", false},
             {"rstrip", false},
             {"normalized", false},
             {"special", true}});
    };
    std::string unknown;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!vocabulary.emplace(pieces[i].text, i).second)
            return damaged(
                "tokenizer.model",
                "has the piece " + in_quotes(pieces[i].text) + " twice.");
        if (pieces[i].kind == SentencePiece::Kind::Unknown) unknown = pieces[i].text;
        if (pieces[i].kind == SentencePiece::Kind::Control) add_special(i, pieces[i].text);
    }
    add_special(pieces.size(), kBlank);
    const json decoder = {
        {"type", "Sequence"},
        {"decoders",
         {{{"type", "Replace"}, {"pattern", {{"String", "\u2581"}}}, {"content", " "}},
          {{"type", "ByteFallback"}},
          {{"type", "Fuse"}},
          {{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}}}}};
    return json{
        {"version", "1.0"},
        {"truncation", nullptr},
        {"padding", nullptr},
        {"added_tokens", added},
        {"normalizer", nullptr},
        {"pre_tokenizer", nullptr},
        {"post_processor", nullptr},
        {"decoder", decoder},
        {"model",
         {{"type", "BPE"},
          {"dropout", nullptr},
          {"unk_token", unknown.empty() ? json(nullptr) : json(unknown)},
          {"continuing_subword_prefix", nullptr},
          {"end_of_word_suffix", nullptr},
          {"fuse_unk", true},
          {"byte_fallback", true},
          {"ignore_merges", false},
          {"vocab", vocabulary},
          {"merges", json::array()}}}};
}

std::int64_t dim(const TensorTable& tensors, std::string_view name, std::size_t which)
{
    const auto* tensor = tensors.find(name);
    return tensor != nullptr && which < tensor->rank ? tensor->dims[which] : 0;
}

int count_layers(const TensorTable& tensors, const std::string& before, const std::string& behind)
{
    int layers = 0;
    const auto name = [&] { return (before + std::to_string(layers)).append(behind); };
    while (tensors.find(name()) != nullptr) ++layers;
    return layers;
}

json config_json(const TensorTable& state, const NemoSettings& settings, std::int64_t pieces)
{
    const std::string layer = "encoder.layers.0.";
    const bool biased = state.find(layer + "self_attn.linear_q.bias") != nullptr;
    const bool conv_biased = state.find(layer + "conv.pointwise_conv1.bias") != nullptr;
    const json encoder = {
        {"model_type", "parakeet_encoder"},
        {"hidden_size", dim(state, "encoder.pre_encode.out.weight", 0)},
        {"num_hidden_layers", count_layers(state, "encoder.layers.", ".norm_out.weight")},
        {"num_attention_heads", dim(state, layer + "self_attn.pos_bias_u", 0)},
        {"intermediate_size", dim(state, layer + "feed_forward1.linear1.weight", 0)},
        {"hidden_act", "silu"},
        {"attention_bias", biased},
        {"convolution_bias", conv_biased},
        {"conv_kernel_size", dim(state, layer + "conv.depthwise_conv.weight", 2)},
        {"subsampling_factor", 8},
        {"subsampling_conv_channels", dim(state, "encoder.pre_encode.conv.0.weight", 0)},
        {"subsampling_conv_kernel_size", 3},
        {"subsampling_conv_stride", 2},
        {"num_mel_bins", settings.mel_bins},
        {"max_position_embeddings", 5000},
        {"scale_input", false}};
    return {
        {"architectures", {"ParakeetForTDT"}},
        {"model_type", "parakeet_tdt"},
        {"encoder_config", encoder},
        {"vocab_size", pieces + 1},
        {"blank_token_id", pieces},
        {"pad_token_id", pieces},
        {"decoder_hidden_size", dim(state, "decoder.prediction.embed.weight", 1)},
        {"num_decoder_layers",
         count_layers(state, "decoder.prediction.dec_rnn.lstm.weight_ih_l", "")},
        {"durations", settings.durations},
        {"hidden_act", "relu"},
        {"max_symbols_per_step", settings.most_symbols},
        {"is_encoder_decoder", true}};
}

json generation_json(std::int64_t pieces, std::size_t durations)
{
    json suppressed = json::array(); // what the reference could take for tokens
    for (std::size_t i = 0; i < durations; ++i)
        suppressed.push_back(pieces + 1 + static_cast<std::int64_t>(i));
    return {
        {"decoder_start_token_id", pieces},
        {"pad_token_id", pieces},
        {"suppress_tokens", suppressed}};
}

json processor_json(int mel_bins)
{
    using Features = sound::SpeechFeatures;
    return {
        {"processor_class", "ParakeetProcessor"},
        {"blank_token", kBlank},
        {"decoder_type", "tdt"},
        {"feature_extractor",
         {{"feature_extractor_type", "ParakeetFeatureExtractor"},
          {"feature_size", mel_bins},
          {"hop_length", Features::kHop},
          {"n_fft", Features::kPoints},
          {"win_length", Features::kWindow},
          {"preemphasis", 0.97},
          {"padding_value", 0.0},
          {"sampling_rate", kSampleRateHz}}}};
}

Result<void> write_json(const fs::path& path, const json& document)
{
    auto out = base::File::open(path, base::File::Mode::CreateNew);
    if (!out) return tl::unexpected(out.error());
    return out->write_all(document.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

/// As loading looks at it, so that what was converted will load.
Result<void> check(const fs::path& folder)
{
    const auto backend = kernels::make_cpu_backend(1);
    const auto model = Model::load(*backend, folder, {}, kernels::Compute::Exact);
    if (!model) return tl::unexpected(model.error());
    return {};
}

Result<void> convert(const TarFile& tar, const NewFolder& folder)
{
    const auto yaml_bytes = member(tar, "model_config.yaml");
    if (!yaml_bytes) return tl::unexpected(yaml_bytes.error());
    const auto yaml = formats::YamlSettings::parse(
        {reinterpret_cast<const char*>(yaml_bytes->data()), yaml_bytes->size()},
        "model_config.yaml");
    if (!yaml) return tl::unexpected(yaml.error());
    const auto settings = read_nemo_settings(*yaml);
    if (!settings) return tl::unexpected(settings.error());
    const auto model = member(tar, "tokenizer.model");
    if (!model) return tl::unexpected(model.error());
    const auto pieces = text::read_sentencepiece(*model, "tokenizer.model");
    if (!pieces) return tl::unexpected(pieces.error());
    const auto tokenizer = tokenizer_json(*pieces);
    if (!tokenizer) return tl::unexpected(tokenizer.error());

    const auto weights = member(tar, "model_weights.ckpt");
    if (!weights) return tl::unexpected(weights.error());
    const auto zip = formats::TorchZip::open(tar.file(), *weights, "model_weights.ckpt");
    if (!zip) return tl::unexpected(zip.error());
    const auto state = formats::read_torch_state(*zip);
    if (!state) return tl::unexpected(state.error());
    const auto count = static_cast<std::int64_t>(pieces->size());
    if (dim(*state, "decoder.prediction.embed.weight", 0) != count + 1)
        return damaged(
            "tokenizer.model",
            "has " + std::to_string(count) + " pieces, which are not those of the weights.");

    if (auto written = write_weights(*state, folder.path() / "model.safetensors"); !written)
        return written;
    const std::array<std::pair<const char*, json>, 4> documents = {{
        {"config.json", config_json(*state, *settings, count)},
        {"generation_config.json", generation_json(count, settings->durations.size())},
        {"processor_config.json", processor_json(settings->mel_bins)},
        {"tokenizer.json", *tokenizer},
    }};
    for (const auto& [name, document] : documents)
        if (auto written = write_json(folder.path() / name, document); !written) return written;
    if (auto intact = tar.file()->check(); !intact) return intact;
    return check(folder.path());
}

} // namespace

Result<void> convert_nemo(const fs::path& archive, const fs::path& folder)
{
    auto file = formats::MappedFile::open(archive);
    if (!file) return tl::unexpected(file.error());
    auto made = NewFolder::make(folder);
    if (!made) return tl::unexpected(made.error());
    const bool packed = formats::is_gzip((*file)->bytes());
    if (packed)
        if (auto unpacked = formats::gunzip(**file, made->unpacked()); !unpacked) return unpacked;
    const auto tar = TarFile::open(packed ? made->unpacked() : archive);
    if (!tar) return tl::unexpected(tar.error());
    if (auto converted = convert(*tar, *made); !converted) return converted;
    made->keep();
    return {};
}

} // namespace engine::parakeet
