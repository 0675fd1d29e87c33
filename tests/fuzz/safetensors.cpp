#include "engine/formats/safetensors.h"

#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const fuzz::MemoryFile memory(data, size);
    const auto file = engine::formats::SafetensorsFile::open(memory.path());
    if (!file) return 0;
    for (const auto& [name, tensor] : file->tensors().all()) {
        fuzz::touch(tensor.bytes);
        const std::int64_t count = tensor.element_count();
        static_cast<void>(file->tensors().values(name, count));
        static_cast<void>(file->tensors().values(name, count + 1));
        const std::int64_t rows = tensor.rank > 0 ? tensor.dims[0] : 1;
        static_cast<void>(file->tensors().matrix(name, rows, 2));
        if (rows > 0) static_cast<void>(file->tensors().matrix(name, rows, count / rows));
        static_cast<void>(file->tensors().get(name, {2, 3}));
        static_cast<void>(file->tensors().integer(name));
    }
    if (file->tensors().all().empty() && file->tensors().integer("none")) std::abort();
    return 0;
}
