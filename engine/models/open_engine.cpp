#include "engine/engine.h"
#include "engine/formats/checkpoint.h"
#include "engine/models/language_engine.h"
#include "engine/models/llama/llama_model.h"
#include "engine/models/omni/omni_model.h"

namespace engine {

Result<std::unique_ptr<Engine>> Engine::open(
    Worker& worker,
    const std::filesystem::path& model,
    const DeviceChoice& device,
    kernels::Compute compute)
{
    if (device.device == Device::Cuda)
        return fail(
            ErrorCode::DeviceUnavailable,
            "This build runs language models on the CPU only.",
            "Choose the device cpu or auto.");
    return LanguageEngine::open(worker, model, compute);
}

Result<std::unique_ptr<LanguageModel>>
LanguageModel::load(Worker& worker, const std::filesystem::path& model, kernels::Compute compute)
{
    if (formats::has_checkpoint(model)) return omni::load(worker, model, compute);
    return llama::LlamaModel::load(worker, model, compute);
}

} // namespace engine
