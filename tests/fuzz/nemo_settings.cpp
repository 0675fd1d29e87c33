// model_config.yaml of a NeMo archive.
#include "engine/models/parakeet/nemo_settings.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto yaml = engine::formats::YamlSettings::parse(text, "model_config.yaml");
    if (!yaml) {
        if (yaml.error().message.empty()) std::abort();
        return 0;
    }
    const auto settings = engine::parakeet::read_nemo_settings(*yaml);
    if (!settings && settings.error().message.empty()) std::abort();
    return 0;
}
