// model.safetensors.index.json beside two shards that are whole; an empty input is no such file.
#include "engine/formats/checkpoint.h"
#include "tests/engine/formats/tiny_files.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/memory_folder.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace {

/// A folder with both shards, one that is none, and a checkpoint in one file.
const fuzz::MemoryFolder& shards()
{
    static const fuzz::MemoryFolder folder;
    for (const char* shard : {"a", "b"}) {
        const std::string header =
            std::string(R"({")") + shard + R"(":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
        folder.write(std::string(shard) + ".safetensors", tiny_files::safetensors(header, 8));
    }
    folder.write("broken.safetensors", "none");
    folder.write("model.safetensors", tiny_files::safetensors());
    return folder;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const fuzz::MemoryFolder& folder = shards();
    const char* const index = "model.safetensors.index.json";
    folder.write(index, {reinterpret_cast<const char*>(data), size});
    if (size == 0) std::filesystem::remove(folder.path() / index);
    if (!engine::formats::has_checkpoint(folder.path())) std::abort();
    const auto opened = engine::formats::Checkpoint::open(folder.path());
    if (!opened) {
        if (opened.error().message.empty()) std::abort();
        return 0;
    }
    for (const auto& [name, tensor] : opened->tensors().all()) fuzz::touch(tensor.bytes);
    if (!opened->check()) std::abort(); // nobody has changed its files
    return 0;
}
