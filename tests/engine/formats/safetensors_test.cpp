#include "engine/formats/safetensors.h"

#include "tests/engine/formats/tiny_files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <span>

namespace {

using engine::ErrorCode;
using engine::formats::ElementFormat;
using engine::formats::SafetensorsFile;
using engine::formats::TensorToWrite;
using testing::HasSubstr;

class SafetensorsTest : public testing::Test {
protected:
    engine::Result<SafetensorsFile> open(const std::string& bytes)
    {
        return SafetensorsFile::open(folder.write("tiny.safetensors", bytes));
    }
    support::TemporaryFolder folder;
};

TEST_F(SafetensorsTest, ReadsTensorsAndMetadata)
{
    const auto file = open(tiny_files::safetensors());
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->metadata().at("format"), "pt");
    EXPECT_TRUE(file->tensors().get("x", {2, 3}));
    EXPECT_EQ(file->tensors().find("y")->format, ElementFormat::F16);
    EXPECT_EQ(file->tensors().find("y")->bytes.size(), 8u);
    EXPECT_TRUE(file->tensors().values("y", 4));
    EXPECT_THAT(
        file->tensors().values("y", 5).error().message,
        HasSubstr("tiny.safetensors: tensor \"y\" has the shape [4], expected 5 elements"));
}

TEST_F(SafetensorsTest, WidensHalfPrecisionExactly)
{
    const std::array<std::uint16_t, 4> halves = {0x3c00, 0xc000, 0x0001, 0x7bff};
    const auto path = folder / "h.safetensors";
    ASSERT_TRUE(engine::formats::write_safetensors(
        path,
        {TensorToWrite{"h", ElementFormat::F16, {4}, std::as_bytes(std::span(halves))}}));
    const auto file = SafetensorsFile::open(path);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_THAT(
        *file->tensors().values("h", 4),
        testing::ElementsAre(1.0f, -2.0f, 0x1p-24f, 65504.0f));
}

TEST_F(SafetensorsTest, AcceptsTensorsWithoutElementsAndScalars)
{
    EXPECT_TRUE(open(tiny_files::safetensors(
        R"({"e":{"dtype":"F32","shape":[0,3],"data_offsets":[0,0]},)"
        R"("s":{"dtype":"I64","shape":[],"data_offsets":[0,8]}})",
        8)));
}

TEST_F(SafetensorsTest, WritesTheSameBytesWhateverTheOrder)
{
    const std::array<float, 3> first = {1, 2, 3};
    const std::array<float, 1> second = {4};
    const TensorToWrite a{"a", ElementFormat::F32, {3}, std::as_bytes(std::span(first))};
    const TensorToWrite b{"b", ElementFormat::F32, {1}, std::as_bytes(std::span(second))};
    ASSERT_TRUE(engine::formats::write_safetensors(folder / "one", {a, b}));
    ASSERT_TRUE(engine::formats::write_safetensors(folder / "two", {b, a}));
    EXPECT_EQ(support::read_file(folder / "one"), support::read_file(folder / "two"));
    EXPECT_THAT(
        *SafetensorsFile::open(folder / "one")->tensors().values("b", 1),
        testing::ElementsAre(4));
}

TEST_F(SafetensorsTest, SaysWhereItCannotWrite)
{
    const auto written = engine::formats::write_safetensors(folder / "absent" / "x", {});
    ASSERT_FALSE(written);
    EXPECT_THAT(written.error().message, HasSubstr("Cannot write"));
}

struct Damage {
    const char* what;
    const char* header;
    std::size_t data_bytes;
    const char* sentence;
    ErrorCode code = ErrorCode::BadModelFile;
};
void PrintTo(const Damage& damage, std::ostream* out)
{
    *out << damage.what;
}
class DamagedSafetensorsTest : public SafetensorsTest,
                               public testing::WithParamInterface<Damage> {};

TEST_P(DamagedSafetensorsTest, IsRefusedWithASentence)
{
    const auto file = open(tiny_files::safetensors(GetParam().header, GetParam().data_bytes));
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code, GetParam().code);
    EXPECT_THAT(file.error().message, HasSubstr("tiny.safetensors"));
    EXPECT_THAT(file.error().message, HasSubstr(GetParam().sentence));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds,
    DamagedSafetensorsTest,
    testing::Values(
        Damage{"no object", "[1]", 0, "its header is not a JSON object"},
        Damage{"broken JSON", R"({"x":{)", 0, "not valid JSON at byte"},
        Damage{
            "deep nesting",
            R"({"x":{"dtype":{"a":{}}}})",
            0,
            "an object where it does not belong"},
        Damage{
            "the same name twice",
            R"({"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"x":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})",
            2,
            "tensor \"x\" occurs twice"},
        Damage{
            "an unknown type",
            R"({"x":{"dtype":"F3","shape":[1],"data_offsets":[0,1]}})",
            1,
            "the unknown type \"F3\"",
            ErrorCode::ModelUnsupported},
        Damage{
            "a size that does not fit the shape",
            R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})",
            4,
            "tensor \"x\" of shape [2] and type F32 has 4 bytes, expected 8"},
        Damage{
            "a product that overflows",
            R"({"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})",
            0,
            "expected fewer than 2^63"},
        Damage{
            "a negative dimension",
            R"({"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})",
            4,
            "the number -1 where it does not belong, in tensor \"x\""},
        Damage{
            "a dimension that is not whole",
            R"({"x":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}})",
            4,
            "the number \"1.0\""},
        Damage{
            "nine dimensions",
            R"({"x":{"dtype":"U8","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,1]}})",
            1,
            "a list of more than 8 numbers"},
        Damage{"no shape", R"({"x":{"dtype":"U8","data_offsets":[0,1]}})", 1, "tensor \"x\" lacks"},
        Damage{
            "an extra field",
            R"({"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"more":true}})",
            1,
            "a boolean where it does not belong"},
        Damage{
            "an end before its beginning",
            R"({"x":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}})",
            1,
            "is said to lie at 1 to 0"},
        Damage{
            "an end behind the file",
            R"({"x":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}})",
            8,
            "which has 8 bytes"},
        Damage{
            "a hole",
            R"({"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"y":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}})",
            3,
            "tensor \"y\" starts at 2 of the data, expected 1"},
        Damage{
            "an overlap",
            R"({"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"y":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}})",
            3,
            "tensor \"y\" starts at 1 of the data, expected 2"},
        Damage{
            "bytes behind the end",
            R"({"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
            2,
            "has 2 bytes of data, but its header describes 1"},
        Damage{"metadata that is not text", R"({"__metadata__":{"a":1}})", 0, "the number 1"},
        Damage{"something behind the header", R"({}{})", 0, "not valid JSON"}));

TEST_F(SafetensorsTest, ImpossibleHeaderLengthsAreRefused)
{
    for (const std::uint64_t length : {0ull, 1ull, 7ull, 1ull << 24, 1ull << 63, ~0ull}) {
        const auto file = open(tiny_files::Bytes().put(length).raw("{}").bytes);
        EXPECT_FALSE(file) << length;
    }
}

TEST_F(SafetensorsTest, EveryTruncationIsRefused)
{
    const std::string whole = tiny_files::safetensors();
    for (std::size_t size = 0; size < whole.size(); ++size)
        ASSERT_FALSE(open(whole.substr(0, size))) << size << " of " << whole.size() << " bytes";
}

} // namespace
