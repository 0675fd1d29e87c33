#pragma once

#include "engine/formats/mapped_file.h"
#include "engine/formats/tensor_table.h"
#include "engine/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::formats {

/// The types of metadata values, numbered as in the file.
enum class GgufType : std::uint32_t {
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    F32,
    Bool,
    String,
    Array,
    U64,
    I64,
    F64,
};

/// One metadata value, left where it lies. An array was walked once, so that its elements are known
/// to be there.
struct GgufValue {
    GgufType type = GgufType::U32;
    GgufType element_type = GgufType::U32; // of an array
    std::uint64_t count = 1;               // elements of an array
    std::span<const std::byte> bytes;      // the value, or all elements of the array
};

/// A GGUF checkpoint, version 3, little endian: typed metadata and tensors, checked before anything
/// is believed.
///
/// Refused: other versions and byte orders, counts that the file has no room for, duplicate keys or
/// tensors, unknown types, arrays of arrays, shapes whose product overflows or does not make whole
/// blocks, offsets that are not aligned, overlap, leave holes or pass the end, and bytes behind the
/// last tensor. Source: the GGUF specification in ggml/docs/gguf.md.
class GgufFile {
public:
    /// Errors: those of MappedFile::open, BadModelFile, ModelUnsupported (another version).
    static Result<GgufFile> open(const std::filesystem::path& path);

    const TensorTable& tensors() const { return tensors_; }
    using Metadata = std::map<std::string, GgufValue, std::less<>>;
    const Metadata& metadata() const { return metadata_; }
    const std::shared_ptr<const MappedFile>& file() const { return file_; }

    bool has(std::string_view key) const { return metadata_.contains(key); }
    /// The getters answer BadModelFile, naming the key, where it is missing or of another type.
    /// Any integer type; an unsigned value above 2^63 - 1 is refused.
    Result<std::int64_t> integer(std::string_view key) const;
    /// Any integer or floating-point type.
    Result<double> number(std::string_view key) const;
    Result<bool> flag(std::string_view key) const;
    Result<std::string> text(std::string_view key) const;
    /// Views into the mapping, valid while the file lives.
    Result<std::vector<std::string_view>> texts(std::string_view key) const;
    Result<std::vector<std::int64_t>> integers(std::string_view key) const;
    /// An array of f32.
    Result<std::vector<float>> numbers(std::string_view key) const;

private:
    explicit GgufFile(std::shared_ptr<const MappedFile> file);
    Result<const GgufValue*> require(std::string_view key) const;
    tl::unexpected<Error>
    wrong_type(std::string_view key, const GgufValue& value, std::string_view expected) const;

    std::shared_ptr<const MappedFile> file_;
    Metadata metadata_;
    TensorTable tensors_;
};

/// "u32", "array of string"
std::string type_words(const GgufValue& value);

} // namespace engine::formats
