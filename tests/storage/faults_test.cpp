// A disk that fills up or fails at writes all through ordinary work, once and for good.
#include "storage/database.h"
#include "tests/storage/faulty_vfs.h"
#include "tests/storage/library_fixture.h"
#include "tests/support/unpack.h"

#include <cstdio>
#include <gmock/gmock.h>
#include <map>
#include <unistd.h>

using namespace storage;
using namespace storage_test;
using support::Fault;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

namespace fs = std::filesystem;

/// Adds a source with pages, frames and vectors and deletes it again, noting what was acknowledged.
struct Work {
    std::map<SourceId, int> pages; // acknowledged ones of each acknowledged source
    std::vector<SourceId> with_frame;
    std::vector<Error> errors;

    template <typename T>
    bool ok(const Result<T>& result)
    {
        if (!result) errors.push_back(result.error());
        return static_cast<bool>(result);
    }

    void run(Library& library, const fs::path& input)
    {
        const auto session = library.create_session("Work");
        if (!ok(session)) return;
        for (int n = 0; n < 2; ++n) {
            Source described;
            described.path = input.string();
            described.kind = "pdf";
            const auto source = library.begin_source(*session, input, described);
            if (!ok(source)) continue;
            pages[*source] = 0;
            for (int number = 1; number <= 3; ++number) {
                const auto ids = library.add_page(
                    page_of(*source, number, std::string(6000, 'x')),
                    std::vector{
                        passage_of("some words of a page", number),
                        passage_of("einige Worte", number, "de")});
                if (!ok(ids)) break;
                pages[*source] = number;
                ok(library.add_vectors(
                    std::span(*ids).first(1),
                    std::vector<std::vector<float>>{std::vector<float>(384, 0.05F)}));
            }
            Frame frame;
            frame.source = *source;
            const std::string image = "picture " + std::to_string(*source);
            if (ok(library.add_frame(frame, std::as_bytes(std::span(image)), {})))
                with_frame.push_back(*source);
            auto stored = library.source(*source);
            if (stored) {
                stored->status = SourceStatus::Ready;
                ok(library.finish_source(*stored));
            }
        }
        if (pages.empty()) return;
        const SourceId removed = pages.begin()->first;
        if (ok(library.remove_source(removed))) {
            pages.erase(removed);
            std::erase(with_frame, removed);
        } else {
            maybe_removed = removed;
        }
    }
    SourceId maybe_removed = 0; // the delete said no: it may be either way, but whole
};

class FaultsTest : public testing::Test {
protected:
    // Hundreds of libraries are made: in memory where the system has such a place, since it is
    // our code and not the disk that is under test.
    static void SetUpTestSuite()
    {
        if (::access("/dev/shm", W_OK) == 0) ::setenv("TMPDIR", "/dev/shm", 0);
    }

