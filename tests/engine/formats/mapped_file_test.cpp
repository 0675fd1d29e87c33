#include "engine/formats/mapped_file.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <numeric>
#include <sys/mman.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace {

using engine::ErrorCode;
using engine::formats::MappedFile;
using engine::formats::MappingWatch;
using engine::formats::read_small_file;
using testing::HasSubstr;

int sum(std::span<const std::byte> bytes)
{
    return std::accumulate(bytes.begin(), bytes.end(), 0, [](int total, std::byte byte) {
        return total + std::to_integer<int>(byte);
    });
}

TEST(MappedFileTest, ShowsTheBytesOfTheFile)
{
    const support::TemporaryFolder folder;
    const auto file = MappedFile::open(folder.write("a.bin", "\x01\x02\x03"));
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ((*file)->bytes().size(), 3u);
    EXPECT_EQ(sum((*file)->bytes()), 6);
    EXPECT_EQ((*file)->name(), "a.bin");
    EXPECT_TRUE((*file)->check());
}

TEST(MappedFileTest, RefusesWhatIsNotARegularFile)
{
    const support::TemporaryFolder folder;
    EXPECT_EQ(MappedFile::open(folder / "absent").error().code, ErrorCode::FileNotFound);
    EXPECT_EQ(MappedFile::open(folder.path()).error().code, ErrorCode::FileUnreadable);
    EXPECT_EQ(MappedFile::open(folder.write("empty", "")).error().code, ErrorCode::BadModelFile);
    const auto pipe = folder / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(MappedFile::open(pipe).error().code, ErrorCode::FileUnreadable); // and does not wait
}

TEST(MappedFileTest, AFileThatShrinksGivesZerosAndASentence)
{
    const support::TemporaryFolder folder;
    const auto path = folder.write("model.gguf", std::string(1 << 20, '\x01'));
    const auto other = MappedFile::open(folder.write("other.gguf", std::string(5000, '\x01')));
    const auto file = MappedFile::open(path);
    ASSERT_TRUE(file && other);
    EXPECT_EQ(sum((*file)->bytes()), 1 << 20);

    const MappingWatch watch;
    std::filesystem::resize_file(path, 10'000);
    EXPECT_FALSE(watch.damage()); // nobody has looked yet
    int read = -1;
    std::thread([&] { read = sum((*file)->bytes()); }).join(); // on a thread of the pool
    EXPECT_EQ(read, 10'000);                                   // zeros behind the new end
    EXPECT_EQ(sum((*file)->bytes()), 10'000);                  // and no second signal

    ASSERT_TRUE(watch.damage());
    EXPECT_EQ(watch.damage()->code, ErrorCode::BadModelFile);
    EXPECT_EQ(watch.damage()->message, "model.gguf became shorter while it was in use.");
    EXPECT_FALSE((*file)->check());
    EXPECT_TRUE((*other)->check());
    EXPECT_FALSE(MappingWatch().damage()); // later work is not blamed
}

TEST(MappedFileTest, ANewFileInTheSamePlaceStartsClean)
{
    const support::TemporaryFolder folder;
    const auto path = folder.write("model.gguf", std::string(100'000, '\x01'));
    {
        const auto file = MappedFile::open(path);
        std::filesystem::resize_file(path, 1);
        EXPECT_EQ(sum((*file)->bytes()), 1);
        EXPECT_FALSE((*file)->check());
    }
    const auto again = MappedFile::open(folder.write("model.gguf", std::string(100'000, '\x01')));
    EXPECT_TRUE((*again)->check());
    EXPECT_EQ(sum((*again)->bytes()), 100'000);
}

TEST(MappedFileTest, ManyFilesAtOnceAreALimitNotACrash)
{
    const support::TemporaryFolder folder;
    const auto path = folder.write("a.bin", "x");
    std::vector<std::shared_ptr<const MappedFile>> files;
    auto file = MappedFile::open(path);
    while (file) {
        files.push_back(*file);
        ASSERT_LE(files.size(), 256u);
        file = MappedFile::open(path);
    }
    EXPECT_EQ(file.error().code, ErrorCode::LimitExceeded);
    files.pop_back();
    EXPECT_TRUE(MappedFile::open(path));
}

TEST(MappedFileDeathTest, AForeignBusErrorStillEndsTheProgram)
{
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    const auto touch_foreign_mapping = [] {
        const support::TemporaryFolder folder;
        const auto ours = MappedFile::open(folder.write("a.bin", "x")); // the handler is there
        const auto path = folder.write("b.bin", std::string(8192, 'x'));
        std::FILE* file = std::fopen(path.c_str(), "rb");
        auto* foreign = static_cast<volatile char*>(
            ::mmap(nullptr, 8192, PROT_READ, MAP_PRIVATE, ::fileno(file), 0));
        std::filesystem::resize_file(path, 0);
        static_cast<void>(foreign[4096]);
    };
    EXPECT_DEATH(touch_foreign_mapping(), "");
}

TEST(ReadSmallFileTest, KeepsItsLimit)
{
    const support::TemporaryFolder folder;
    const auto path = folder.write("config.json", "12345");
    EXPECT_EQ(read_small_file(path, 5), "12345");
    EXPECT_EQ(read_small_file(path, 4).error().code, ErrorCode::LimitExceeded);
    EXPECT_EQ(read_small_file(folder / "absent", 5).error().code, ErrorCode::FileNotFound);
}

} // namespace
