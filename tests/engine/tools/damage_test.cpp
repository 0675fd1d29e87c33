// What can be wrong with a folder of safetensors: each a sentence that names it, and status 1.
#include "tests/support/run_command.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstring>
#include <fstream>

namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;

const fs::path kTiny = fs::path(PERCEPT_TEST_DATA) / "omni" / "b" / "nvfp4";
constexpr const char* kShard = "model.safetensors";

/// A copy of a tiny checkpoint, and the ways to spoil it.
class Folder {
public:
    Folder() { fs::copy(kTiny, folder_.path(), fs::copy_options::recursive); }
    std::string path() const { return folder_.path().string(); }
    std::string read(const char* name) const { return support::read_file(folder_ / name); }
    void write(const char* name, const std::string& bytes) const { folder_.write(name, bytes); }
    void remove(const char* name) const { fs::remove(folder_ / name); }
    void cut(const char* name, std::uintmax_t bytes) const
    {
        fs::resize_file(folder_ / name, bytes);
    }
    std::uintmax_t size(const char* name) const { return fs::file_size(folder_ / name); }
    void edit_json(const char* name, const std::function<void(ordered_json&)>& edit) const
    {
        auto document = ordered_json::parse(read(name));
        edit(document);
        write(name, document.dump());
    }
    void edit_header(const std::function<void(ordered_json&)>& edit) const
    {
        const std::string file = read(kShard);
        std::uint64_t size = 0;
        std::memcpy(&size, file.data(), sizeof size);
        const std::string data = file.substr(sizeof size + size);
        auto header = ordered_json::parse(file.substr(sizeof size, size));
        edit(header);
        std::string text = header.dump();
        text.resize((text.size() + 7) / 8 * 8, ' ');
        size = text.size();
        const std::string length(reinterpret_cast<const char*>(&size), sizeof size);
        write(kShard, length + text + data);
    }

private:
    support::TemporaryFolder folder_;
};

struct Damage {
    const char* name;
    void (*spoil)(const Folder& folder);
    const char* named; // what the sentence must name
};
void PrintTo(const Damage& damage, std::ostream* out)
{
    *out << damage.name;
}

/// The first tensor whose name ends like this.
std::string tensor(const ordered_json& header, const std::string& end)
{
    for (const auto& item : header.items())
        if (item.key().ends_with(end)) return item.key();
    ADD_FAILURE() << "no tensor " << end;
    return {};
}

