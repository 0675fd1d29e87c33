#include "engine/tools/open_model.h"

namespace engine::tools {
namespace {

Result<void> check_device(const Context& context)
{
    if (context.device.device != Device::Cuda) return {};
    return fail(
        ErrorCode::DeviceUnavailable,
        "This build runs language models on the CPU only.",
        "Choose the device cpu or auto.");
}

} // namespace

Result<std::unique_ptr<LanguageModel>> open_language_model(const Context& context, Worker& worker)
{
    if (auto device = check_device(context); !device) return tl::unexpected(device.error());
    return LanguageModel::load(worker, context.model, context.compute);
}

Result<std::unique_ptr<llama::Model>> open_llama(const Context& context, Worker& worker)
{
    if (auto device = check_device(context); !device) return tl::unexpected(device.error());
    return llama::Model::load(worker, context.model, context.compute);
}

} // namespace engine::tools
