// A backup is one file, restored by tar.
#include "tests/storage/library_fixture.h"
#include "tests/support/unpack.h"

#include <algorithm>
#include <gmock/gmock.h>

using namespace storage;
using namespace storage_test;
namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

namespace {

class BackupTest : public LibraryTest {
protected:
    BackupTest()
    {
        const SessionId session = must(library().create_session("S"));
        source_ = add_source(session, "a.pdf", "content");
        for (int number = 1; number <= 30; ++number)
            must(library().add_page(
                page_of(source_, number, "page text"),
                std::vector{passage_of("passage number " + std::to_string(number), number)}));
        finish(source_);
        fs::create_directory(folder_ / "out");
    }
    fs::path target() const { return folder_ / "out/copy.tar"; }
    /// Names in the folder of the backup: it leaves nothing beside it.
    std::vector<std::string> written() const
    {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder_ / "out"))
            names.push_back(entry.path().filename());
        return names;
    }
    SourceId source_ = 0;
};

TEST_F(BackupTest, ItIsOneFileThatTarRestoresToALibrary)
{
    std::vector<double> shares;
    const auto bytes =
        must(library().backup(target(), [&](double share) { shares.push_back(share); }, {}));

    EXPECT_EQ(bytes, fs::file_size(target()));
    EXPECT_THAT(written(), ElementsAre("copy.tar"));
    ASSERT_THAT(shares, Not(IsEmpty()));
    EXPECT_DOUBLE_EQ(shares.back(), 1.0);
    EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));

    ASSERT_EQ(support::unpack(target(), folder_ / "restored"), 0);
    auto copy = must(Library::open(folder_ / "restored", Access::Write));
    EXPECT_THAT(copy->opening_notes(), IsEmpty());
    EXPECT_THAT(must(copy->check()), IsEmpty());
    EXPECT_THAT(must(copy->search_words("number 17", {}, 5)), Not(IsEmpty()));
    EXPECT_EQ(support::read_file(must(copy->media_path(source_))), "content");
}

TEST_F(BackupTest, ItIsOfOneMomentWhileWritingGoesOn)
{
    int more = 0;
    must(library().backup(
        target(),
        [&](double) { must(library().create_session("Later " + std::to_string(more++))); },
        {}));
    ASSERT_GT(more, 0);
    ASSERT_EQ(support::unpack(target(), folder_ / "restored"), 0);
    EXPECT_EQ(must(must(Library::open(folder_ / "restored", Access::Read))->sessions()).size(), 1U);
    EXPECT_EQ(must(library().sessions()).size(), static_cast<std::size_t>(1 + more));
}

TEST_F(BackupTest, NothingIsReplaced)
{
    folder_.write("out/copy.tar", "precious");
    EXPECT_EQ(library().backup(target(), {}, {}).error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(support::read_file(target()), "precious");
}

TEST_F(BackupTest, AStoppedOneLeavesNothing)
{
    std::stop_source stop;
    const auto copied = library().backup(
        target(),
        [&](double share) {
            if (share > 0.5) stop.request_stop();
        },
        stop.get_token());
    EXPECT_EQ(copied.error().code, ErrorCode::Cancelled);
    EXPECT_THAT(written(), IsEmpty());
}

TEST_F(BackupTest, WhatAKilledOneLeftIsWrittenOver)
{
    folder_.write("out/copy.tar.part", std::string(5'000'000, 'x'));
    folder_.write("out/copy.tar.database.part", "no database");
    must(library().backup(target(), {}, {}));
    EXPECT_THAT(written(), ElementsAre("copy.tar"));
}

TEST_F(BackupTest, AChangedFileIsNotPassedOn)
{
    const auto stored = must(library().media_path(source_));
    fs::permissions(stored, fs::perms::owner_all);
    std::ofstream(stored) << "changed";
    const auto copied = library().backup(target(), {}, {});
    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().code, ErrorCode::LibraryDamaged);
    EXPECT_THAT(copied.error().message, testing::HasSubstr("media/"));
    EXPECT_THAT(written(), IsEmpty());
}

} // namespace
