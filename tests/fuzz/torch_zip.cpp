// What torch.save and torch.jit.save write: the zip, and the state dictionary in it. Three of four
// changes get checksums that agree.
#include "engine/formats/torch_zip.h"

#include "engine/formats/torch_state.h"
#include "tests/fuzz/checksums.h"
#include "tests/fuzz/memory_file.h"

extern "C" std::size_t
LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed)
{
    size = LLVMFuzzerMutate(data, size, most);
    if (seed % 4 != 0) fuzz::mend_zip({data, size});
    return size;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const fuzz::MemoryFile memory(data, size);
    const auto zip = engine::formats::TorchZip::open(memory.path());
    if (!zip) return 0;
    for (const auto& [name, entry] : zip->entries()) {
        fuzz::touch(entry.bytes);
        static_cast<void>(zip->read(name));
    }
    const auto state = engine::formats::read_torch_state(*zip);
    if (!state) {
        if (state.error().message.empty()) std::abort();
        return 0;
    }
    for (const auto& [name, tensor] : state->all()) {
        fuzz::touch(tensor.bytes);
        static_cast<void>(state->values(name, tensor.element_count()));
    }
    return 0;
}
