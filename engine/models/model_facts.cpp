#include "engine/model_facts.h"

#include "engine/formats/checkpoint.h"
#include "engine/formats/gguf.h"
#include "engine/formats/wording.h"
#include "engine/models/llama/config.h"
#include "engine/models/llama/memory_need.h"
#include "engine/models/llama/model.h"
#include "engine/models/nemotron_h/memory_need.h"
#include "engine/models/nemotron_h/nemotron_model.h"
#include "engine/models/omni/omni_writer.h"
#include "engine/models/parakeet/model.h"
#include "engine/text/bpe_files.h"

#include <algorithm>
#include <map>
#include <system_error>

namespace engine {
namespace {

/// The format that holds most bytes.
std::string most_used(const formats::TensorTable& tensors)
{
    std::map<formats::ElementFormat, std::size_t> bytes;
    for (const auto& [name, tensor] : tensors.all()) bytes[tensor.format] += tensor.bytes.size();
    std::string most;
    std::size_t largest = 0;
    for (const auto& [format, size] : bytes) {
        if (size <= largest) continue;
        largest = size;
        most = formats::name(format);
    }
    return most;
}

/// `need` for keys and values in 16 bits, as answers are computed.
void tell_memory(ModelFacts& facts, const MemoryNeed& need)
{
    facts.needed_bytes = need.at(std::min(kFewestPositions, facts.context_length));
    facts.available_bytes = available_memory();
}

Result<ModelFacts> look_at_gguf(const std::filesystem::path& model)
{
    const auto path = llama::find_gguf(model);
    if (!path) return tl::unexpected(path.error());
    const auto file = formats::GgufFile::open(*path);
    if (!file) return tl::unexpected(file.error());
    const auto config = llama::read_config(*file);
    if (!config) return tl::unexpected(config.error());
    const auto chat = llama::read_template(*file);
    if (!chat) return tl::unexpected(chat.error());
    const auto words = text::bpe_from_gguf(*file);
    if (!words) return tl::unexpected(words.error());
    ModelFacts facts;
    facts.capabilities.calls_tools = chat->calls_tools(*words);
    facts.path = *path;
    facts.name = file->text("general.name").value_or(path->stem().string());
    facts.format =
        file->text("general.architecture").value_or("llama") + ", " + most_used(file->tensors());
    std::error_code ignored;
    facts.size_bytes = std::filesystem::file_size(*path, ignored);
    facts.context_length = config->context_length;
    tell_memory(facts, llama::memory_need(*config, file->tensors(), 2));
    return facts;
}

std::string name_of(const std::filesystem::path& folder)
{
    const auto ending = folder.has_filename() ? folder : folder.parent_path(); // "models/nano/"
    return ending.filename().string();
}

Result<ModelFacts> look_at_recognizer(const std::filesystem::path& folder)
{
    const auto files = formats::Checkpoint::open(folder);
    if (!files) return tl::unexpected(files.error());
    // Matrices stay where they lie, unread.
    const auto backend = kernels::make_cpu_backend(1);
    const auto model = parakeet::Model::load(*backend, folder, {}, kernels::Compute::Exact);
    if (!model) return tl::unexpected(model.error());
    ModelFacts facts;
    facts.path = folder;
    facts.name = name_of(folder);
    facts.format = "parakeet_tdt, " + most_used(files->tensors());
    for (const auto& file : files->files()) facts.size_bytes += file->bytes().size();
    facts.needed_bytes = parakeet::memory_need((*model)->config, files->tensors());
    facts.available_bytes = available_memory();
    facts.capabilities.hears = true;
    facts.recognizes_speech = true;
    return facts;
}

Result<ModelFacts> look_at_checkpoint(const std::filesystem::path& folder)
{
    const auto described = nemotron_h::read_described(folder);
    if (!described) return tl::unexpected(described.error());
    const nemotron_h::Config& config = described->config;
    const auto conversation = nemotron_h::Conversation::read(folder);
    if (!conversation) return tl::unexpected(conversation.error());
    if (const auto talks = conversation->can_converse(); !talks)
        return tl::unexpected(talks.error());
    if (const auto fits = conversation->fits(config.vocab_size); !fits)
        return tl::unexpected(fits.error());
    const auto files = formats::Checkpoint::open(folder);
    if (!files) return tl::unexpected(files.error());

    // Every tensor is looked for as loading does it; what they hold stays unread.
    const auto backend = kernels::make_cpu_backend(1);
    const auto weights = nemotron_h::load_weights(*backend, files->tensors(), config);
    if (!weights) return tl::unexpected(weights.error());
    ModelFacts facts;
    if (described->omni) {
        const auto media = omni::OmniWriter::make(
            *backend,
            described->whole,
            files->tensors(),
            config.dim,
            conversation->tokenizer(),
            kernels::Compute::Exact); // repacks nothing
        if (!media) return tl::unexpected(media.error());
        facts.capabilities.sees = *media != nullptr && (*media)->sees();
        facts.capabilities.hears = *media != nullptr && (*media)->hears();
    }
    if (auto whole = files->check(); !whole) return tl::unexpected(whole.error());
    facts.capabilities.calls_tools = true;
    facts.path = folder;
    facts.name = name_of(folder);
    facts.format = described->omni ? "nemotron_h_omni, " : "nemotron_h, ";
    facts.format += weights->nvfp4_linears > 0 ? "NVFP4"
                    : weights->fp8_linears > 0 ? "FP8"
                                               : most_used(files->tensors());
    for (const auto& file : files->files()) facts.size_bytes += file->bytes().size();
    facts.context_length = config.context_length;
    tell_memory(facts, nemotron_h::memory_need(config, files->tensors(), 2));
    return facts;
}

} // namespace

Result<ModelFacts> look_at_model(const std::filesystem::path& model)
{
    if (!formats::has_checkpoint(model)) return look_at_gguf(model);
    if (parakeet::describes_recognizer(model)) return look_at_recognizer(model);
    return look_at_checkpoint(model);
}

} // namespace engine
