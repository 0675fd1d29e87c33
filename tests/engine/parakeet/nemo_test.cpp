#include "engine/models/parakeet/nemo.h"

#include "engine/formats/safetensors.h"
#include "engine/formats/tar.h"
#include "engine/formats/torch_zip.h"
#include "engine/models/parakeet/hearing.h"
#include "tests/engine/formats/tiny_files.h"
#include "tests/engine/formats/tiny_tar.h"
#include "tests/engine/parakeet/tiny_recognizer.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace engine::parakeet {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using tiny_files::TarEntry;

class NemoTest : public testing::Test {
protected:
    /// The members of the tiny archive, which a test may change and pack again.
    std::vector<TarEntry> members() const
    {
        const auto tar = formats::TarFile::open(kData / "tiny.nemo");
        EXPECT_TRUE(tar) << tar.error().message;
        std::vector<TarEntry> entries;
        for (const auto& [name, bytes] : tar->members())
            entries.push_back({name, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}});
        return entries;
    }
    std::string& member(std::vector<TarEntry>& entries, std::string_view ending) const
    {
        const auto found = std::ranges::find_if(entries, [&](const TarEntry& entry) {
            return entry.name.ends_with(ending);
        });
        EXPECT_NE(found, entries.end());
        return found->content;
    }
    Error error_of(const std::string& archive)
    {
        const auto made = convert_nemo(folder_.write("changed.nemo", archive), out_);
        EXPECT_FALSE(made);
        // What failed leaves nothing behind.
        EXPECT_FALSE(std::filesystem::exists(out_));
        return made ? Error{} : made.error();
    }
    Error error_of(const std::vector<TarEntry>& entries)
    {
        return error_of(tiny_files::tar(entries));
    }
    support::TemporaryFolder folder_;
    const std::filesystem::path out_ = folder_ / "out";
};

TEST_F(NemoTest, TheConvertedFolderHearsWhatTheReferenceHeard)
{
    const auto made = convert_nemo(kData / "tiny.nemo", out_);
    ASSERT_TRUE(made) << made.error().message << made.error().hint;
    const auto backend = kernels::make_cpu_backend(2);
    const auto model = Model::load(*backend, out_, {}, kernels::Compute::Exact);
    ASSERT_TRUE(model) << model.error().message;
    EXPECT_EQ((*model)->config.most_symbols, 6);
    EXPECT_EQ((*model)->config.durations, (std::vector<int>{0, 1, 2, 4}));
    EXPECT_EQ((*model)->config.encoder.mel_bins, 80);
    const json cases = read_cases("nemo");
    EXPECT_GE(cases.size(), 2u);
    for (const auto& [name, each] : cases.items()) {
        SCOPED_TRACE(name);
        Hearing hearing(**model, kOneWindow, 0);
        Usage usage;
        ASSERT_EQ(
            hearing.step(*backend, samples_of(each), 0, true, {}, usage),
            Hearing::Step::Heard);
        ASSERT_EQ(hearing.tokens().size(), each["tokens"].size());
        for (std::size_t i = 0; i < hearing.tokens().size(); ++i) {
            EXPECT_EQ(hearing.tokens()[i].id, each["tokens"][i]["id"]);
            EXPECT_EQ(hearing.tokens()[i].row, each["tokens"][i]["frame"]);
            EXPECT_EQ(hearing.tokens()[i].duration, each["tokens"][i]["duration"]);
        }
        hearing.words().finish();
        expect_segments(hearing.words().take_segments(), each["segments"]);
    }
}

