// A real file system of a few megabytes fills up under the library.
#include "storage/database.h"
#include "tests/storage/library_fixture.h"

#include <gmock/gmock.h>
#include <sys/mount.h>

using namespace storage;
using namespace storage_test;
using testing::IsEmpty;

namespace {

class SmallDisk {
public:
    SmallDisk() : mounted_(::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=6m") == 0) {}
    ~SmallDisk()
    {
        if (mounted_) ::umount(folder_.path().c_str());
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    bool mounted() const { return mounted_; }
    const std::filesystem::path& path() const { return folder_.path(); }

private:
    support::TemporaryFolder folder_;
    bool mounted_;
};

TEST(SmallDiskTest, FillsUpWithACleanErrorAndGoesOnWithSpace)
{
    const SmallDisk disk;
    if (!disk.mounted()) GTEST_SKIP() << "mounting a tmpfs is not permitted here";
    const support::TemporaryFolder elsewhere;
    const auto input = elsewhere.write("input", std::string(700'000, 'i'));
    auto library = must(Library::open(disk.path() / "data", Access::Write));
    const SessionId session = must(library->create_session("S"));
    Source described;
    described.path = input.string();
    const SourceId first = must(library->begin_source(session, input, described));
    int pages = 0;
    for (;;) {
        const auto added = library->add_page(
            page_of(first, pages + 1, std::string(20'000, 'x')),
            std::vector{passage_of("page " + std::to_string(pages + 1), pages + 1)});
        if (!added) {
            EXPECT_EQ(added.error().code, ErrorCode::NoSpace) << added.error().message;
            break;
        }
        ASSERT_LT(++pages, 1000) << "the disk never fills up";
    }
    EXPECT_GT(pages, 10);
    const auto other = elsewhere.write("other", std::string(5'000'000, 'o'));
    EXPECT_EQ(library->begin_source(session, other, described).error().code, ErrorCode::NoSpace);
    EXPECT_EQ(must(library->page_numbers(first)).size(), static_cast<std::size_t>(pages));
    library.reset();

    // More room, as after the user has deleted something.
    ASSERT_EQ(::mount("tmpfs", disk.path().c_str(), "tmpfs", MS_REMOUNT, "size=40m"), 0);
    library = must(Library::open(disk.path() / "data", Access::Write));
    EXPECT_THAT(must(library->check()), IsEmpty());
    EXPECT_EQ(must(library->page_numbers(first)).size(), static_cast<std::size_t>(pages));
    must(library->add_page(page_of(first, pages + 1, "more"), {}));
    must(library->begin_source(session, other, described));
}

} // namespace
