#include "engine/formats/torch_zip.h"

#include "engine/formats/safetensors.h"
#include "engine/formats/silero_jit.h"
#include "tests/engine/formats/tiny_files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using engine::formats::TorchZip;
using testing::HasSubstr;
using tiny_files::ZipEntry;

class TorchZipTest : public testing::Test {
protected:
    engine::Result<TorchZip> open(const std::string& bytes)
    {
        return TorchZip::open(folder.write("model.jit", bytes));
    }
    support::TemporaryFolder folder;
};

std::string text(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST_F(TorchZipTest, ReadsStoredEntries)
{
    const auto zip = open(tiny_files::zip({{"m/data/0", "abcd"}, {"m/version", "3\n"}}));
    ASSERT_TRUE(zip) << zip.error().message;
    EXPECT_EQ(text(*zip->read("m/data/0")), "abcd");
    EXPECT_EQ(text(*zip->read("m/version")), "3\n");
    EXPECT_THAT(zip->read("m/data/1").error().message, HasSubstr("entry \"m/data/1\" is missing"));
}

TEST_F(TorchZipTest, NeverUnpacksCompressedEntries)
{
    const auto zip = open(tiny_files::zip({{"m/code.py", "xx", 8}}));
    ASSERT_TRUE(zip) << zip.error().message;
    EXPECT_THAT(zip->read("m/code.py").error().message, HasSubstr("is compressed"));
}

TEST_F(TorchZipTest, ComparesTheChecksum)
{
    std::string bytes = tiny_files::zip({{"m/data/0", "abcd"}});
    bytes[bytes.find("abcd")] = 'X';
    EXPECT_THAT(
        open(bytes)->read("m/data/0").error().message,
        HasSubstr("does not match its checksum"));
}

TEST_F(TorchZipTest, RefusesWhatItCannotTrust)
{
    EXPECT_THAT(
        open(tiny_files::zip({{"a", "1"}, {"a", "2"}})).error().message,
        HasSubstr("model.jit: entry \"a\" occurs twice"));
    EXPECT_THAT(
        open(tiny_files::zip({{"a", "1", 0, 1}})).error().message,
        HasSubstr("is encrypted"));
    EXPECT_THAT(
        open(tiny_files::zip({{"a", "1"}}) + "tail").error().message,
        HasSubstr("does not end with a zip directory"));

    // The second record of the directory points at the first entry under its own name.
    std::string moved = tiny_files::zip({{"a", "1"}, {"b", "2"}});
    const std::size_t second = moved.rfind("PK\x01\x02");
    moved.replace(second + 42, 4, std::string(4, '\0'));
    EXPECT_THAT(
        open(moved).error().message,
        HasSubstr("entry \"b\" does not lie where the directory says"));
}

TEST_F(TorchZipTest, EveryTruncationIsRefused)
{
    const std::string whole = tiny_files::zip({{"m/data/0", "abcd"}, {"m/data/1", "efgh"}});
    for (std::size_t size = 0; size < whole.size(); ++size)
        ASSERT_FALSE(open(whole.substr(0, size))) << size << " of " << whole.size() << " bytes";
}

/// The zip of a network whose weights are all zero.
std::vector<ZipEntry> silero_entries()
{
    const std::vector<std::size_t> sizes = {
        264192,
        198144,
        512,
        98304,
        256,
        49152,
        256,
        98304,
        512,
        262144,
        262144,
        2048,
        2048,
        512,
        4};
    std::vector<ZipEntry> entries;
    for (std::size_t i = 0; i < sizes.size(); ++i)
        entries.push_back({"vad/data/" + std::to_string(i + 2), std::string(sizes[i], '\0')});
    entries.push_back({"vad/version", "3\n"});
    return entries;
}

TEST_F(TorchZipTest, ConvertsSileroToTheSameBytesEachTime)
{
    const auto jit = folder.write("silero_vad.jit", tiny_files::zip(silero_entries()));
    for (const char* name : {"one.safetensors", "two.safetensors"}) {
        const auto converted = engine::formats::convert_silero_jit(jit, folder / name);
        ASSERT_TRUE(converted) << converted.error().message;
    }
    EXPECT_EQ(
        support::read_file(folder / "one.safetensors"),
        support::read_file(folder / "two.safetensors"));
    const auto file = engine::formats::SafetensorsFile::open(folder / "one.safetensors");
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->tensors().all().size(), 15u);
    EXPECT_TRUE(file->tensors().get("conv1.weight", {128, 129, 3}));
    EXPECT_TRUE(file->tensors().get("final_conv.bias", {1}));
}

TEST_F(TorchZipTest, SaysWhichSileroEntryHasAnotherSize)
{
    auto entries = silero_entries();
    entries[2].data.resize(508);
    const auto jit = folder.write("silero_vad.jit", tiny_files::zip(entries));
    const auto converted = engine::formats::convert_silero_jit(jit, folder / "out");
    ASSERT_FALSE(converted);
    EXPECT_THAT(
        converted.error().message,
        HasSubstr("entry \"vad/data/4\" has 508 bytes, expected 512 for conv1.bias"));
    EXPECT_FALSE(std::filesystem::exists(folder / "out"));
}

} // namespace
