#include "engine/models/nemotron_h/nemotron_model.h"

#include "base/expects.h"
#include "engine/formats/json.h"
#include "engine/formats/wording.h"
#include "engine/models/nemotron_h/memory_need.h"
#include "engine/worker.h"

#include <algorithm>
#include <utility>

namespace engine::nemotron_h {
namespace {

constexpr const char* kConfigName = "config.json";

bool is_one_of(const std::string& word, std::initializer_list<std::string_view> known)
{
    return std::find(known.begin(), known.end(), word) != known.end();
}

} // namespace

Result<Described> read_described(const std::filesystem::path& folder)
{
    const auto json = formats::read_json_file(folder / kConfigName);
    if (!json) return tl::unexpected(json.error());
    const auto type = json->is_object() ? json->find("model_type") : json->end();
    const std::string family = json->is_object() && type != json->end() && type->is_string()
                                   ? type->get<std::string>()
                                   : std::string();
    Described described;
    described.omni = is_one_of(family, {"NemotronH_Nano_Omni_Reasoning_V3", "nemotron_h_omni"});
    if (!described.omni && family != "nemotron_h")
        return fail(
            ErrorCode::ModelUnsupported,
            std::string(kConfigName) + " is of a model of the family " +
                formats::in_quotes(family) + ", which this engine does not compute.",
            "Choose a Nemotron 3 Nano model, or a GGUF file of the llama architecture.");
    const nlohmann::json* text = &*json;
    if (described.omni) {
        for (const char* key : {"text_config", "llm_config"})
            if (json->contains(key)) text = &(*json)[key];
        if (text == &*json) return formats::damaged(kConfigName, "has no \"llm_config\".");
    }
    auto config = read_config(*text, kConfigName);
    if (!config) return tl::unexpected(config.error());
    described.config = std::move(*config);
    described.whole = *json;
    return described;
}

NemotronModel::NemotronModel(formats::Checkpoint files, Config config, Conversation conversation)
    : files_(std::move(files)), config_(std::move(config)), conversation_(std::move(conversation))
{
}

Result<std::unique_ptr<LanguageModel>> NemotronModel::load(
    Worker& worker,
    const std::filesystem::path& folder,
    kernels::Compute compute,
    const MakeWriter& make_writer)
{
    auto described = read_described(folder);
    if (!described) return tl::unexpected(described.error());
    auto conversation = Conversation::read(folder);
    if (!conversation) return tl::unexpected(conversation.error());
    if (auto fits = conversation->fits(described->config.vocab_size); !fits)
        return tl::unexpected(fits.error());
    auto files = formats::Checkpoint::open(folder);
    if (!files) return tl::unexpected(files.error());
    const kernels::DType cache =
        compute == kernels::Compute::Exact ? kernels::DType::F32 : kernels::DType::F16;
    const MemoryNeed need =
        memory_need(described->config, files->tensors(), kernels::size_bytes(cache));
    if (auto fits = check_fit(need, described->config.context_length, available_memory()); !fits)
        return tl::unexpected(fits.error());
    std::unique_ptr<NemotronModel> model(
        new NemotronModel(std::move(*files), described->config, std::move(*conversation)));
    const auto done = worker.run_now([&](kernels::Backend& backend) -> Result<void> {
        auto weights = load_weights(backend, model->files_.tensors(), model->config_, compute);
        if (!weights) return tl::unexpected(weights.error());
        model->weights_ = std::move(*weights);
        if (described->omni && make_writer) {
            auto writer = make_writer(
                backend,
                described->whole,
                model->files_.tensors(),
                model->config_,
                model->tokenizer());
            if (!writer) return tl::unexpected(writer.error());
            model->media_ = std::move(*writer);
        }
        model->state_.emplace(backend, model->config_, cache);
        model->pass_.emplace(backend, model->config_, model->weights_);
        return model->check();
    });
    if (!done) return tl::unexpected(done.error());
    return model;
}

Result<Sequence> NemotronModel::prompt(const Request& request) const
{
    return conversation_.prompt(request, media_.get());
}

Capabilities NemotronModel::capabilities() const
{
    Capabilities can;
    can.sees = media_ && media_->sees();
    can.hears = media_ && media_->hears();
    can.calls_tools = true;
    return can;
}

int NemotronModel::keep_common_prefix(const Sequence& sequence, int limit)
{
    return state_->keep_common_prefix(sequence.keys, limit);
}

bool NemotronModel::run(
    kernels::Backend& backend,
    const Sequence& sequence,
    int first,
    int count,
    const std::stop_token& stop,
    const Observer& observer)
{
    EXPECTS(first == state_->length());
    std::vector<MediaRow> rows;
    for (const auto& medium : sequence.media) {
        const int from = std::max(first, medium->first);
        const int to = std::min(first + count, medium->first + medium->count);
        if (from >= to) continue;
        const kernels::Buffer* made = medium->rows(backend, stop);
        if (made == nullptr) return false;
        for (int i = from; i < to; ++i)
            rows.push_back({i - first, made->view().row<const float>(i - medium->first)});
    }
    const auto at = static_cast<std::size_t>(first), n = static_cast<std::size_t>(count);
    const bool done = pass_->run(
        backend,
        std::span(sequence.ids).subspan(at, n),
        std::span(sequence.keys).subspan(at, n),
        rows,
        *state_,
        stop,
        observer);
    // Rows that were used once are not needed again: many pages would fill the memory.
    for (const auto& medium : sequence.media)
        if (done && medium->first + medium->count <= first + count) medium->forget();
    return done;
}

std::span<float> NemotronModel::last_logits(kernels::Backend& backend)
{
    return pass_->last_logits(backend);
}

void NemotronModel::logits(
    kernels::Backend& backend,
    const kernels::Tensor& out,
    int first,
    int count)
{
    pass_->logits(backend, out, first, count);
}

} // namespace engine::nemotron_h