TEST_F(NemoTest, NumbersStayAsTheyAreAndNothingElseIsWritten)
{
    ASSERT_TRUE(convert_nemo(kData / "tiny.nemo", out_));
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(out_))
        names.push_back(entry.path().filename().string());
    EXPECT_THAT(
        names,
        testing::UnorderedElementsAre(
            "model.safetensors",
            "config.json",
            "generation_config.json",
            "processor_config.json",
            "tokenizer.json"));
    const auto file = formats::SafetensorsFile::open(out_ / "model.safetensors");
    ASSERT_TRUE(file);
    const auto& tensors = file->tensors();
    EXPECT_EQ(tensors.find("preprocessor.featurizer.fb"), nullptr);
    const auto* batches = tensors.find("encoder.layers.0.conv.norm.num_batches_tracked");
    ASSERT_NE(batches, nullptr);
    EXPECT_EQ(batches->format, formats::ElementFormat::I64);
    // Parts of one storage, each with its own numbers.
    const auto first = tensors.values("decoder.lstm.weight_ih_l0", 4 * 12 * 12);
    const auto second = tensors.values("decoder.lstm.weight_hh_l0", 4 * 12 * 12);
    ASSERT_TRUE(first && second);
    EXPECT_NE(*first, *second);
    const json generation = json::parse(support::read_file(out_ / "generation_config.json"));
    EXPECT_EQ(generation["suppress_tokens"].size(), 4u);
}

TEST_F(NemoTest, PackedArchivesGiveTheSame)
{
    ASSERT_TRUE(convert_nemo(kData / "tiny.nemo", out_));
    const auto packed =
        folder_.write("packed.nemo", tiny_files::gzip(support::read_file(kData / "tiny.nemo")));
    ASSERT_TRUE(convert_nemo(packed, folder_ / "second"));
    for (const char* name : {"model.safetensors", "config.json", "tokenizer.json"})
        EXPECT_EQ(support::read_file(out_ / name), support::read_file(folder_ / "second" / name))
            << name;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "second" / ".unpacked.tar"));
}

TEST_F(NemoTest, NothingIsOverwritten)
{
    folder_.write("full/thesis.txt", "years of work");
    const auto made = convert_nemo(kData / "tiny.nemo", folder_ / "full");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(support::read_file(folder_ / "full" / "thesis.txt"), "years of work");
}

TEST_F(NemoTest, WhatIsMissingIsNamed)
{
    for (const char* ending : {"model_config.yaml", "model_weights.ckpt", "tokenizer.model"}) {
        auto entries = members();
        std::erase_if(entries, [&](const TarEntry& e) { return e.name.ends_with(ending); });
        EXPECT_THAT(error_of(entries).message, HasSubstr(ending));
    }
    auto entries = members();
    entries.push_back({"other_tokenizer.model", "x"});
    EXPECT_THAT(error_of(entries).message, HasSubstr("more than one"));
    EXPECT_EQ(convert_nemo("/nowhere.nemo", out_).error().code, ErrorCode::FileNotFound);
}

TEST_F(NemoTest, OtherRecognisersAreRefusedByTheirSettings)
{
    const std::vector<std::pair<std::string, std::string>> changes = {
        {"xscaling: false", "xscaling: true"},
        {"normalize: per_feature", "normalize: NA"},
        {"self_attention_model: rel_pos", "self_attention_model: rel_pos_local_attn"},
        {"subsampling_factor: 8", "subsampling_factor: 4"},
        {"conv_norm_type: batch_norm", "conv_norm_type: layer_norm"},
        {"model_type: tdt", "model_type: rnnt"},
        {"causal_downsampling: false", "causal_downsampling: true"},
        {"  - -1\n  - -1\n", "  - 70\n  - 13\n"},
        {"window_stride: 0.01", "window_stride: 0.02"},
    };
    for (const auto& [from, to] : changes) {
        auto entries = members();
        std::string& yaml = member(entries, "model_config.yaml");
        const auto at = yaml.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        yaml.replace(at, from.size(), to);
        EXPECT_EQ(error_of(entries).code, ErrorCode::ModelUnsupported) << to;
    }
}

TEST_F(NemoTest, NonsenseInTheSettingsIsASentence)
{
    const std::vector<std::pair<std::string, std::string>> changes = {
        {"features: 80", "features: many"},
        {"features: 80", "features: 81"}, // another width than the weights have
        {"  features: 80\n", ""},
        {"  max_symbols: 6", "  max_symbols: 0"},
        {"encoder:", "encoder"},
        {"sample_rate: 16000", "sample_rate: 16000\nsample_rate: 16000"},
    };
    for (const auto& [from, to] : changes) {
        auto entries = members();
        std::string& yaml = member(entries, "model_config.yaml");
        auto at = yaml.find(from);
        if (from.starts_with("  max")) at = yaml.find("    max_symbols: 6");
        ASSERT_NE(at, std::string::npos) << from;
        if (from.starts_with("  max"))
            yaml.replace(at, 18, "    max_symbols: 0");
        else
            yaml.replace(at, from.size(), to);
        const Error found = error_of(entries);
        EXPECT_EQ(found.code, ErrorCode::BadModelFile) << to << ": " << found.message;
    }
}