const Damage kDamages[] = {
    {"NoConfig", [](const Folder& f) { f.remove("config.json"); }, "config.json"},
    {"ConfigCutShort", [](const Folder& f) { f.cut("config.json", 300); }, "config.json"},
    {"AnotherFamily",
     [](const Folder& f) {
         f.edit_json("config.json", [](auto& c) { c["model_type"] = "mamba_of_tomorrow"; });
     },
     "mamba_of_tomorrow"},
    {"AbsurdWidth",
     [](const Folder& f) {
         f.edit_json("config.json", [](auto& c) { c["llm_config"]["hidden_size"] = 1u << 30; });
     },
     "hidden_size"},
    {"UnknownLayer",
     [](const Folder& f) {
         f.edit_json("config.json", [](auto& c) {
             c["llm_config"]["hybrid_override_pattern"] = "MEM*QM*E";
         });
     },
     "kind \"Q\""},
    {"MoreLayersThanTensors",
     [](const Folder& f) {
         f.edit_json("config.json", [](auto& c) {
             auto& text = c["llm_config"];
             text["hybrid_override_pattern"] =
                 text["hybrid_override_pattern"].template get<std::string>() + "M*E";
             text["num_hidden_layers"] = text["num_hidden_layers"].template get<int>() + 3;
         });
     },
     "layers."},
    {"NoTokenizer", [](const Folder& f) { f.remove("tokenizer.json"); }, "tokenizer.json"},
    {"TokenizerCutShort",
     [](const Folder& f) { f.cut("tokenizer.json", 5'000); },
     "tokenizer.json"},
    {"TokenizerWithoutItsMarks",
     [](const Folder& f) {
         std::string text = f.read("tokenizer.json");
         for (std::size_t at = 0; (at = text.find("<|im_start|>", at)) != std::string::npos;)
             text.replace(at, 12, "<|im_begin>>");
         f.write("tokenizer.json", text);
     },
     "<|im_start|>"},
    {"UnknownTemplate",
     [](const Folder& f) { f.write("chat_template.jinja", "{{ messages }} of another model"); },
     "chat_template.jinja"},
    {"NoWeights", [](const Folder& f) { f.remove(kShard); }, "safetensors"},
    {"EmptyWeights", [](const Folder& f) { f.cut(kShard, 0); }, kShard},
    {"WeightsCutShort", [](const Folder& f) { f.cut(kShard, f.size(kShard) - 100); }, kShard},
    {"HeaderLongerThanTheFile",
     [](const Folder& f) {
         std::string bytes = f.read(kShard);
         bytes[5] = '\x7f';
         f.write(kShard, bytes);
     },
     kShard},
    {"HeaderThatIsNoJson",
     [](const Folder& f) {
         std::string bytes = f.read(kShard);
         bytes[8] = '[';
         f.write(kShard, bytes);
     },
     kShard},
    {"TensorMissing",
     [](const Folder& f) {
         f.edit_header([](auto& h) {
             // Renamed: the bytes stay spoken for.
             const std::string name = tensor(h, "norm_f.weight");
             auto stored = h[name];
             h[name + ".old"] = std::move(stored);
             h.erase(name);
         });
     },
     "norm_f.weight"},
    {"TensorOfAnotherShape",
     [](const Folder& f) {
         f.edit_header([](auto& h) {
             auto& shape = h[tensor(h, "in_proj.weight")]["shape"];
             std::swap(shape[0], shape[1]);
         });
     },
     "in_proj.weight"},
    {"TensorsThatOverlap",
     [](const Folder& f) {
         f.edit_header([](auto& h) {
             auto& at = h[tensor(h, "A_log")]["data_offsets"];
             at[0] = at[0].template get<int>() - 4;
             at[1] = at[1].template get<int>() - 4;
         });
     },
     kShard},
    {"TensorBehindTheEnd",
     [](const Folder& f) {
         f.edit_header([](auto& h) {
             auto& at = h[tensor(h, "A_log")]["data_offsets"];
             at[0] = at[0].template get<std::int64_t>() + (1ll << 40);
             at[1] = at[1].template get<std::int64_t>() + (1ll << 40);
         });
     },
     kShard},
    {"NoScaleOfFourBits",
     [](const Folder& f) {
         f.edit_header([](auto& h) {
             const std::string name = tensor(h, ".weight_scale_2");
             auto stored = h[name];
             h[name + ".old"] = std::move(stored);
             h.erase(name);
         });
     },
     "weight_scale_2"},
    {"AnIndexThatLeavesTheFolder",
     [](const Folder& f) {
         f.write(
             "model.safetensors.index.json",
             R"({"weight_map":{"backbone.embeddings.weight":"../model.safetensors"}})");
         fs::rename(fs::path(f.path()) / kShard, fs::path(f.path()) / "other.safetensors");
     },
     "model.safetensors.index.json"},
};

class DamageTest : public testing::TestWithParam<Damage> {};

TEST_P(DamageTest, IsASentenceThatNamesItAndStatus1)
{
    const Folder folder;
    GetParam().spoil(folder);
    const std::vector<std::vector<std::string>> commands = {
        {"generate", "--prompt", "a", "--max-tokens", "1"},
        {"logits", "--prompt", "a"},
        {"inspect"},
    };
    for (std::vector<std::string> words : commands) {
        const std::string command = words.front();
        words.insert(words.begin(), PERCEPT_BIN_DIR "/percept-engine");
        words.insert(words.end(), {"--model", folder.path()});
        const auto result = support::run_command(words);
        const bool speaks =
            std::string(GetParam().name) == "UnknownTemplate" && command != "generate";
        if (speaks) continue; // numbers can be had without a template
        EXPECT_EQ(result.status, 1) << command << ": " << result.out << result.err;
        EXPECT_NE(result.err.find(GetParam().named), std::string::npos)
            << command << ": " << result.err;
        EXPECT_LT(result.err.size(), 1'000u) << command;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Checkpoint,
    DamageTest,
    testing::ValuesIn(kDamages),
    [](const auto& damage) { return damage.param.name; });

} // namespace
