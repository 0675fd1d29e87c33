#include "engine/formats/checkpoint.h"
#include "engine/formats/ctranslate2.h"
#include "engine/formats/gguf.h"
#include "engine/formats/safetensors.h"
#include "engine/models/fastconformer/weights.h"
#include "engine/models/llama/config.h"
#include "engine/models/llama/memory_need.h"
#include "engine/models/llama/model.h"
#include "engine/models/nemotron_h/memory_need.h"
#include "engine/models/nemotron_h/nemotron_model.h"
#include "engine/models/parakeet/model.h"
#include "engine/models/radio/weights.h"
#ifdef ENGINE_HAS_MINILM
#include "engine/models/minilm/config.h"
#endif
#ifdef ENGINE_HAS_WHISPER
#include "engine/models/whisper/config.h"
#endif
#include "engine/text/bpe_files.h"
#include "engine/text/chat_template.h"
#include "engine/tools/command.h"

#include <map>
#include <optional>
#include <sstream>
#include <system_error>

namespace engine::tools {
namespace {

using nlohmann::json;

/// What every format has: names, formats and bytes.
void describe_tensors(json& out, const formats::TensorTable& table)
{
    std::map<std::string, std::int64_t> counts;
    std::int64_t bytes = 0, parameters = 0;
    for (const auto& [name, tensor] : table.all()) {
        ++counts[std::string(formats::name(tensor.format))];
        bytes += static_cast<std::int64_t>(tensor.bytes.size());
        parameters += tensor.element_count();
    }
    out["file"] = table.file_name();
    out["tensors"] = table.all().size();
    out["formats"] = counts;
    out["parameters"] = parameters;
    out["weights_bytes"] = bytes;
}

/// The fields that other families fill.
json empty_document()
{
    return {
        {"family", nullptr},
        {"layer_pattern", ""},
        {"vocab_size", 0},
        {"hidden_size", 0},
        {"vision_layers", 0},
        {"sound_layers", 0},
        {"linears_fp8", 0},
        {"linears_nvfp4", 0},
        {"cache_bytes_per_token", 0},
        {"state_bytes", 0},
        {"problems", json::array()}};
}

void note_problem(json& out, const Error& error)
{
    out["problems"].push_back(error.message);
}

/// What the model takes of the memory with a context of so many positions (0: the whole one), and
/// whether that is there. Errors: BadUsage, more positions than the model takes.
Result<void> describe_memory(json& out, const MemoryNeed& need, int context_length, int positions)
{
    if (positions > context_length)
        return fail(
            ErrorCode::BadUsage,
            "The model takes " + std::to_string(context_length) + " positions, not " +
                std::to_string(positions) + ".");
    if (positions == 0) positions = context_length;
    const std::size_t available = available_memory();
    out["memory"] = {
        {"context", positions},
        {"weights_bytes", need.weights_bytes},
        {"active_weights_bytes", need.active_bytes},
        {"cache_bytes", need.cache_bytes_per_token * static_cast<std::size_t>(positions)},
        {"state_bytes", need.state_bytes},
        {"scratch_bytes", need.scratch_bytes},
        {"needed_bytes", need.at(positions)},
        {"available_bytes", available},
        {"fits", need.at(positions) <= available},
        {"longest_context_that_fits", positions_that_fit(need, context_length, available)}};
    return {};
}

Result<json> inspect_gguf(const std::filesystem::path& path, int positions)
{
    const auto file = formats::GgufFile::open(path);
    if (!file) return tl::unexpected(file.error());
    json out = empty_document();
    describe_tensors(out, file->tensors());
    out["family"] = file->text("general.architecture").value_or("unknown");
    out["name"] = file->text("general.name").value_or("");
    out["licence"] = file->text("general.license").value_or("");
    if (const auto config = llama::read_config(*file)) {
        out["layer_pattern"] = std::string(static_cast<std::size_t>(config->layers), 'A');
        out["layers"] = config->layers;
        out["vocab_size"] = config->vocab_size;
        out["hidden_size"] = config->dim;
        out["ffn_size"] = config->ffn_dim;
        out["heads"] = config->heads;
        out["kv_heads"] = config->kv_heads;
        out["context_length"] = config->context_length;
        out["cache_bytes_per_token"] = config->cache_bytes_per_token(2);
        out["cache_bytes_at_context_length"] =
            config->cache_bytes_per_token(2) * static_cast<std::size_t>(config->context_length);
        const auto need = llama::memory_need(*config, file->tensors(), 2);
        if (auto told = describe_memory(out, need, config->context_length, positions); !told)
            return tl::unexpected(told.error());
    } else {
        note_problem(out, config.error());
    }
    if (const auto tokenizer = text::bpe_from_gguf(*file); !tokenizer)
        note_problem(out, tokenizer.error());
    if (const auto words = file->text("tokenizer.chat_template"); !words) {
        out["problems"].push_back(
            "There is no chat template: conversations cannot be written for this model.");
    } else if (const auto chat = text::ChatTemplate::recognise(*words, path.filename().string());
               !chat) {
        note_problem(out, chat.error());
    } else {
        out["chat_template"] = chat->name();
    }
    return out;
}

/// `describe` adds what the family has besides tensors.
template <typename File, typename Describe>
Result<json>
inspect_tensors(const std::filesystem::path& path, std::string_view family, Describe describe)
{
    const auto file = File::open(path);
    if (!file) return tl::unexpected(file.error());
    json out = empty_document();
    describe_tensors(out, file->tensors());
    out["family"] = family;
    describe(out, *file);
    return out;
}

void describe_layers(json& out, int layers)
{
    out["layers"] = layers;
    out["layer_pattern"] = std::string(static_cast<std::size_t>(layers), 'A');
}

Result<json> inspect_whisper(const std::filesystem::path& folder)
{
    return inspect_tensors<formats::Ctranslate2File>(
        folder / "model.bin",
        "whisper",
        [&](json& out, const formats::Ctranslate2File& file) {
#ifdef ENGINE_HAS_WHISPER
            const auto config = whisper::read_config(file.tensors(), folder);
            if (!config) return note_problem(out, config.error());
            describe_layers(out, config->decoder_layers);
            out["sound_layers"] = config->encoder_layers;
            out["vocab_size"] = config->vocabulary;
            out["hidden_size"] = config->width;
            out["ffn_size"] = config->hidden;
            out["heads"] = config->decoder_heads;
            out["mel_bins"] = config->mel_bins;
            out["context_length"] = config->text_positions;
            out["cache_bytes_per_token"] = 2 * 2 * config->decoder_layers * config->width;
#endif
        });
}

Result<json> inspect_minilm(const std::filesystem::path& folder)
{
    return inspect_tensors<formats::SafetensorsFile>(
        folder / "model.safetensors",
        "minilm",
        [&](json& out, const formats::SafetensorsFile& file) {
#ifdef ENGINE_HAS_MINILM
            const auto config = minilm::read_config(file, folder / "config.json");
            if (!config) return note_problem(out, config.error());
            describe_layers(out, config->layers);
            out["vocab_size"] = config->vocab_size;
            out["hidden_size"] = config->dim;
            out["ffn_size"] = config->ffn_dim;
            out["heads"] = config->heads;
            out["context_length"] = config->max_tokens();
#endif
        });
}

/// Works on frames of sound with one recurrent layer: neither words nor a growing cache.
Result<json> inspect_silero(const std::filesystem::path& folder)
{
    return inspect_tensors<formats::SafetensorsFile>(
        folder / "silero_vad.safetensors",
        "silero_vad",
        [](json& out, const formats::SafetensorsFile& file) {
            const auto* hidden = file.tensors().find("lstm_cell.weight_hh");
            if (hidden == nullptr || hidden->rank != 2) {
                out["problems"].push_back("There is no recurrent layer lstm_cell.weight_hh.");
                return;
            }
            out["hidden_size"] = hidden->dims[1];
            out["state_bytes"] = 2 * 4 * hidden->dims[1]; // hidden and cell, float32
        });
}

bool is_parakeet(const std::filesystem::path& folder)
{
    const auto files = formats::Checkpoint::open(folder);
    return files && files->tensors().find("joint.head.weight") != nullptr;
}

/// A recogniser of speech: every tensor is looked for as loading does it.
Result<json> inspect_parakeet(const std::filesystem::path& folder)
{
    const auto files = formats::Checkpoint::open(folder);
    if (!files) return tl::unexpected(files.error());
    json out = empty_document();
    describe_tensors(out, files->tensors());
    out["family"] = "parakeet_tdt";
    if (const auto config = parakeet::read_config(folder, files->tensors())) {
        out["sound_layers"] = config->encoder.layers;
        out["layers"] = config->layers;
        out["vocab_size"] = config->vocabulary + 1;
        out["hidden_size"] = config->encoder.dim;
        out["heads"] = config->encoder.heads;
        out["mel_bins"] = config->encoder.mel_bins;
        out["durations"] = config->durations;
        out["state_bytes"] = std::size_t{8} * static_cast<std::size_t>(config->layers) *
                             static_cast<std::size_t>(config->dim);
    }
    const auto backend = kernels::make_cpu_backend(1);
    const auto model = parakeet::Model::load(*backend, folder, {}, kernels::Compute::Exact);
    if (!model) note_problem(out, model.error());
    return out;
}

/// Language models of safetensors folders, the language half of omni models included.
Result<json> inspect_nemotron(const std::filesystem::path& folder, int positions)
{
    const auto files = formats::Checkpoint::open(folder);
    if (!files) return tl::unexpected(files.error());
    json out = empty_document();
    describe_tensors(out, files->tensors());
    const auto described = nemotron_h::read_described(folder);
    if (!described) {
        note_problem(out, described.error());
        return out;
    }
    const nemotron_h::Config& config = described->config;
    out["family"] = described->omni ? "nemotron_h_omni" : "nemotron_h";
    out["layer_pattern"] = config.pattern();
    out["layers"] = config.layers.size();
    out["vocab_size"] = config.vocab_size;
    out["hidden_size"] = config.dim;
    out["heads"] = config.heads;
    out["kv_heads"] = config.kv_heads;
    out["experts"] = config.experts;
    out["experts_per_token"] = config.experts_per_token;
    out["context_length"] = config.context_length;
    out["cache_bytes_per_token"] = config.cache_bytes_per_token(2);
    out["cache_bytes_at_context_length"] =
        config.cache_bytes_per_token(2) * static_cast<std::size_t>(config.context_length);
    out["state_bytes"] = config.state_bytes();
    const auto need = nemotron_h::memory_need(config, files->tensors(), 2);
    if (auto told = describe_memory(out, need, config.context_length, positions); !told)
        return tl::unexpected(told.error());
    // Every tensor is looked for as loading does it; nothing of them is read.
    const auto backend = kernels::make_cpu_backend(1);
    const formats::TensorTable& tensors = files->tensors();
    if (described->omni && described->whole.contains("vision_config")) {
        const auto eyes = radio::read_config(described->whole, tensors, config.dim, "config.json");
        if (eyes) out["vision_layers"] = eyes->layers;
        const auto weights =
            eyes ? radio::load_weights(*backend, tensors, *eyes) : tl::unexpected(eyes.error());
        if (!weights) note_problem(out, weights.error());
    }
    if (described->omni && fastconformer::has_sound_tower(tensors)) {
        const auto ears =
            fastconformer::read_config(described->whole, tensors, config.dim, "config.json");
        if (ears) out["sound_layers"] = ears->layers;
        const auto weights = ears ? fastconformer::load_weights(*backend, tensors, *ears)
                                  : tl::unexpected(ears.error());
        if (!weights) note_problem(out, weights.error());
    }
    if (const auto weights = nemotron_h::load_weights(*backend, files->tensors(), config)) {
        out["linears_fp8"] = weights->fp8_linears;
        out["linears_nvfp4"] = weights->nvfp4_linears;
    } else {
        note_problem(out, weights.error());
    }
    if (const auto conversation = nemotron_h::Conversation::read(folder); !conversation) {
        note_problem(out, conversation.error());
    } else if (const auto talks = conversation->can_converse(); !talks) {
        note_problem(out, talks.error());
    } else {
        out["chat_template"] = "Nemotron 3 Nano";
    }
    return out;
}

Result<json> inspect_model(const std::filesystem::path& model, int positions)
{
    std::error_code error;
    const bool folder = std::filesystem::is_directory(model, error);
    const auto has = [&](const char* name) {
        return folder && std::filesystem::exists(model / name, error);
    };
    if (has("model.bin")) return inspect_whisper(model);
    if (has("model.safetensors") && has("vocab.txt")) return inspect_minilm(model);
    if (has("silero_vad.safetensors")) return inspect_silero(model);
    if (folder && formats::has_checkpoint(model) && is_parakeet(model))
        return inspect_parakeet(model);
    if (folder && formats::has_checkpoint(model)) return inspect_nemotron(model, positions);
    if (!folder && model.extension() == ".safetensors")
        return inspect_tensors<formats::SafetensorsFile>(
            model,
            "unknown",
            [](json&, const formats::SafetensorsFile&) {});
    const auto path = llama::find_gguf(model);
    if (!path) return tl::unexpected(path.error());
    return inspect_gguf(*path, positions);
}

std::string for_people(const json& document)
{
    std::ostringstream text;
    for (const auto& [key, value] : document.items()) {
        if (value.is_null() || (value.is_number() && value == 0) || value == "") continue;
        if (key == "problems") continue;
        text << key << ": " << (value.is_string() ? value.get<std::string>() : value.dump())
             << '\n';
    }
    return text.str();
}

Result<Output> run(const Context& context)
{
    const auto positions = context.arguments.integer("--context", 1, 1 << 24, 0);
    if (!positions) return tl::unexpected(positions.error());
    const auto document = inspect_model(context.model, static_cast<int>(*positions));
    if (!document) return tl::unexpected(document.error());
    Output output{*document, for_people(*document)};
    output.problems = (*document)["problems"].get<std::vector<std::string>>();
    return output;
}

} // namespace

Command inspect_command()
{
    return {
        "inspect",
        "what the files of a model hold",
        "percept-engine inspect --model SmolLM2-135M-Instruct.Q4_1.gguf --json",
        {
            {"--context", "N", "memory for N positions of a language model (the whole context)"},
        },
        true,
        run};
}

} // namespace engine::tools
