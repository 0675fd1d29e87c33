#include "engine/formats/torch_zip.h"

#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const fuzz::MemoryFile memory(data, size);
    const auto zip = engine::formats::TorchZip::open(memory.path());
    if (!zip) return 0;
    for (const auto& [name, entry] : zip->entries()) {
        fuzz::touch(entry.bytes);
        static_cast<void>(zip->read(name));
    }
    return 0;
}
