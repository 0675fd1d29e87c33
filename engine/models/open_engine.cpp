#include "engine/engine.h"
#include "engine/models/llama/llama_engine.h"

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
    return llama::LlamaEngine::open(worker, model, compute);
}

} // namespace engine
