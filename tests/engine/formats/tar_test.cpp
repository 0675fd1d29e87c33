#include "engine/formats/tar.h"

#include "tests/engine/formats/tiny_tar.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using engine::ErrorCode;
using engine::formats::TarFile;
using testing::HasSubstr;
using tiny_files::TarEntry;

class TarTest : public testing::Test {
protected:
    engine::Result<TarFile> open(const std::string& bytes)
    {
        return TarFile::open(folder_.write("model.nemo", bytes));
    }
    std::string refusal(const std::vector<TarEntry>& entries)
    {
        const auto tar = open(tiny_files::tar(entries));
        EXPECT_FALSE(tar);
        if (tar) return {};
        EXPECT_EQ(tar.error().code, ErrorCode::BadModelFile);
        return tar.error().message;
    }
    support::TemporaryFolder folder_;
};

std::string text(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST_F(TarTest, ReadsPlainFilesWhereverTheyLie)
{
    const auto tar = open(tiny_files::tar(
        {{"./", "", '5'}, {"./a.yaml", "x: 1\n"}, {"b/c", std::string(600, 'c')}, {"empty", ""}}));
    ASSERT_TRUE(tar) << tar.error().message;
    ASSERT_EQ(tar->members().size(), 3u);
    EXPECT_EQ(text(tar->members().at("a.yaml")), "x: 1\n");
    EXPECT_EQ(text(tar->members().at("b/c")), std::string(600, 'c'));
    EXPECT_EQ(text(tar->members().at("empty")), "");
}

TEST_F(TarTest, ExtendedHeadersNameAndMeasureTheNextMember)
{
    const auto tar = open(tiny_files::tar(
        {{"pax", "27 path=./a/long/name.txt\n", 'x'},
         {"short", "abc"},
         {"pax", "21 mtime=1700000000.5\n", 'x'},
         {"plain", "d"}}));
    ASSERT_FALSE(tar); // 22 bytes that say 21
    const auto right = open(tiny_files::tar(
        {{"pax", "26 path=./a/long/name.txt\n", 'x'},
         {"short", "abc"},
         {"pax", "22 mtime=1700000000.5\n", 'x'},
         {"plain", "d"}}));
    ASSERT_TRUE(right) << right.error().message;
    EXPECT_EQ(text(right->members().at("a/long/name.txt")), "abc");
    EXPECT_EQ(text(right->members().at("plain")), "d");
}

TEST_F(TarTest, RefusesNamesThatLeadAway)
{
    for (const char* name :
         {"/etc/passwd", "../up", "a/../../b", "a//b", "a\\b", "a\001b", "..", "./../x"})
        EXPECT_THAT(refusal({{name, "x"}}), HasSubstr("leads away")) << name;
    EXPECT_THAT(refusal({{"pax", "14 path=../up\n", 'x'}, {"a", "x"}}), HasSubstr("leads away"));
}

TEST_F(TarTest, RefusesLinksDevicesAndWhateverElseIsNoFile)
{
    for (const char type : {'1', '2', '3', '4', '6', 'L', 'S', 'V'})
        EXPECT_THAT(refusal({{"a", "", type}}), HasSubstr("a link, a device")) << type;
}

TEST_F(TarTest, RefusesSizesThatTheFileDoesNotHave)
{
    for (const char* size : {"77777777777", "00000004000", "-0000000001", "0x000000010", "8", " "})
        EXPECT_THAT(refusal({{"a", "x", '0', size}}), HasSubstr("longer than what is left"))
            << size;
    EXPECT_THAT(
        refusal({{"pax", "28 size=9999999999999999999\n", 'x'}, {"a", "x"}}),
        HasSubstr("makes no sense"));
}

TEST_F(TarTest, RefusesWhatIsBroken)
{
    EXPECT_THAT(refusal({{"a", "1"}, {"./a", "2"}}), HasSubstr("occurs twice"));
    EXPECT_THAT(refusal({{"a", "1", '0', {}, true}}), HasSubstr("is broken"));
    const std::string good = tiny_files::tar({{"a", "1"}});
    EXPECT_FALSE(open(good + "x"));
    EXPECT_FALSE(open(good.substr(0, 700)));
    EXPECT_FALSE(open(good.substr(0, 1024)));
    EXPECT_FALSE(open("no tar"));
    EXPECT_FALSE(open(std::string(1024, 'x')));
    EXPECT_TRUE(open(good + std::string(10240, '\0')));
}

} // namespace
