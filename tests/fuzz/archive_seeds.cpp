#include "engine/formats/tar.h"
#include "engine/formats/torch_zip.h"
#include "tests/engine/formats/tiny_files.h"
#include "tests/engine/formats/tiny_tar.h"
#include "tests/fuzz/nemo_parts.h"
#include "tests/fuzz/seeds.h"

#include <cstdlib>
#include <iostream>
#include <map>

namespace fuzz_seeds {
namespace {

using tiny_files::Bytes;
using namespace std::string_literals;

std::string text_of(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Members of a NeMo archive by what their names end in.
std::map<std::string, std::string> members(const std::filesystem::path& archive)
{
    const auto tar = engine::formats::TarFile::open(archive);
    if (!tar) {
        std::cerr << tar.error().message << "\n";
        std::exit(1);
    }
    std::map<std::string, std::string> found;
    for (const auto& [name, bytes] : tar->members()) {
        for (const char* ending : {"model_config.yaml", "tokenizer.model"})
            if (name.ends_with(ending)) found[ending] = text_of(bytes);
        if (!name.ends_with("model_weights.ckpt")) continue;
        const auto zip = engine::formats::TorchZip::open(tar->file(), bytes, name);
        if (!zip) continue;
        for (const auto& [entry, data] : zip->entries())
            if (entry.ends_with("/data.pkl")) found["data.pkl"] = text_of(data.bytes);
    }
    return found;
}

/// The lines of a text, each with its end.
std::vector<std::string> lines_of(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

// Pieces of a pickle of protocol 2.
std::string pickled(std::string_view text)
{
    return "X" + Bytes().put(static_cast<std::uint32_t>(text.size())).raw(text).bytes;
}
std::string storage(const std::string& type, const std::string& key, char count)
{
    return "(" + pickled("storage") + "ctorch\n" + type + "\n" + pickled(key) + pickled("cpu") +
           "K" + count + "tQ";
}
std::string tensor(const std::string& storage, const std::string& place, const std::string& shape)
{
    return "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + place + shape +
           "\x89"
           "ccollections\nOrderedDict\n)RtR";
}
std::string state(const std::string& entries)
{
    return "\x80\x02"
           "ccollections\nOrderedDict\n)R(" +
           entries + "u.";
}
std::string saved(const std::string& pickle, const std::string& order = "little")
{
    return tiny_files::zip(
        {{"m/data.pkl", pickle},
         {"m/byteorder", order},
         {"m/data/0", std::string(24, '\x11')},
         {"m/data/1", std::string(8, '\x22')}});
}

std::string field(int number, const std::string& bytes)
{
    return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(bytes.size())} + bytes;
}
std::string piece(const std::string& text, char kind)
{
    return field(1, field(1, text) + "\x15\0\0\x80\xbf"s + "\x18" + kind);
}

} // namespace

Seeds tar()
{
    using tiny_files::TarEntry;
    const std::string good = tiny_files::tar(
        {{"./", "", '5'}, {"./a.yaml", "x: 1\n"}, {"b/c", std::string(600, 'c')}, {"empty", ""}});
    const std::string packed = tiny_files::gzip(good);
    Seeds seeds = {
        good,
        packed,
        packed + "x",
        packed.substr(0, packed.size() / 2),
        packed.substr(0, 12) + "\xff\xff\xff" + packed.substr(15),
        tiny_files::gzip(std::string(2u << 20, '\0')), // a flood
        good + "x",
        good.substr(0, 700),
        good.substr(0, 512),
        "no tar",
        std::string(1024, 'x')};
    std::string prefixed = tiny_files::tar({{"name", "x"}});
    prefixed.replace(345, 6, "folder");
    seeds.push_back(prefixed); // its checksum does not agree; the target mends it
    std::vector<TarEntry> wrong = {
        {"/etc/passwd", "x"},
        {"../up", "x"},
        {"a\\b", "x"},
        {"a", "", '2'},
        {"a", "x", '0', "00000004000"},
        {"a", "x", '0', " 10 "},
        {"a", "x", '0', "8"},
        {"a", "x", '0', "    "},
        {".", "x"},
        {"a", "x", '0', {}, true}};
    for (const TarEntry& entry : wrong) seeds.push_back(tiny_files::tar({entry}));
    seeds.push_back(tiny_files::tar({{"a", "1"}, {"./a", "2"}}));
    for (const char* said :
         {"26 path=./a/long/name.txt\n",
          "22 mtime=1700000000.5\n",
          "10 size=3\n",
          "11 size=3x\n",
          "9 size=\n",
          "28 size=9999999999999999999\n",
          "6 abc\n",
          "7 abcd!",
          "nospace",
          "99 a=b\n",
          "1 a=b\n",
          "x a=b\n"})
        for (const char type : {'x', 'g'})
            seeds.push_back(tiny_files::tar({{"pax", said, type}, {"short", "abc"}}));
    seeds.push_back(tiny_files::tar(
        {{"pax", "30 path=" + std::string(21, '/') + "\n", 'x'}, {"short", "abc"}}));
    seeds.push_back(tiny_files::tar(
        {{"pax", "310 path=" + std::string(300, 'n') + "\n", 'x'}, {"short", "abc"}}));
    return seeds;
}

Seeds torch_zip()
{
    const std::string floats = storage("FloatStorage", "0", 6);
    const std::string shape = "K\x02K\x03\x86K\x03K\x01\x86";
    const std::string x = pickled("x") + tensor(floats, "K"s + '\0', shape);
    const std::string second = pickled("y") + tensor(floats, "K\x02", "K\x04\x85K\x01\x85");
    const std::string shared =
        pickled("y") + "q\x05" + tensor(floats, "K\x02", "K\x04\x85K\x01\x85");
    const std::string parameter =
        pickled("p") + "ctorch._utils\n_rebuild_parameter\n(" +
        tensor(storage("HalfStorage", "1", 4), "K"s + '\0', "K\x04\x85K\x01\x85") +
        "\x88"
        "ccollections\nOrderedDict\n)RtR";
    const std::string scalar =
        pickled("n") + tensor(storage("LongStorage", "1", 1), "K"s + '\0', "))");
    Seeds seeds = {
        tiny_files::zip({{"m/data/0", "abcd"}, {"m/version", "3\n"}}),
        tiny_files::zip({}),
        tiny_files::zip({{"m/code.py", "xx", 8}}),
        tiny_files::zip({{"m/a", "xx", 0, 1}}),
        tiny_files::zip({{"m/a", "x"}, {"m/a", "y"}}),
        tiny_files::zip({{"m/data.pkl", "x", 8}}),
        saved(state(x + second + parameter + scalar)),
        saved(state(shared)),
        saved(state(x + x)),
        saved(state(x), "big"),
        saved("\x80\x02}" + pickled("x") + tensor(floats, "K"s + '\0', shape) + "s."),
        // Every opcode that is known.
        saved(
            "\x80\x04\x95" + std::string(8, '\0') +
            "](K\x01M\x01\x01J\x01\x01\x01\x01\x8a\x02\x01\xff\x8a"s + '\0' + "\x88\x89NG" +
            std::string(8, '\0') + "\x8c\x01zq\x01r\x02" + std::string(3, '\0') + "\x94h\x01j\x01" +
            std::string(3, '\0') +
            "e\x8c\x01"
            "a\x8c\x01"
            "b\x93"
            "a)b(K\x01taK\x01\x85"
            "aK\x01K\x02K\x03\x87"
            "a}(K\x01K\x02uK\x01K\x02s."),
        saved("\x80\x07."),
        saved("."),
        saved("N."),
        saved("(."),
        saved("NN."),
        saved(state("K\x01K\x02")),
        saved(state(pickled("x") + "N"))};
    const std::vector<std::string> odd = {
        tensor(floats, "K\x02", shape),                                // beyond its storage
        tensor(floats, "J\xff\xff\xff\xff", shape),                    // before it
        tensor(floats, "K"s + '\0', "K\x02K\x03\x86K\x01K\x02\x86"),   // by columns
        tensor(floats, "K"s + '\0', "K\x02K\x03\x86K\x01\x85"),        // strides of another rank
        tensor(floats, "K"s + '\0', "J\xff\xff\xff\xff\x85K\x01\x85"), // a size below zero
        tensor(storage("FloatStorage", "0", 7), "K"s + '\0', shape),   // another count
        tensor(storage("FloatStorage", "9", 6), "K"s + '\0', shape),   // no entry
        tensor(storage("ComplexStorage", "0", 6), "K"s + '\0', shape), // another kind
        tensor("K\x01Q", "K"s + '\0', shape),
        tensor("(" + pickled("storage") + "tQ", "K"s + '\0', shape),
        "ctorch._utils\n_rebuild_tensor_v2\n)R",
        "cos\nsystem\n(" + pickled("true") + "tR"};
    for (const std::string& wrong : odd) seeds.push_back(saved(state(pickled("x") + wrong)));
    for (const char* type :
         {"BFloat16Storage",
          "DoubleStorage",
          "IntStorage",
          "ShortStorage",
          "CharStorage",
          "ByteStorage",
          "BoolStorage"}) {
        const char count = type[0] == 'D'                     ? 3
                           : type[0] == 'I'                   ? 6
                           : type[1] == 'F' || type[0] == 'S' ? 12
                                                              : 24;
        seeds.push_back(saved(state(
            pickled("x") + tensor(storage(type, "0", count), "K"s + '\0', "K\x03\x85K\x01\x85"))));
    }
    return seeds;
}

Seeds sentencepiece()
{
    const std::string text = "he said <s>he\n e\xcc\x81\xe2\x82\xac";
    const std::string model =
        piece("<unk>", 2) + piece("<s>", 3) + piece("he", 1) + piece("\u2581he", 1) +
        piece("h", 1) + piece("e", 1) + piece("\u2581", 1) + piece("sa", 1) + piece("<he>", 4) +
        piece("<0x41>", 6) + piece("<0xZZ>", 6) + piece("\u20ac", 1) + piece("gone", 5) +
        field(2, "trainer") + "\x28\x01\x31" + std::string(8, 'd');
    const auto input = [&](const std::string& rest) {
        return static_cast<char>(text.size()) + text + rest;
    };
    return {
        input(model),
        input(piece("a", 1)),
        input(""),
        input("\x0a"),
        input("\x0b\x0c"),
        input("\x0a\x7f"
              "abc"),
        input(field(1, "")),
        input(field(1, field(1, "a") + "\x18\x07")),
        input(field(1, field(1, "a") + "\x18\xff")),
        input(field(1, field(1, "a") + "\x0d\x01")),
        input(std::string(11, '\xff')),
        "\0"s + model};
}

Seeds nemo_settings(const std::filesystem::path& archive)
{
    const std::string yaml = members(archive)["model_config.yaml"];
    Seeds seeds = {yaml, "---\na:\n  b: [1, 'two', \"th\\\"ree\"]\n  c: |\n    folded\n"};
    const std::vector<std::string> lines = lines_of(yaml);
    // Each line left out, with another value, or as something else.
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string key = lines[i].substr(0, lines[i].find(':'));
        for (const std::string& instead :
             {std::string(), key + ": 7\n", key + "\n", key + ": [1, x]\n", key + ": [ [ ]\n"}) {
            std::string changed;
            for (std::size_t j = 0; j < lines.size(); ++j) changed += i == j ? instead : lines[j];
            seeds.push_back(changed);
        }
    }
    const std::string minimal = "encoder:\n  xscaling: false\npreprocessor:\n  features: 80\n";
    for (const char* rest :
         {"decoding:\n  durations: [0, 1]\n  greedy:\n    max_symbols_per_step: 3\n",
          "decoding:\n  durations: [0, x]\n",
          "loss:\n  tdt_kwargs:\n    durations:\n    - 0\n    - 1\n",
          "a: 'it''s'\nb: 'x' y\nc: \"\\t \\\\\"\nd: &x\ne: ~\nf: null\ng: \"open\n",
          "\ta: 1\n",
          "- item\n",
          "a: 1\n  b: 2\n",
          "encoder:\n",
          "a:b\n",
          "# remark\n\n"})
        seeds.push_back(minimal + rest);
    std::string deep;
    for (std::size_t i = 0; i < 40; ++i) deep += std::string(i, ' ') + "a:\n";
    seeds.push_back(deep);
    return seeds;
}

Seeds nemo(const std::filesystem::path& archive)
{
    const auto parts = members(archive);
    const std::string pickle = parts.at("data.pkl"), yaml = parts.at("model_config.yaml");
    const std::string vocabulary = parts.at("tokenizer.model");
    const auto input = [](const std::string& a, const std::string& b, const std::string& c) {
        return a + std::string(fuzz::kNextPart) + b + std::string(fuzz::kNextPart) + c;
    };
    Seeds seeds = {
        input(pickle, yaml, vocabulary),
        input(pickle, yaml, vocabulary + piece("z", 1)),
        input(pickle, yaml, vocabulary + piece("<unk>", 1)),
        input(pickle, yaml, "none"),
        input(pickle, "features: none\n", vocabulary),
        input(pickle, "none", vocabulary),
        input("none", yaml, vocabulary)};
    // A tensor of another name, of the same length.
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"joint.pred.weight", "joint.prod.weight"},
             {"joint.pred.weight", "joint.enc.weight."},
             {"encoder.layers.0.norm_out.weight", "preprocessor.0.norm_out.weight.."}}) {
        std::string changed = pickle;
        if (const auto at = changed.find(from); at != std::string::npos)
            changed.replace(at, from.size(), to);
        seeds.push_back(input(changed, yaml, vocabulary));
    }
    return seeds;
}

} // namespace fuzz_seeds
