#include "engine/formats/safetensors.h"

#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const fuzz::MemoryFile memory(data, size);
    const auto file = engine::formats::SafetensorsFile::open(memory.path());
    if (!file) return 0;
    for (const auto& [name, tensor] : file->tensors().all()) {
        fuzz::touch(tensor.bytes);
        static_cast<void>(file->tensors().values(name, tensor.element_count()));
        static_cast<void>(file->tensors().matrix(name, tensor.rank > 0 ? tensor.dims[0] : 1, 2));
        static_cast<void>(file->tensors().integer(name));
    }
    return 0;
}
