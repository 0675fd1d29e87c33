// config.json of a stranger's checkpoint: the language model's part, and both towers' against the
// tensors of a tiny checkpoint.
#include "engine/formats/checkpoint.h"
#include "engine/formats/json.h"
#include "engine/models/fastconformer/config.h"
#include "engine/models/nemotron_h/config.h"
#include "engine/models/radio/config.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string_view>

namespace {

engine::formats::Checkpoint tiny_checkpoint()
{
    auto opened = engine::formats::Checkpoint::open(
        std::filesystem::path(PERCEPT_TEST_DATA) / "omni" / "a" / "bf16");
    if (!opened) {
        std::cerr << opened.error().message << "\n";
        std::abort();
    }
    return std::move(*opened);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const engine::formats::Checkpoint checkpoint = tiny_checkpoint();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto json = engine::formats::parse_json(text, "config.json");
    if (!json) return 0;
    const nlohmann::json* language = &*json;
    if (json->is_object())
        for (const char* key : {"text_config", "llm_config"})
            if (json->contains(key)) language = &(*json)[key];
    int dim = 64;
    if (const auto config = engine::nemotron_h::read_config(*language, "config.json")) {
        dim = config->dim;
        // What is planned with it before anything is loaded.
        if (config->pattern().size() != config->layers.size()) std::abort();
        static_cast<void>(config->cache_bytes_per_token(2));
        static_cast<void>(config->state_bytes());
    }
    if (json->is_object() && engine::fastconformer::has_sound_tower(checkpoint.tensors())) {
        static_cast<void>(
            engine::radio::read_config(*json, checkpoint.tensors(), dim, "config.json"));
        static_cast<void>(
            engine::fastconformer::read_config(*json, checkpoint.tensors(), dim, "config.json"));
    }
    return 0;
}
