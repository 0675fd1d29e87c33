// fuzz_seeds FOLDER: writes the seeds of every target, FOLDER/<target>/<n>, out of tiny valid
// files.
#include "tests/engine/formats/tiny_files.h"
#include "tests/fuzz/seeds.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace {

void write(const std::filesystem::path& folder, const std::vector<std::string>& seeds)
{
    std::filesystem::create_directories(folder);
    for (std::size_t i = 0; i < seeds.size(); ++i)
        std::ofstream(folder / std::to_string(i), std::ios::binary) << seeds[i];
}

} // namespace

std::string fuzz_seeds::read(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

fuzz_seeds::Seeds fuzz_seeds::gguf()
{
    using tiny_files::Bytes;
    using tiny_files::Gguf;
    const Gguf whole;
    Gguf small; // without its vocabulary: changes meet the structure sooner
    small.keys.resize(6);
    Seeds seeds = {whole.bytes(), small.bytes()};
    const auto with = [&](Gguf changed, const std::string& key, const std::string& value) {
        std::erase_if(changed.keys, [&](const auto& known) { return known.first == key; });
        changed.keys.emplace_back(key, value);
        seeds.push_back(changed.bytes());
        return changed;
    };
    // Whole numbers of every width, and lists of them.
    const std::string bytes(16, '\1'), full(16, '\xff');
    for (std::uint32_t type = 0; type < 14; ++type)
        for (const std::string& value : {bytes, full}) {
            static constexpr std::size_t kSizes[] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8, 1};
            const std::string element = value.substr(0, kSizes[type]);
            with(small, "x", Bytes().put(type).raw(element).bytes);
            with(
                small,
                "x",
                Bytes().put<std::uint32_t>(9).put(type).put<std::uint64_t>(1).raw(element).bytes);
        }
    // Tensors of every type, and what is no type.
    for (std::uint32_t type = 0; type < 41; ++type)
        for (const std::size_t size : {1024u, 2048u}) {
            Gguf other = small;
            other.tensors = {{"a", {256}, type, 0}};
            other.data_bytes = size;
            seeds.push_back(other.bytes());
        }
    for (const auto& [name, dims] : std::vector<std::pair<std::string, std::vector<std::int64_t>>>{
             {"a", {}},
             {"a", {1, 1, 1, 1, 1}},
             {"a", {-1}},
             {"a", {3}},
             {std::string(300, 'n'), {8}}}) {
        Gguf other = small;
        other.tensors.push_back({name, dims, dims == std::vector<std::int64_t>{3} ? 2u : 0u, 224});
        seeds.push_back(other.bytes());
    }
    Gguf twice = small;
    twice.tensors = {{"a", {8}, 0, 0}, {"a", {8}, 0, 32}};
    twice.data_bytes = 64;
    seeds.push_back(twice.bytes());
    for (const auto& change : std::vector<void (*)(Gguf&)>{
             [](Gguf& g) { g.magic = 1; },
             [](Gguf& g) { g.version = 1; },
             [](Gguf& g) { g.version = 2; },
             [](Gguf& g) { g.extra_tensor_count = 1; },
             [](Gguf& g) { g.extra_tensor_count = -9; },
             [](Gguf& g) { g.extra_key_count = 1'000'000; },
             [](Gguf& g) { g.extra_key_count = -100; },
             [](Gguf& g) { g.data_bytes = 100; },
             [](Gguf& g) { g.data_bytes = 400; },
             [](Gguf& g) { g.tensors[1].offset = 0; },
             [](Gguf& g) { g.keys.push_back(g.keys[0]); },
             [](Gguf& g) { g.keys[1].second = tiny_files::gguf_u32(3); },
             [](Gguf& g) { g.keys[1].second = tiny_files::gguf_u32(0); }}) {
        Gguf changed = small;
        change(changed);
        seeds.push_back(changed.bytes());
    }
    // The other vocabulary: pieces with scores.
    Gguf pieces = small;
    const std::vector<std::string> tokens =
        {"<unk>", "<s>", "</s>", "<0x41>", "h", "e", "he", "\u2581", "\u2581he", "<|end|>", "gone"};
    const std::vector<int> kinds = {2, 3, 3, 6, 1, 1, 1, 1, 1, 4, 5};
    Bytes scores, types;
    scores.put<std::uint32_t>(9).put<std::uint32_t>(6).put<std::uint64_t>(tokens.size());
    types.put<std::uint32_t>(9).put<std::uint32_t>(5).put<std::uint64_t>(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        scores.put(-static_cast<float>(i));
        types.put<std::int32_t>(kinds[i]);
    }
    const std::string none =
        Bytes().put<std::uint32_t>(9).put<std::uint32_t>(6).put<std::uint64_t>(0).bytes;
    pieces = with(pieces, "tokenizer.ggml.model", tiny_files::gguf_string("llama"));
    pieces = with(pieces, "tokenizer.ggml.tokens", tiny_files::gguf_strings(tokens));
    with(pieces, "tokenizer.ggml.scores", none);
    pieces = with(pieces, "tokenizer.ggml.scores", scores.bytes);
    pieces = with(pieces, "tokenizer.ggml.token_type", types.bytes);
    pieces = with(pieces, "tokenizer.ggml.unknown_token_id", tiny_files::gguf_u32(0));
    with(pieces, "tokenizer.ggml.unknown_token_id", tiny_files::gguf_u32(0xffffffff));
    with(pieces, "tokenizer.ggml.unknown_token_id", tiny_files::gguf_string("x"));
    with(pieces, "tokenizer.ggml.bos_token_id", tiny_files::gguf_u32(1));
    with(pieces, "tokenizer.ggml.add_space_prefix", Bytes().put<std::uint32_t>(7).put('\0').bytes);
    with(pieces, "tokenizer.ggml.add_space_prefix", tiny_files::gguf_u32(1));
    for (const char* pre : {"llama-bpe", "qwen2", "default", "unheard-of"})
        with(whole, "tokenizer.ggml.pre", tiny_files::gguf_string(pre));
    with(whole, "tokenizer.ggml.pre", tiny_files::gguf_u32(1));
    with(whole, "tokenizer.ggml.model", tiny_files::gguf_string("rwkv"));
    with(whole, "tokenizer.ggml.merges", tiny_files::gguf_strings({"he"}));
    with(whole, "tokenizer.ggml.token_type", tiny_files::gguf_u32(1));
    with(whole, "tokenizer.ggml.bos_token_id", tiny_files::gguf_u32(9999));
    with(whole, "tokenizer.ggml.eos_token_id", tiny_files::gguf_string("x"));
    std::string strange = types.bytes;
    strange[16] = 9; // a kind of token that there is not
    with(pieces, "tokenizer.ggml.token_type", strange);
    return seeds;
}

