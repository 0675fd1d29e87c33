#include "engine/formats/gguf.h"

#include "tests/engine/formats/tiny_files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace {

using engine::ErrorCode;
using engine::formats::ElementFormat;
using engine::formats::GgufFile;
using testing::ElementsAre;
using testing::HasSubstr;
using tiny_files::Gguf;

class GgufTest : public testing::Test {
protected:
    engine::Result<GgufFile> open(const std::string& bytes)
    {
        return GgufFile::open(folder.write("tiny.gguf", bytes));
    }
    support::TemporaryFolder folder;
};

TEST_F(GgufTest, ReadsMetadataOfEveryKind)
{
    const auto file = open(Gguf().bytes());
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->text("general.architecture"), "llama");
    EXPECT_EQ(file->integer("llama.block_count"), 1);
    EXPECT_EQ(file->integer("tiny.wide"), std::int64_t{1} << 40);
    EXPECT_EQ(file->number("llama.rope.freq_base"), 1e5);
    EXPECT_EQ(file->flag("tiny.flag"), true);
    EXPECT_THAT(*file->texts("tokenizer.ggml.merges"), ElementsAre("h e", "he l"));
    EXPECT_EQ(file->integers("tokenizer.ggml.token_type")->size(), 259u);
    EXPECT_EQ(
        engine::formats::type_words(file->metadata().at("tokenizer.ggml.merges")),
        "array of string");
}

TEST_F(GgufTest, NamesAKeyThatIsMissingOrOfAnotherType)
{
    const auto file = open(Gguf().bytes());
    EXPECT_THAT(
        file->integer("llama.nothing").error().message,
        HasSubstr("\"llama.nothing\" is missing"));
    EXPECT_THAT(
        file->integer("general.architecture").error().message,
        HasSubstr(
            "tiny.gguf: metadata key \"general.architecture\" is string, expected an integer"));
    EXPECT_FALSE(file->flag("llama.block_count"));
    EXPECT_FALSE(file->texts("tokenizer.ggml.token_type"));
    EXPECT_FALSE(file->number("tiny.flag"));
}

TEST_F(GgufTest, TurnsTheOrderOfDimensionsRound)
{
    const auto file = open(Gguf().bytes());
    EXPECT_TRUE(file->tensors().get("a", {2, 8}));
    const auto weight = file->tensors().matrix("a", 2, 8);
    ASSERT_TRUE(weight);
    EXPECT_EQ(weight->format, kernels::WeightFormat::F32);
    const auto* block = file->tensors().find("c");
    EXPECT_EQ(block->format, ElementFormat::Q4_1);
    EXPECT_EQ(block->bytes.size(), 20u);
    EXPECT_THAT(
        file->tensors().get("a", {8, 2}).error().message,
        HasSubstr("tiny.gguf: tensor \"a\" has the shape [2, 8], expected [8, 2]"));
    EXPECT_THAT(
        file->tensors().get("output.weight", {1}).error().message,
        HasSubstr("tensor \"output.weight\" is missing"));
}

TEST_F(GgufTest, MayPadItsLastTensor)
{
    Gguf padded;
    padded.data_bytes = 128;
    EXPECT_TRUE(open(padded.bytes()));
}

struct Damage {
    const char* what;
    std::function<void(Gguf&)> spoil;
    const char* sentence;
    ErrorCode code = ErrorCode::BadModelFile;
};
void PrintTo(const Damage& damage, std::ostream* out)
{
    *out << damage.what;
}
class DamagedGgufTest : public GgufTest, public testing::WithParamInterface<Damage> {};

