#include "base/hash.h"

#include "base/expects.h"
#include "base/io.h"

#include <array>
#include <openssl/evp.h>
#include <vector>

namespace base {

struct Sha256::Context {
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> evp{EVP_MD_CTX_new()};
};

Sha256::Sha256() : context_(std::make_unique<Context>())
{
    EXPECTS(context_->evp && EVP_DigestInit_ex(context_->evp.get(), EVP_sha256(), nullptr) == 1);
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::span<const std::byte> bytes)
{
    EXPECTS(EVP_DigestUpdate(context_->evp.get(), bytes.data(), bytes.size()) == 1);
}

std::string Sha256::hex()
{
    std::array<unsigned char, 32> digest = {};
    EXPECTS(EVP_DigestFinal_ex(context_->evp.get(), digest.data(), nullptr) == 1);
    constexpr const char* kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(64);
    for (const unsigned char byte : digest) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

std::string sha256_of(std::span<const std::byte> bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

Result<std::string> sha256_of_file(const std::filesystem::path& path, const std::stop_token& stop)
{
    auto file = File::open(path, File::Mode::Read);
    if (!file) return tl::unexpected(file.error());
    Sha256 hash;
    std::vector<std::byte> block(std::size_t{1} << 20);
    for (;;) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "Stopped while reading " + path.string() + ".");
        const auto n = file->read(block);
        if (!n) return tl::unexpected(n.error());
        if (*n == 0) return hash.hex();
        hash.add(std::span(block).first(*n));
    }
}

} // namespace base
