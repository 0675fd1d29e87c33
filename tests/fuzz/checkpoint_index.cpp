// model.safetensors.index.json beside two shards that are whole.
#include "engine/formats/checkpoint.h"
#include "tests/engine/formats/tiny_files.h"
#include "tests/fuzz/memory_file.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

/// A folder in memory, where the system has one.
class Folder {
public:
    Folder()
    {
        const std::filesystem::path memory = "/dev/shm";
        const auto base =
            std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
        path_ = (base / "percept-fuzz.XXXXXX").string();
        if (::mkdtemp(path_.data()) == nullptr) std::abort();
        for (const char* shard : {"a", "b"}) {
            const std::string header = std::string(R"({")") + shard +
                                       R"(":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
            write(std::string(shard) + ".safetensors", tiny_files::safetensors(header, 8));
        }
    }
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    void write(const std::string& name, std::string_view bytes) const
    {
        std::ofstream(std::filesystem::path(path_) / name, std::ios::binary) << bytes;
    }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const Folder folder;
    folder.write("model.safetensors.index.json", {reinterpret_cast<const char*>(data), size});
    if (const auto opened = engine::formats::Checkpoint::open(folder.path()))
        for (const auto& [name, tensor] : opened->tensors().all()) fuzz::touch(tensor.bytes);
    return 0;
}
