#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// Valid checkpoints of a few hundred bytes, built field by field, so that a test can spoil exactly
/// one of them. The fuzz targets take the valid ones as seeds.
namespace tiny_files {

/// Little-endian bytes, appended.
class Bytes {
public:
    template <typename T>
    Bytes& put(T value)
    {
        static_assert(std::is_arithmetic_v<T>);
        bytes.append(reinterpret_cast<const char*>(&value), sizeof(T));
        return *this;
    }
    Bytes& raw(std::string_view text)
    {
        bytes.append(text);
        return *this;
    }
    /// A GGUF string: 64-bit length, then the bytes.
    Bytes& text64(std::string_view text) { return put<std::uint64_t>(text.size()).raw(text); }
    /// A CTranslate2 string: 16-bit length with the final NUL, then the bytes.
    Bytes& text16(std::string_view text)
    {
        return put(static_cast<std::uint16_t>(text.size() + 1)).raw(text).put('\0');
    }
    std::string bytes;
};

struct GgufTensor {
    std::string name;
    std::vector<std::int64_t> dims; // innermost first, as in the file
    std::uint32_t type = 0;         // F32
    std::uint64_t offset = 0;
};
/// A tiny llama-like GGUF: metadata of all kinds, a byte-level vocabulary of 256 bytes and two
/// merges, tensors `a` F32 [2, 8] (offset 0), `b` F32 [4] (64) and `c` Q4_1 [32] (96) in 116 bytes
/// of data.
struct Gguf {
    std::uint32_t magic = 0x46554747;
    std::uint32_t version = 3;
    std::int64_t extra_tensor_count = 0; // added to the true count
    std::int64_t extra_key_count = 0;
    std::vector<std::pair<std::string, std::string>> keys; // key, type and value as bytes
    std::vector<GgufTensor> tensors;
    std::size_t data_bytes = 116;

    Gguf();
    std::string bytes() const;
};
/// Values for Gguf::keys.
std::string gguf_u32(std::uint32_t value);
std::string gguf_string(std::string_view value);
std::string gguf_strings(const std::vector<std::string>& values);

/// `header` as it stands, then `data_bytes` bytes.
std::string safetensors(std::string_view header, std::size_t data_bytes);
/// x F32 [2, 3] and y F16 [4] in 32 bytes.
std::string safetensors();

struct Ctranslate2Variable {
    std::string name;
    std::vector<std::uint32_t> dims;
    std::uint8_t type = 0; // F32
    std::uint32_t bytes = 0;
};
/// w F32 [2, 3], h F16 [4], n I16 scalar; alias v of w.
struct Ctranslate2 {
    std::uint32_t version = 6;
    std::uint32_t extra_count = 0;
    std::vector<Ctranslate2Variable> variables = {
        {"h", {4}, 4, 8},
        {"n", {}, 2, 2},
        {"w", {2, 3}, 0, 24}};
    std::vector<std::pair<std::string, std::string>> aliases = {{"v", "w"}};
    std::string tail;

    std::string bytes() const;
};

struct ZipEntry {
    std::string name;
    std::string data;
    std::uint16_t method = 0;
    std::uint16_t flags = 0;
};
std::string zip(const std::vector<ZipEntry>& entries);

/// A byte-level BPE tokenizer.json: 256 bytes, the merges "h e" and "he l", the special token
/// <|end|>.
std::string tokenizer_json();

} // namespace tiny_files
