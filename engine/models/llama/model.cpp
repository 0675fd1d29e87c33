#include "engine/models/llama/model.h"

#include "engine/formats/wording.h"
#include "engine/models/llama/kv_cache.h"
#include "engine/models/llama/memory_need.h"
#include "engine/text/bpe_files.h"

#include <algorithm>
#include <system_error>

namespace engine::llama {
Result<text::ChatTemplate> read_template(const formats::GgufFile& file)
{
    const std::string& name = file.tensors().file_name();
    if (!file.has("tokenizer.chat_template"))
        return fail(
            ErrorCode::ModelUnsupported,
            name + " has no chat template, so it does not say how a conversation is written.",
            "Choose a model that was trained on conversations.");
    const auto text = file.text("tokenizer.chat_template");
    if (!text) return tl::unexpected(text.error());
    return text::ChatTemplate::recognise(*text, name);
}

Result<std::filesystem::path> find_gguf(const std::filesystem::path& model)
{
    std::error_code error;
    if (!std::filesystem::is_directory(model, error)) return model;
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(model, error))
        if (entry.path().extension() == ".gguf") found.push_back(entry.path());
    if (error)
        return fail(
            ErrorCode::FileUnreadable,
            "Cannot list " + model.string() + ": " + error.message() + ".");
    if (found.size() == 1) return found.front();
    return fail(
        ErrorCode::FileNotFound,
        found.empty() ? model.string() + " holds neither a GGUF file nor model.safetensors."
                      : model.string() + " holds " + std::to_string(found.size()) + " GGUF files.",
        "Name the file itself.");
}

Result<std::unique_ptr<Model>>
Model::load(Worker& worker, const std::filesystem::path& model, kernels::Compute compute)
{
    const auto path = find_gguf(model);
    if (!path) return tl::unexpected(path.error());
    auto file = formats::GgufFile::open(*path);
    if (!file) return tl::unexpected(file.error());
    const auto sizes = read_config(*file);
    if (!sizes) return tl::unexpected(sizes.error());
    const MemoryNeed need =
        memory_need(*sizes, file->tensors(), kernels::size_bytes(llama::cache_type(compute)));
    if (auto fits = check_fit(need, sizes->context_length, available_memory()); !fits)
        return tl::unexpected(fits.error());
    file->file()->prefetch();
    auto tokenizer = text::bpe_from_gguf(*file);
    if (!tokenizer) return tl::unexpected(tokenizer.error());
    if (tokenizer->vocabulary_size() != sizes->vocab_size)
        return formats::damaged(
            file->tensors().file_name(),
            "the tokenizer has " + std::to_string(tokenizer->vocabulary_size()) +
                " tokens, the embedding " + std::to_string(sizes->vocab_size) + ".");
    auto chat = read_template(*file);

    auto loaded = std::make_unique<Model>(
        Model{std::move(*file), *sizes, std::move(*tokenizer), std::move(chat), {}, compute, {}});
    if (loaded->chat) loaded->end_tokens = loaded->chat->end_tokens(loaded->tokenizer);
    if (const auto end = loaded->tokenizer.eos()) loaded->end_tokens.push_back(*end);
    for (const char* key : {"tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id"}) {
        if (!loaded->file.has(key)) continue;
        const auto id = loaded->file.integer(key);
        if (!id) return tl::unexpected(id.error());
        if (*id >= 0 && *id < sizes->vocab_size)
            loaded->end_tokens.push_back(static_cast<std::int32_t>(*id));
    }

    const auto done = worker.run_now([&](kernels::Backend& backend) -> Result<void> {
        auto repacked = load_weights(backend, loaded->file, loaded->config, compute);
        if (!repacked) return tl::unexpected(repacked.error());
        loaded->weights = std::move(*repacked);
        return loaded->file.file()->check();
    });
    if (!done) return tl::unexpected(done.error());
    return loaded;
}

Result<std::vector<std::int32_t>> Model::prompt(const Request& request) const
{
    if (!chat) return tl::unexpected(chat.error());
    return chat->render(request.messages, tokenizer, request.thinking, request.tools);
}

bool Model::ends(std::int32_t token) const
{
    return std::find(end_tokens.begin(), end_tokens.end(), token) != end_tokens.end();
}

kernels::DType Model::cache_type() const
{
    return llama::cache_type(compute);
}

} // namespace engine::llama
