#include "base/hash.h"
#include "base/io.h"
#include "tests/support/faulty_io.h"
#include "tests/support/temporary_folder.h"

#include <cstring>
#include <gmock/gmock.h>
#include <sys/stat.h>

using base::ErrorCode;
using base::File;
using support::FaultPlan;
using support::FaultyIo;
using testing::HasSubstr;

namespace {

TEST(IoTest, WritesReadsAndLocks)
{
    const support::TemporaryFolder folder;
    auto file = File::open(folder / "a", File::Mode::CreateNew);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write_all("hello world"));
    ASSERT_TRUE(file->sync());
    EXPECT_EQ(file->size(), std::uint64_t{11});
    EXPECT_EQ(
        File::open(folder / "a", File::Mode::CreateNew).error().code,
        ErrorCode::AlreadyExists);
    EXPECT_EQ(File::open(folder / "none", File::Mode::Read).error().code, ErrorCode::FileNotFound);

    auto other = File::open(folder / "a", File::Mode::Update);
    std::array<std::byte, 5> bytes = {};
    EXPECT_EQ(other->read_at(bytes, 6), std::size_t{5});
    EXPECT_EQ(std::memcmp(bytes.data(), "world", 5), 0);
    EXPECT_EQ(other->read_at(bytes, 9), std::size_t{2});
    EXPECT_EQ(file->try_lock(), true);
    EXPECT_EQ(other->try_lock(), false);
    file = File::open(folder / "b", File::Mode::Create);
    EXPECT_EQ(other->try_lock(), true) << "closing gives the lock back";
}

TEST(IoTest, InterruptedAndShortWritesAreCompleted)
{
    const support::TemporaryFolder folder;
    const std::string text(100'000, 'x');
    FaultPlan plan;
    const FaultyIo io(plan);
    for (const int error_number : {0, EINTR}) {
        plan.arm(0, {error_number, error_number == 0});
        auto file = File::open(folder / "a", File::Mode::Create);
        EXPECT_TRUE(file->write_all(text));
        EXPECT_TRUE(plan.hit());
        plan.disarm();
        EXPECT_EQ(support::read_file(folder / "a"), text);
    }
}

TEST(IoTest, AFailedSyncIsNeverFollowedByASuccessfulOne)
{
    const support::TemporaryFolder folder;
    FaultPlan plan;
    const FaultyIo io(plan);
    auto file = File::open(folder / "a", File::Mode::Create);
    ASSERT_TRUE(file->write_all("x"));
    plan.arm(0, {EIO, false});
    EXPECT_EQ(file->sync().error().code, ErrorCode::DeviceFailed);
    EXPECT_EQ(file->sync().error().code, ErrorCode::DeviceFailed);
    EXPECT_EQ(file->write_all("y").error().code, ErrorCode::DeviceFailed);
}

TEST(IoTest, AFullDiskIsNamedAsSuch)
{
    const support::TemporaryFolder folder;
    FaultPlan plan;
    const FaultyIo io(plan);
    auto file = File::open(folder / "a", File::Mode::Create);
    plan.arm(0, {ENOSPC, true});
    const auto written = file->write_all("x");
    EXPECT_EQ(written.error().code, ErrorCode::NoSpace);
    EXPECT_THAT(written.error().message, HasSubstr((folder / "a").string()));
    EXPECT_FALSE(written.error().hint.empty());
}

TEST(IoTest, ReplacesATextWholeOrNotAtAll)
{
    const support::TemporaryFolder folder;
    ASSERT_TRUE(base::write_text_atomically(folder / "a", "old"));
    FaultPlan plan;
    const FaultyIo io(plan);
    for (int nth = 0; nth < 3; ++nth) { // write, fsync, rename; the folder's fsync comes after
        plan.arm(nth, {EIO, false});
        EXPECT_FALSE(base::write_text_atomically(folder / "a", "new"));
        EXPECT_TRUE(plan.hit());
        plan.disarm();
        EXPECT_EQ(support::read_file(folder / "a"), "old");
        EXPECT_FALSE(std::filesystem::exists(folder / "a.part"));
    }
    ASSERT_TRUE(base::write_text_atomically(folder / "a", "new"));
    EXPECT_EQ(base::read_text(folder / "a", 100), "new");
    EXPECT_EQ(base::read_text(folder / "a", 2).error().code, ErrorCode::LimitExceeded);
}

TEST(IoTest, CopiesByEveryWayThereIs)
{
    const support::TemporaryFolder folder;
    std::string content(3'000'000, '\0');
    for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>(i * 7 >> 3);
    const auto source = folder.write("source", content);
    const auto copy_to = [&](const std::filesystem::path& target) {
        auto from = File::open(source, File::Mode::Read);
        auto to = File::open(target, File::Mode::Create);
        return base::copy_contents(*from, *to);
    };
    EXPECT_TRUE(copy_to(folder / "fast"));
    EXPECT_EQ(support::read_file(folder / "fast"), content);
    FaultPlan plan;
    const FaultyIo io(plan); // refuses to clone and to copy in the kernel
    EXPECT_TRUE(copy_to(folder / "plain"));
    EXPECT_EQ(support::read_file(folder / "plain"), content);
    EXPECT_GT(plan.calls(), 0);
}

TEST(IoTest, MakesFoldersThatOnlyTheUserCanRead)
{
    const support::TemporaryFolder folder;
    ASSERT_TRUE(base::make_folders(folder / "a/b/c"));
    ASSERT_TRUE(base::make_folders(folder / "a/b/c"));
    struct stat status = {};
    ASSERT_EQ(::stat((folder / "a/b").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700u);
    const auto file = folder.write("file", "x");
    EXPECT_FALSE(base::make_folders(file / "below"));
}

TEST(HashTest, IsSha256)
{
    // FIPS 180-2, appendix B.1, and the empty message.
    const std::string abc = "abc";
    EXPECT_EQ(
        base::sha256_of(std::as_bytes(std::span(abc))),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(
        base::sha256_of({}),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    const support::TemporaryFolder folder;
    const auto file = folder.write("a", std::string(1'000'000, 'a')); // appendix B.3
    EXPECT_EQ(
        base::sha256_of_file(file),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(base::sha256_of_file(file, stop.get_token()).error().code, ErrorCode::Cancelled);
}

} // namespace
