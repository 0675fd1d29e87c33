#pragma once

#include "tests/support/temporary_folder.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

namespace support {

/// The tiny GGUF file as one of `size_bytes`, which must be a multiple of 32: its first value of
/// all is a list of bytes that takes what is missing, a hole on the disk. A model of the catalogue
/// counts as fetched by its size, so this stands for a larger one and runs.
inline void write_larger_model(
    const std::filesystem::path& tiny_file,
    const std::filesystem::path& to,
    std::uint64_t size_bytes)
{
    const std::string tiny = read_file(tiny_file);
    const std::string key = "general.room";
    const std::uint64_t inserted = size_bytes - tiny.size();
    const auto number = [](auto value) {
        return std::string(reinterpret_cast<const char*>(&value), sizeof value);
    };
    std::uint64_t values = 0;
    tiny.copy(reinterpret_cast<char*>(&values), sizeof values, 16);
    const std::string head = number(std::uint64_t{key.size()}) + key + number(std::uint32_t{9}) +
                             number(std::uint32_t{0});
    std::filesystem::create_directories(to.parent_path());
    std::ofstream out(to, std::ios::binary);
    out << tiny.substr(0, 16) << number(values + 1) << head
        << number(inserted - head.size() - sizeof(std::uint64_t));
    out.seekp(static_cast<std::streamoff>(24 + inserted));
    out << tiny.substr(24);
}

} // namespace support
