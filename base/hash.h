#pragma once

#include "base/result.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>

namespace base {

/// SHA-256 over bytes as they come (OpenSSL's EVP, which uses the processor's own instructions
/// where it has them).
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void add(std::span<const std::byte> bytes);
    /// 64 lower-case hexadecimal digits. The object is spent.
    std::string hex();

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

std::string sha256_of(std::span<const std::byte> bytes);
/// Errors: those of reading; Cancelled.
Result<std::string>
sha256_of_file(const std::filesystem::path& path, const std::stop_token& stop = {});

} // namespace base
