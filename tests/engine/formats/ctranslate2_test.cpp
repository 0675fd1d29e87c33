#include "engine/formats/ctranslate2.h"

#include "tests/engine/formats/tiny_files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace {

using engine::ErrorCode;
using engine::formats::Ctranslate2File;
using testing::HasSubstr;
using tiny_files::Ctranslate2;

class Ctranslate2Test : public testing::Test {
protected:
    engine::Result<Ctranslate2File> open(const std::string& bytes)
    {
        return Ctranslate2File::open(folder.write("model.bin", bytes));
    }
    support::TemporaryFolder folder;
};

TEST_F(Ctranslate2Test, ReadsVariablesScalarsAndAliases)
{
    const auto file = open(Ctranslate2().bytes());
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->specification(), "WhisperSpec");
    EXPECT_EQ(file->revision(), 3u);
    EXPECT_TRUE(file->tensors().matrix("w", 2, 3));
    EXPECT_EQ(file->tensors().find("v")->bytes.data(), file->tensors().find("w")->bytes.data());
    EXPECT_EQ(file->tensors().integer("n"), 0x0700); // the bytes 0 and 7
    EXPECT_THAT(file->tensors().integer("h").error().message, HasSubstr("expected one integer"));
}

struct Damage {
    const char* what;
    std::function<void(Ctranslate2&)> spoil;
    const char* sentence;
    ErrorCode code = ErrorCode::BadModelFile;
};
void PrintTo(const Damage& damage, std::ostream* out)
{
    *out << damage.what;
}
class DamagedCtranslate2Test : public Ctranslate2Test,
                               public testing::WithParamInterface<Damage> {};

TEST_P(DamagedCtranslate2Test, IsRefusedWithASentence)
{
    Ctranslate2 model;
    GetParam().spoil(model);
    const auto file = open(model.bytes());
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code, GetParam().code);
    EXPECT_THAT(file.error().message, HasSubstr("model.bin"));
    EXPECT_THAT(file.error().message, HasSubstr(GetParam().sentence));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds,
    DamagedCtranslate2Test,
    testing::Values(
        Damage{
            "version",
            [](Ctranslate2& m) { m.version = 5; },
            "binary version 5; this engine reads version 6",
            ErrorCode::ModelUnsupported},
        Damage{
            "a count without room",
            [](Ctranslate2& m) { m.extra_count = 60'000; },
            "promises 60003 variables"},
        Damage{
            "one variable too many",
            [](Ctranslate2& m) { m.extra_count = 1; },
            "variable 3 is cut off"},
        Damage{
            "the same name twice",
            [](Ctranslate2& m) { m.variables[1].name = "h"; },
            "tensor \"h\" occurs twice"},
        Damage{
            "nine dimensions",
            [](Ctranslate2& m) {
                m.variables[0].dims = {1, 1, 1, 1, 1, 1, 1, 1, 4};
            },
            "tensor \"h\" has 9 dimensions"},
        Damage{
            "an unknown type",
            [](Ctranslate2& m) { m.variables[0].type = 6; },
            "tensor \"h\" has the unknown type 6"},
        Damage{
            "a size that does not fit the shape",
            [](Ctranslate2& m) { m.variables[0].bytes = 6; },
            "tensor \"h\" of shape [4] and type F16 has 6 bytes, expected 8"},
        Damage{
            "a product that overflows",
            [](Ctranslate2& m) {
                m.variables[0].dims = {~0u, ~0u, ~0u};
            },
            "expected fewer than 2^63"},
        Damage{
            "a tensor that is longer than the file",
            [](Ctranslate2& m) {
                m.variables[2] = {"w", {1u << 20}, 0, 1u << 22};
            },
            "tensor \"w\" needs 4194304 bytes, but only"},
        Damage{
            "an alias of nothing",
            [](Ctranslate2& m) { m.aliases[0].second = "q"; },
            "alias \"v\" names tensor \"q\", which is missing"},
        Damage{
            "an alias with the name of a tensor",
            [](Ctranslate2& m) { m.aliases[0].first = "h"; },
            "alias \"h\" is the name of a tensor already"},
        Damage{
            "bytes behind the end",
            [](Ctranslate2& m) { m.tail = "x"; },
            "has 1 bytes behind its end"},
        Damage{
            "a quantised conversion",
            [](Ctranslate2& m) { m.variables[0].name = "decoder/weight_scale"; },
            "quantised conversion",
            ErrorCode::ModelUnsupported}));

TEST_F(Ctranslate2Test, EveryTruncationIsRefused)
{
    const std::string whole = Ctranslate2().bytes();
    for (std::size_t size = 0; size < whole.size(); ++size)
        ASSERT_FALSE(open(whole.substr(0, size))) << size << " of " << whole.size() << " bytes";
}

} // namespace