TEST_P(DamagedGgufTest, IsRefusedWithASentence)
{
    Gguf gguf;
    GetParam().spoil(gguf);
    const auto file = open(gguf.bytes());
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code, GetParam().code);
    EXPECT_THAT(file.error().message, HasSubstr("tiny.gguf"));
    EXPECT_THAT(file.error().message, HasSubstr(GetParam().sentence));
    EXPECT_FALSE(file.error().hint.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Kinds,
    DamagedGgufTest,
    testing::Values(
        Damage{"magic", [](Gguf& g) { g.magic = 1; }, "does not begin with \"GGUF\""},
        Damage{"version", [](Gguf& g) { g.version = 2; }, "version 2", ErrorCode::ModelUnsupported},
        Damage{
            "big endian",
            [](Gguf& g) { g.version = 0x03000000; },
            "this engine reads version 3",
            ErrorCode::ModelUnsupported},
        Damage{
            "a count of tensors without room",
            [](Gguf& g) { g.extra_tensor_count = 1ll << 60; },
            "more than it has room for"},
        Damage{
            "a count of keys without room",
            [](Gguf& g) { g.extra_key_count = 1ll << 60; },
            "more than it has room for"},
        Damage{"one key too many", [](Gguf& g) { g.extra_key_count = 1; }, "tensor 0 is cut off"},
        Damage{
            "one tensor too many",
            [](Gguf& g) { g.extra_tensor_count = 1; },
            "tensor \"\" has 0 dimensions"},
        Damage{
            "the same key twice",
            [](Gguf& g) { g.keys.push_back(g.keys.front()); },
            "\"general.architecture\" occurs twice"},
        Damage{
            "an unknown type of value",
            [](Gguf& g) { g.keys[0].second[0] = 77; },
            "\"general.architecture\" is cut off or of an unknown type"},
        Damage{
            "a string that is longer than the file",
            [](Gguf& g) { g.keys[0].second[11] = 0x7f; },
            "\"general.architecture\" is cut off"},
        Damage{
            "an array that is longer than the file",
            [](Gguf& g) { g.keys[9].second[15] = 0x7f; },
            "\"tokenizer.ggml.token_type\" is cut off"},
        Damage{
            "an array of arrays",
            [](Gguf& g) { g.keys[9].second[4] = 9; },
            "\"tokenizer.ggml.token_type\" is cut off or of an unknown type"},
        Damage{
            "an alignment of zero",
            [](Gguf& g) { g.keys[1].second = tiny_files::gguf_u32(0); },
            "general.alignment is 0"},
        Damage{
            "an alignment of text",
            [](Gguf& g) { g.keys[1].second = tiny_files::gguf_string("32"); },
            "expected an integer"},
        Damage{
            "the same tensor twice",
            [](Gguf& g) { g.tensors[1].name = "a"; },
            "tensor \"a\" occurs twice"},
        Damage{
            "no dimensions",
            [](Gguf& g) { g.tensors[0].dims = {}; },
            "tensor \"a\" has 0 dimensions"},
        Damage{
            "five dimensions",
            [](Gguf& g) {
                g.tensors[0].dims = {1, 1, 1, 1, 16};
            },
            "tensor \"a\" has 5 dimensions"},
        Damage{
            "a negative dimension",
            [](Gguf& g) {
                g.tensors[0].dims = {-8, 2};
            },
            "tensor \"a\" has a dimension that is not positive"},
        Damage{
            "a product that overflows",
            [](Gguf& g) {
                g.tensors[0].dims = {1ll << 40, 1ll << 40};
            },
            "tensor \"a\" has the shape [1099511627776, 1099511627776]"},
        Damage{
            "rows of half a block",
            [](Gguf& g) {
                g.tensors[2].dims = {16, 2};
            },
            "which Q4_1 cannot store"},
        Damage{
            "an unknown type of tensor",
            [](Gguf& g) { g.tensors[0].type = 4; },
            "tensor \"a\" has the unknown type 4"},
        Damage{
            "an overlap",
            [](Gguf& g) { g.tensors[1].offset = 32; },
            "starts at 32 of the data, expected 64"},
        Damage{
            "a hole",
            [](Gguf& g) { g.tensors[2].offset = 128; },
            "tensor \"c\" starts at 128 of the data, expected 96"},
        Damage{
            "an offset out of line",
            [](Gguf& g) { g.tensors[0].offset = 3; },
            "starts at 3 of the data, expected 0"},
        Damage{
            "an enormous offset",
            [](Gguf& g) { g.tensors[2].offset = ~0ull - 31; },
            "tensor \"c\" starts at"},
        Damage{
            "one byte missing",
            [](Gguf& g) { g.data_bytes = 115; },
            "tensor \"c\" needs 20 bytes at 96, but the data has 115"},
        Damage{
            "bytes behind the end",
            [](Gguf& g) { g.data_bytes = 129; },
            "has 13 bytes behind its last tensor"},
        Damage{
            "a name that would flood the terminal",
            [](Gguf& g) {
                g.tensors[0] = {std::string(100, '\x1b'), {8, 2}, 4, 0};
            },
            "tensor \"\\x1b\\x1b"}));

TEST_F(GgufTest, TruncationsAreRefused)
{
    const std::string whole = Gguf().bytes();
    for (std::size_t size = 0; size<whole.size(); size += size> 400 && size < 6'000 ? 37 : 1)
        ASSERT_FALSE(open(whole.substr(0, size))) << size << " of " << whole.size() << " bytes";
}

} // namespace
