#include "engine/models/omni/omni_model.h"

#include "engine/models/nemotron_h/nemotron_model.h"
#include "engine/models/omni/omni_writer.h"

namespace engine::omni {

Result<std::unique_ptr<LanguageModel>>
load(Worker& worker, const std::filesystem::path& folder, kernels::Compute compute)
{
    return nemotron_h::NemotronModel::load(
        worker,
        folder,
        compute,
        [compute](
            kernels::Backend& backend,
            const nlohmann::json& config,
            const formats::TensorTable& tensors,
            const nemotron_h::Config& language,
            const text::BpeTokenizer& tokenizer) {
            return OmniWriter::make(backend, config, tensors, language.dim, tokenizer, compute);
        });
}

} // namespace engine::omni
