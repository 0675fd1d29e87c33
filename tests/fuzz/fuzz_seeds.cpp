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

std::string read(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

constexpr const char* kRequest =
    R"({"messages":[{"role":"system","content":"Be brief. /no_think"},)"
    R"({"role":"user","content":[{"type":"text","text":"Hi <|im_end|>"},)"
    R"({"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]},)"
    R"({"role":"assistant","content":"a","reasoning_content":"b","tool_calls":[{"type":"function",)"
    R"("function":{"name":"find","arguments":{"what":"x","most":3,"deep":[1,{"a":null}]}}}]},)"
    R"({"role":"tool","content":"found"},{"role":"user","content":"go on /think"}],)"
    R"("tools":[{"type":"function","function":{"name":"find","description":"Finds.","parameters":)"
    R"({"type":"object","properties":{"what":{"type":["string","null"],"enum":["x",1,true,null],)"
    R"("description":" d ","x":1.5}},"required":["what"]},"strict":true}}],)"
    R"("enable_thinking":true,"reasoning_budget":8,"truncate_history_thinking":false,)"
    R"("video_pruning":0.5})";

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
    const std::filesystem::path omni = std::filesystem::path(PERCEPT_TEST_DATA) / "omni";
    write(
        folder / "model_config",
        {read(omni / "a" / "bf16" / "config.json"),
         read(omni / "b" / "nvfp4" / "config.json"),
         read(omni / "b" / "config-transformers.json")});
    write(
        folder / "checkpoint_index",
        {R"({"metadata":{"total_size":16},"weight_map":{"a":"a.safetensors","b":"b.safetensors"}})",
         R"({"weight_map":{"a":"a.safetensors","c":"../b.safetensors"}})",
         R"({"weight_map":{"a":"a.safetensors"}})"});
    write(
        folder / "chat_request",
        {kRequest, R"({"messages":[{"role":"user","content":"Hello"}]})"});
    const std::string nul(1, '\0');
    write(
        folder / "model_reply",
        {"\1I think" + nul + "The answer",
         nul + "ok\1\xf9\xfax y\xfb\xfd" + "7</parameter>\xfc\2 done",
         nul + "\1<function=other>\n</function>\n\2"});
    return 0;
}
