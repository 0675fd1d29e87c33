// The whole conversion of a NeMo archive. An input is what describes the model: the pickle of the
// weights, model_config.yaml and tokenizer.model, a mark between them; the archive around it and
// the numbers of the weights are those of a tiny recogniser.
#include "engine/models/parakeet/nemo.h"

#include "engine/formats/tar.h"
#include "engine/formats/torch_zip.h"
#include "tests/engine/formats/tiny_files.h"
#include "tests/engine/formats/tiny_tar.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/memory_folder.h"
#include "tests/fuzz/nemo_parts.h"

#include <algorithm>

namespace {

constexpr const char* kPickle = "/data.pkl";

std::string text_of(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Entries of the weights' zip; the pickle's is found by its name.
std::vector<tiny_files::ZipEntry> tiny_weights()
{
    using namespace engine::formats;
    const auto tar =
        TarFile::open(std::filesystem::path(PERCEPT_TEST_DATA) / "parakeet" / "tiny.nemo");
    if (!tar) std::abort();
    const auto zip = TorchZip::open(tar->file(), tar->members().at("model_weights.ckpt"), "zip");
    if (!zip) std::abort();
    std::vector<tiny_files::ZipEntry> entries;
    for (const auto& [name, entry] : zip->entries())
        entries.push_back({name, text_of(entry.bytes)});
    return entries;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const fuzz::MemoryFolder folder;
    static std::vector<tiny_files::ZipEntry> weights = tiny_weights();
    const auto parts = fuzz::nemo_parts({reinterpret_cast<const char*>(data), size});
    for (tiny_files::ZipEntry& entry : weights)
        if (entry.name.ends_with(kPickle)) entry.data = parts[0];
    const std::string archive = tiny_files::tar(
        {{"./model_config.yaml", std::string(parts[1])},
         {"./model_weights.ckpt", tiny_files::zip(weights)},
         {"./0123abcd_tokenizer.model", std::string(parts[2])}});
    const fuzz::MemoryFile memory(
        reinterpret_cast<const std::uint8_t*>(archive.data()),
        archive.size());
    const auto out = folder.path() / "converted";
    const auto made = engine::parakeet::convert_nemo(memory.path(), out);
    if (!made && made.error().message.empty()) std::abort();
    // What failed leaves nothing behind.
    if (std::filesystem::exists(out) != made.has_value()) std::abort();
    std::filesystem::remove_all(out);
    return 0;
}
