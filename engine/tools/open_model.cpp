#include "engine/tools/open_model.h"

namespace engine::tools {

Result<std::unique_ptr<llama::Model>> open_llama(const Context& context, Worker& worker)
{
    if (context.device.device == Device::Cuda)
        return fail(
            ErrorCode::DeviceUnavailable,
            "This build runs language models on the CPU only.",
            "Choose the device cpu or auto.");
    return llama::Model::load(worker, context.model, context.compute);
}

} // namespace engine::tools
