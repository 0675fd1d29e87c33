// The library goes to another folder, whole or not at all.
#include "storage/moving.h"
#include "tests/storage/library_fixture.h"
#include "tests/support/faulty_io.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <iterator>

using namespace storage;
using namespace storage_test;
namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

class MovingTest : public LibraryTest {
protected:
    MovingTest()
    {
        session_ = must(library().create_session("S"));
        source_ = add_source(session_, "a.pdf", "content");
        must(library().add_page(
            page_of(source_, 1, "page text"),
            std::vector{passage_of("the pump is worn out")}));
        finish(source_);
    }
    fs::path target() const { return folder_ / "elsewhere/percept"; }
    std::vector<std::string> names_in_target() const
    {
        std::vector<std::string> names;
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(target(), ignored))
            names.push_back(entry.path().filename());
        return names;
    }
    /// The library is in its old place and takes what is new.
    void expect_old_place_in_use()
    {
        EXPECT_EQ(present_place(data_dir()), data_dir());
        EXPECT_TRUE(library().create_session("Later"));
        EXPECT_THAT(names_in_target(), IsEmpty());
    }
    SessionId session_ = 0;
    SourceId source_ = 0;
};

TEST_F(MovingTest, TheNewPlaceHoldsEverythingAndTheOldOnePointsToIt)
{
    std::vector<double> shares;
    must(library().move_to(target(), {}, [&](double share) { shares.push_back(share); }, {}));

    EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
    EXPECT_DOUBLE_EQ(shares.back(), 1.0);
    EXPECT_EQ(present_place(data_dir()), target());
    auto moved = must(Library::open(target(), Access::Write));
    EXPECT_THAT(moved->opening_notes(), IsEmpty());
    EXPECT_THAT(must(moved->check()), IsEmpty());
    EXPECT_THAT(must(moved->search_words("pump", {}, 5)), Not(IsEmpty()));
    EXPECT_EQ(support::read_file(must(moved->media_path(source_))), "content");
    EXPECT_TRUE(fs::exists(data_dir() / "percept.sqlite"))
        << "the old copy is the user's to delete";
}

TEST_F(MovingTest, NothingIsStoredInTheOldPlaceAfterwards)
{
    must(library().move_to(target(), {}, {}, {}));
    const auto later = library().create_session("Later");
    ASSERT_FALSE(later);
    EXPECT_EQ(later.error().code, ErrorCode::Unavailable);
    EXPECT_THAT(later.error().message, HasSubstr(target().string()));
    EXPECT_EQ(must(library().sessions()).size(), 1U) << "reading goes on";
}

TEST_F(MovingTest, WhatIsStoredWhileItCopiesGoesAlong)
{
    int more = 0;
    must(library().move_to(
        target(),
        {},
        [&](double share) {
            // Once the last round has begun, a write waits for it: not from inside of it.
            if (share < 0.1 && more == 0) more += library().create_session("Meanwhile") ? 1 : 0;
        },
        {}));
    const auto moved = must(Library::open(target(), Access::Read));
    EXPECT_EQ(must(moved->sessions()).size(), static_cast<std::size_t>(1 + more));
}

TEST_F(MovingTest, AStopKeepsTheOldPlace)
{
    std::stop_source stop;
    const auto moved = library().move_to(
        target(),
        {},
        [&](double) { stop.request_stop(); },
        stop.get_token());
    ASSERT_FALSE(moved);
    EXPECT_EQ(moved.error().code, ErrorCode::Cancelled);
    expect_old_place_in_use();
}

TEST_F(MovingTest, AFullDiskAtAnyPointKeepsTheOldPlace)
{
    int failures = 0;
    for (int nth = 0; nth < 60; ++nth) {
        SCOPED_TRACE(nth);
        support::FaultPlan plan;
        plan.arm(nth, {.error_number = ENOSPC, .sticky = true});
        base::Result<void> moved;
        {
            const support::FaultyIo faulty(plan);
            moved = library().move_to(target(), {}, {}, {});
        }
        if (moved) break; // past the last call
        ++failures;
        EXPECT_EQ(moved.error().code, ErrorCode::NoSpace);
        expect_old_place_in_use();
    }
    EXPECT_GT(failures, 8);
    EXPECT_EQ(present_place(data_dir()), target());
}

TEST_F(MovingTest, AFolderWithSomethingInItIsRefused)
{
    folder_.write("elsewhere/percept/precious.txt", "x");
    EXPECT_EQ(library().move_to(target(), {}, {}, {}).error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(
        library().move_to(data_dir() / "inside", {}, {}, {}).error().code,
        ErrorCode::BadUsage);
    EXPECT_TRUE(fs::exists(target() / "precious.txt"));
}

TEST_F(MovingTest, WhatAKilledMoveLeftIsTakenOver)
{
    folder_.write("elsewhere/percept/moving-here", data_dir().string());
    folder_.write("elsewhere/percept/percept.sqlite", "half of it");
    must(library().move_to(target(), {}, {}, {}));
    EXPECT_EQ(must(must(Library::open(target(), Access::Write))->sessions()).size(), 1U);
}

TEST_F(MovingTest, FoldersThatPointToOneAnotherEndTheSearch)
{
    folder_.write("data/moved-to", (folder_ / "b").string());
    folder_.write("b/moved-to", data_dir().string());
    EXPECT_EQ(present_place(data_dir()), data_dir());
}

TEST_F(MovingTest, TheUsageCountsSharedContentOnce)
{
    const auto twice = add_source(must(library().create_session("T")), "b.pdf", "content");
    finish(twice);
    const auto usage = must(library().usage());
    EXPECT_EQ(usage.bytes_by_kind.at("pdf"), 7U);
    EXPECT_GT(usage.database_bytes, 0U);
    EXPECT_EQ(usage.total_bytes(), usage.database_bytes + 7U);
}

} // namespace
