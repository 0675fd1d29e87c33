// fuzz_seeds FOLDER: writes the seeds of every target, FOLDER/<target>/<n>, out of tiny valid
// files.
#include "tests/engine/formats/tiny_files.h"

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

int main(int count, char** arguments)
{
    if (count != 2) {
        std::cerr << "fuzz_seeds FOLDER\n";
        return 2;
    }
    const std::filesystem::path folder = arguments[1];
    tiny_files::Gguf small; // without its vocabulary: changes meet the structure sooner
    small.keys.resize(6);
    write(folder / "gguf", {tiny_files::Gguf().bytes(), small.bytes()});
    write(
        folder / "safetensors",
        {tiny_files::safetensors(),
         tiny_files::safetensors("{}", 0),
         tiny_files::safetensors(R"({"s":{"dtype":"I64","shape":[],"data_offsets":[0,8]}})", 8)});
    write(folder / "ctranslate2", {tiny_files::Ctranslate2().bytes()});
    write(
        folder / "torch_zip",
        {tiny_files::zip({{"m/data/0", "abcd"}, {"m/version", "3\n"}}),
         tiny_files::zip({}),
         tiny_files::zip({{"m/code.py", "xx", 8}})});
    write(folder / "tokenizer_json", {tiny_files::tokenizer_json()});
    write(
        folder / "encode_text",
        {"hello",
         "Café Müller <|end|>\n\n 12",
         "\xff\xc3\xe2\x82\xac\xf0\x9f\x99\x82",
         std::string(300, 'h')});
    return 0;
}
