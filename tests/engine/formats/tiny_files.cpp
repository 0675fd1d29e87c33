#include "tests/engine/formats/tiny_files.h"

#include <zlib.h>

namespace tiny_files {

namespace {

/// The 256 characters that stand for bytes in a byte-level vocabulary, by byte.
std::vector<std::string> byte_characters()
{
    std::vector<std::string> characters;
    unsigned next = 256;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const bool itself = (byte >= 33 && byte <= 126) || (byte >= 161 && byte != 173);
        const unsigned code = itself ? byte : next++;
        std::string utf8;
        if (code < 0x80) {
            utf8 += static_cast<char>(code);
        } else {
            utf8 += static_cast<char>(0xc0 | (code >> 6));
            utf8 += static_cast<char>(0x80 | (code & 0x3f));
        }
        characters.push_back(utf8);
    }
    return characters;
}

std::string data(std::size_t count)
{
    std::string bytes(count, '\0');
    for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>(i * 7 & 0x3f);
    return bytes;
}

} // namespace

std::string gguf_u32(std::uint32_t value)
{
    return Bytes().put<std::uint32_t>(4).put(value).bytes;
}

std::string gguf_string(std::string_view value)
{
    return Bytes().put<std::uint32_t>(8).text64(value).bytes;
}

std::string gguf_strings(const std::vector<std::string>& values)
{
    Bytes bytes;
    bytes.put<std::uint32_t>(9).put<std::uint32_t>(8).put<std::uint64_t>(values.size());
    for (const std::string& value : values) bytes.text64(value);
    return bytes.bytes;
}

Gguf::Gguf()
{
    auto tokens = byte_characters();
    tokens.insert(tokens.end(), {"he", "hel", "<|end|>"});
    Bytes types;
    types.put<std::uint32_t>(9).put<std::uint32_t>(5).put<std::uint64_t>(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i)
        types.put<std::int32_t>(i + 1 == tokens.size() ? 3 : 1);
    keys = {
        {"general.architecture", gguf_string("llama")},
        {"general.alignment", gguf_u32(32)},
        {"llama.block_count", gguf_u32(1)},
        {"llama.rope.freq_base", Bytes().put<std::uint32_t>(6).put(1e5f).bytes},
        {"tiny.flag", Bytes().put<std::uint32_t>(7).put<std::uint8_t>(1).bytes},
        {"tiny.wide", Bytes().put<std::uint32_t>(10).put<std::uint64_t>(1ull << 40).bytes},
        {"tokenizer.ggml.model", gguf_string("gpt2")},
        {"tokenizer.ggml.pre", gguf_string("smollm")},
        {"tokenizer.ggml.tokens", gguf_strings(tokens)},
        {"tokenizer.ggml.token_type", types.bytes},
        {"tokenizer.ggml.merges", gguf_strings({"h e", "he l"})},
        {"tokenizer.ggml.bos_token_id", gguf_u32(258)},
        {"tokenizer.ggml.eos_token_id", gguf_u32(258)},
    };
    tensors = {{"a", {8, 2}, 0, 0}, {"b", {4}, 0, 64}, {"c", {32}, 3, 96}};
}

std::string Gguf::bytes() const
{
    Bytes file;
    file.put(magic).put(version);
    file.put(static_cast<std::int64_t>(tensors.size()) + extra_tensor_count);
    file.put(static_cast<std::int64_t>(keys.size()) + extra_key_count);
    for (const auto& [key, value] : keys) file.text64(key).raw(value);
    for (const GgufTensor& tensor : tensors) {
        file.text64(tensor.name).put(static_cast<std::uint32_t>(tensor.dims.size()));
        for (const std::int64_t dim : tensor.dims) file.put(dim);
        file.put(tensor.type).put(tensor.offset);
    }
    file.bytes.append((32 - file.bytes.size() % 32) % 32, '\0');
    return file.bytes + data(data_bytes);
}