int main(int count, char** arguments)
{
    if (count != 2) {
        std::cerr << "fuzz_seeds FOLDER\n";
        return 2;
    }
    const std::filesystem::path folder = arguments[1];
    write(folder / "gguf", fuzz_seeds::gguf());
    write(folder / "safetensors", fuzz_seeds::safetensors());
    write(folder / "ctranslate2", {tiny_files::Ctranslate2().bytes()});
    const std::filesystem::path data = PERCEPT_TEST_DATA;
    const std::filesystem::path archive = data / "parakeet" / "tiny.nemo";
    write(folder / "torch_zip", fuzz_seeds::torch_zip());
    write(folder / "tar", fuzz_seeds::tar());
    write(folder / "sentencepiece", fuzz_seeds::sentencepiece());
    write(folder / "nemo_settings", fuzz_seeds::nemo_settings(archive));
    write(folder / "nemo", fuzz_seeds::nemo(archive));
    write(folder / "tokenizer_json", fuzz_seeds::tokenizer_json());
    write(
        folder / "encode_text",
        {"hello",
         "Café Müller <|end|>\n\n 12",
         "\xff\xc3\xe2\x82\xac\xf0\x9f\x99\x82",
         std::string(300, 'h')});
    write(folder / "model_config", fuzz_seeds::model_config(data / "omni"));
    write(folder / "checkpoint_index", fuzz_seeds::checkpoint_index());
    write(folder / "chat_request", fuzz_seeds::chat_request());
    const std::string nul(1, '\0');
    write(
        folder / "model_reply",
        {"\1I think" + nul + "The answer",
         nul + "ok\1\xf9\xfax y\xfb\xfd" + "7</parameter>\xfc\2 done",
         nul + "\1<function=other>\n</function>\n\2"});
    return 0;
}
