#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

namespace fuzz {

/// A folder in memory, where the system has one; gone at the end of the program.
class MemoryFolder {
public:
    MemoryFolder()
    {
        const std::filesystem::path memory = "/dev/shm";
        const auto base =
            std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
        std::string made = (base / "percept-fuzz.XXXXXX").string();
        if (::mkdtemp(made.data()) == nullptr) std::abort();
        path_ = made;
    }
    ~MemoryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    MemoryFolder(const MemoryFolder&) = delete;
    MemoryFolder& operator=(const MemoryFolder&) = delete;

    void write(const std::string& name, std::string_view bytes) const
    {
        std::ofstream(path_ / name, std::ios::binary) << bytes;
    }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace fuzz