std::string safetensors(std::string_view header, std::size_t data_bytes)
{
    return Bytes().text64(header).raw(data(data_bytes)).bytes;
}

std::string safetensors()
{
    return safetensors(
        R"({"__metadata__":{"format":"pt"},)"
        R"("x":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},)"
        R"("y":{"dtype":"F16","shape":[4],"data_offsets":[24,32]}} )",
        32);
}

std::string Ctranslate2::bytes() const
{
    Bytes file;
    file.put(version).text16("WhisperSpec").put<std::uint32_t>(3);
    file.put(static_cast<std::uint32_t>(variables.size()) + extra_count);
    for (const Ctranslate2Variable& variable : variables) {
        file.text16(variable.name).put(static_cast<std::uint8_t>(variable.dims.size()));
        for (const std::uint32_t dim : variable.dims) file.put(dim);
        file.put(variable.type)
            .put(variable.bytes)
            .raw(data(variable.bytes < 4096 ? variable.bytes : 0));
    }
    file.put(static_cast<std::uint32_t>(aliases.size()));
    for (const auto& [alias, target] : aliases) file.text16(alias).text16(target);
    return file.raw(tail).bytes;
}

std::string zip(const std::vector<ZipEntry>& entries)
{
    Bytes file;
    Bytes directory;
    for (const ZipEntry& entry : entries) {
        const auto offset = static_cast<std::uint32_t>(file.bytes.size());
        const auto size = static_cast<std::uint32_t>(entry.data.size());
        const auto crc = static_cast<std::uint32_t>(::crc32_z(
            0,
            reinterpret_cast<const unsigned char*>(entry.data.data()),
            entry.data.size()));
        const auto name_size = static_cast<std::uint16_t>(entry.name.size());
        file.put<std::uint32_t>(0x04034b50)
            .put<std::uint16_t>(20)
            .put(entry.flags)
            .put(entry.method);
        file.put<std::uint32_t>(0).put(crc).put(size).put(size).put(name_size).put<std::uint16_t>(
            0);
        file.raw(entry.name).raw(entry.data);
        directory.put<std::uint32_t>(0x02014b50).put<std::uint16_t>(20).put<std::uint16_t>(20);
        directory.put(entry.flags)
            .put(entry.method)
            .put<std::uint32_t>(0)
            .put(crc)
            .put(size)
            .put(size);
        directory.put(name_size).put<std::uint32_t>(0).put<std::uint64_t>(0);
        directory.put(offset).raw(entry.name);
    }
    const auto offset = static_cast<std::uint32_t>(file.bytes.size());
    const auto count = static_cast<std::uint16_t>(entries.size());
    file.raw(directory.bytes)
        .put<std::uint32_t>(0x06054b50)
        .put<std::uint32_t>(0)
        .put(count)
        .put(count);
    file.put(static_cast<std::uint32_t>(directory.bytes.size())).put(offset).put<std::uint16_t>(0);
    return file.bytes;
}

std::string tokenizer_json()
{
    std::string vocabulary;
    int id = 0;
    auto tokens = byte_characters();
    tokens.insert(tokens.end(), {"he", "hel"});
    for (const std::string& token : tokens) {
        const std::string escaped = token == "\"" || token == "\\" ? "\\" + token : token;
        vocabulary += (id > 0 ? ",\"" : "\"") + escaped + "\":" + std::to_string(id);
        ++id;
    }
    return R"({"version":"1.0","truncation":null,"padding":null,"added_tokens":[{"id":258,"content":"<|end|>",)"
           R"("single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}],)"
           R"("normalizer":null,"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,)"
           R"("trim_offsets":true,"use_regex":true},"post_processor":null,"decoder":{"type":"ByteLevel"},)"
           R"("model":{"type":"BPE","dropout":null,"unk_token":null,"continuing_subword_prefix":null,)"
           R"("end_of_word_suffix":null,"fuse_unk":false,"vocab":{)" +
           vocabulary + R"(},"merges":["h e",["he","l"]]}})";
}

} // namespace tiny_files
