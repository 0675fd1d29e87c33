// An archive as it comes, plain or gzip. Three of four changes get a checksum that agrees.
#include "engine/formats/tar.h"

#include "tests/fuzz/checksums.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/memory_folder.h"

extern "C" std::size_t
LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed)
{
    size = LLVMFuzzerMutate(data, size, most);
    if (seed % 4 != 0) fuzz::mend_tar({data, size});
    return size;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace engine::formats;
    static const fuzz::MemoryFolder folder;
    const fuzz::MemoryFile memory(data, size);
    std::filesystem::path path = memory.path();
    const auto file = MappedFile::open(path);
    if (!file) return 0;
    const bool packed = is_gzip((*file)->bytes());
    if (packed) {
        path = folder.path() / "unpacked.tar";
        std::filesystem::remove(path);
        if (!gunzip(**file, path)) return 0;
    }
    const auto tar = TarFile::open(path);
    if (!tar) return 0;
    for (const auto& [name, bytes] : tar->members()) {
        if (name.empty() || name.front() == '/') std::abort();
        fuzz::touch(bytes);
    }
    return 0;
}