    /// Runs the work in a new library with a fault at the `nth` call, then looks with a healthy
    /// disk at what is there. False: the work needed fewer calls, so all were tried.
    bool survives(int nth, Fault fault)
    {
        const support::TemporaryFolder folder;
        const auto input = folder.write("input", std::string(300'000, 'i'));
        const auto data = folder / "data";
        Work work;
        bool hit = false;
        {
            support::FaultPlan plan;
            const support::FaultyIo io(plan);
            const FaultyVfs vfs(plan);
            plan.arm(nth, fault);
            auto library = Library::open(data, Access::Write);
            if (work.ok(library)) work.run(**library, input);
            library = fail(ErrorCode::Internal, "closed"); // closing writes too
            hit = plan.hit();
        }
        for (const Error& error : work.errors) {
            EXPECT_NE(error.code, ErrorCode::Internal) << error.message << " at " << nth;
            EXPECT_NE(error.code, ErrorCode::LibraryDamaged) << error.message << " at " << nth;
            if (fault.error_number == ENOSPC) {
                EXPECT_EQ(error.code, ErrorCode::NoSpace) << error.message << " at " << nth;
            }
        }
        if (fault.error_number == 0 || fault.error_number == EINTR) {
            EXPECT_THAT(work.errors, SizeIs(0)) << work.errors.front().message << " at " << nth;
        }
        if (fs::exists(data)) expect_whole(data, work, nth);
        return hit;
    }

    static void expect_whole(const fs::path& data, const Work& work, int nth)
    {
        auto opened = Library::open(data, Access::Write);
        ASSERT_TRUE(opened) << opened.error().message << " at " << nth;
        Library& library = **opened;
        EXPECT_THAT(must(library.check()), IsEmpty()) << nth;
        for (const auto& [source, pages] : work.pages) {
            if (source == work.maybe_removed && !library.source(source)) continue;
            ASSERT_TRUE(library.source(source)) << nth;
            EXPECT_GE(must(library.page_numbers(source)).size(), static_cast<std::size_t>(pages));
            EXPECT_EQ(fs::file_size(must(library.media_path(source))), 300'000u) << nth;
        }
        for (const SourceId source : work.with_frame)
            if (library.source(source)) {
                EXPECT_THAT(must(library.frames(source)), SizeIs(1));
            }
        int files = 0;
        for (const auto& entry : fs::recursive_directory_iterator(data / "media"))
            files += entry.is_regular_file();
        auto check = must(Database::open(data / "percept.sqlite", Database::Mode::Read));
        EXPECT_EQ(must(check->value("SELECT count(*) FROM media")), files) << "orphans at " << nth;
    }

    void try_every_call(Fault fault)
    {
        int nth = 0;
        int tried = 0;
        // A sticky fault makes later calls alike, so a few of them less are enough.
        for (; survives(nth, fault) && !HasFatalFailure(); ++tried) nth += fault.sticky ? 3 : 2;
        std::printf("[   faults ] %d\n", tried);
        EXPECT_GT(nth, 40) << "the work does not write where it should";
    }
};

TEST_F(FaultsTest, FullForOneCall)
{
    try_every_call({ENOSPC, false});
}
TEST_F(FaultsTest, FullForGood)
{
    try_every_call({ENOSPC, true});
}
TEST_F(FaultsTest, FailingForOneCall)
{
    try_every_call({EIO, false});
}
TEST_F(FaultsTest, FailingForGood)
{
    try_every_call({EIO, true});
}
TEST_F(FaultsTest, ShortWritesAndSignalsAreNoErrors)
{
    EXPECT_TRUE(survives(0, {0, true}));
    for (int nth = 0; nth < 60; nth += 4) EXPECT_TRUE(survives(nth, {EINTR, false}));
}

TEST_F(FaultsTest, ADiskThatFailedIsNotTrustedUntilTheNextStart)
{
    const support::TemporaryFolder folder;
    support::FaultPlan plan;
    {
        const FaultyVfs vfs(plan);
        auto library = must(Library::open(folder / "data", Access::Write));
        must(library->create_session("Before"));
        plan.arm(1, {EIO, false});
        EXPECT_EQ(library->create_session("During").error().code, ErrorCode::DeviceFailed);
        EXPECT_TRUE(plan.hit());
        plan.disarm();
        EXPECT_EQ(library->create_session("After").error().code, ErrorCode::DeviceFailed);
        EXPECT_THAT(must(library->sessions()), SizeIs(1));
    }
    auto library = must(Library::open(folder / "data", Access::Write));
    EXPECT_THAT(must(library->sessions()), SizeIs(1));
    must(library->create_session("Again"));
}

TEST_F(FaultsTest, ABackupThatFailsLeavesNothing)
{
    const support::TemporaryFolder folder;
    const auto input = folder.write("input", std::string(3'000'000, 'i'));
    auto library = must(Library::open(folder / "data", Access::Write));
    Work work;
    work.run(*library, input);
    support::FaultPlan plan;
    const FaultyVfs vfs(plan);
    const support::FaultyIo io(plan);
    int nth = 0;
    for (;; nth += 3) {
        plan.arm(nth, {ENOSPC, true});
        const auto copied = library->backup(folder / "copy.tar", {}, {});
        if (!plan.hit()) break;
        ASSERT_FALSE(copied) << nth;
        EXPECT_EQ(copied.error().code, ErrorCode::NoSpace) << copied.error().message;
        EXPECT_FALSE(fs::exists(folder / "copy.tar")) << nth;
    }
    EXPECT_GT(nth, 10);
    plan.disarm();
    ASSERT_EQ(support::unpack(folder / "copy.tar", folder / "copy"), 0);
    EXPECT_THAT(must(must(Library::open(folder / "copy", Access::Write))->check()), IsEmpty());
}

TEST_F(FaultsTest, SpaceThatComesBackIsUsed)
{
    const support::TemporaryFolder folder;
    support::FaultPlan plan;
    const FaultyVfs vfs(plan);
    auto library = must(Library::open(folder / "data", Access::Write));
    plan.arm(0, {ENOSPC, true});
    EXPECT_EQ(library->create_session("Full").error().code, ErrorCode::NoSpace);
    plan.disarm();
    must(library->create_session("Space again"));
    EXPECT_THAT(must(library->sessions()), SizeIs(1));
}

} // namespace
