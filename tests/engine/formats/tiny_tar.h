#pragma once

#include <string>
#include <vector>

namespace tiny_files {

/// One member of a tar; what is set beyond name and content makes it wrong.
struct TarEntry {
    std::string name;
    std::string content;
    char type = '0';
    std::string size = {}; // the octal field, as it should stand there
    bool bad_checksum = false;
};

std::string tar(const std::vector<TarEntry>& entries);
std::string gzip(const std::string& bytes);

} // namespace tiny_files