TEST_F(NemoTest, AVocabularyOfAnotherModelIsRefused)
{
    auto entries = members();
    member(entries, "tokenizer.model") += std::string("\x0a\x03\x0a\x01z", 5);
    EXPECT_THAT(error_of(entries).message, HasSubstr("tokenizer.model"));
    entries = members();
    member(entries, "tokenizer.model") = "no protocol buffer at all";
    EXPECT_THAT(error_of(entries).message, HasSubstr("tokenizer.model"));
}

/// JSON, which the converted files have, knows no other text.
TEST_F(NemoTest, ANameThatIsNotUtf8IsRefused)
{
    const auto tar = formats::TarFile::open(kData / "tiny.nemo");
    ASSERT_TRUE(tar);
    const auto zip = formats::TorchZip::open(
        tar->file(),
        tar->members().at("model_weights.ckpt"),
        "model_weights.ckpt");
    ASSERT_TRUE(zip);
    std::vector<tiny_files::ZipEntry> weights;
    for (const auto& [name, entry] : zip->entries())
        weights.push_back(
            {name, {reinterpret_cast<const char*>(entry.bytes.data()), entry.bytes.size()}});
    const auto pickle = std::ranges::find(weights, "archive/data.pkl", &tiny_files::ZipEntry::name);
    ASSERT_NE(pickle, weights.end());
    const auto at = pickle->data.find("feed_forward1.linear1.weight");
    ASSERT_NE(at, std::string::npos);
    pickle->data[at] = '\xee';
    auto entries = members();
    member(entries, "model_weights.ckpt") = tiny_files::zip(weights);
    EXPECT_THAT(error_of(entries).message, HasSubstr("not UTF-8"));
}

TEST_F(NemoTest, TruncatedArchivesAreSentences)
{
    const std::string whole = support::read_file(kData / "tiny.nemo");
    const std::string packed = tiny_files::gzip(whole);
    for (const std::size_t size : {1u, 511u, 512u, 3000u, 20000u, 50000u}) {
        EXPECT_EQ(error_of(whole.substr(0, size)).code, ErrorCode::BadModelFile) << size;
        if (size < packed.size()) {
            EXPECT_EQ(error_of(packed.substr(0, size)).code, ErrorCode::BadModelFile) << size;
        }
    }
    EXPECT_EQ(error_of(packed + "x").code, ErrorCode::BadModelFile);
}

TEST_F(NemoTest, APackedFloodIsRefused)
{
    const std::string flood = tiny_files::gzip(std::string(64u << 20, '\0'));
    EXPECT_EQ(error_of(flood).code, ErrorCode::LimitExceeded);
}

TEST_F(NemoTest, NoDamageCrashesOrLeavesAnythingBehind)
{
    const std::string whole = support::read_file(kData / "tiny.nemo");
    std::uint32_t state = 1;
    const auto next = [&](std::size_t below) {
        state = state * 1664525 + 1013904223;
        return (state >> 8) % below;
    };
    int refused = 0;
    for (int round = 0; round < 120; ++round) {
        std::string changed = whole;
        for (std::size_t i = 0, count = 1 + next(4); i < count; ++i)
            changed[next(changed.size())] = static_cast<char>(next(256));
        const auto made = convert_nemo(folder_.write("changed.nemo", changed), out_);
        refused += made ? 0 : 1;
        EXPECT_EQ(std::filesystem::exists(out_), made.has_value());
        std::filesystem::remove_all(out_);
    }
    EXPECT_GT(refused, 60);
}

} // namespace
} // namespace engine::parakeet
