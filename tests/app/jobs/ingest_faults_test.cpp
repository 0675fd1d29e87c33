// A disk that fills up at every moment of reading one file: nobody is told that a source is ready
// whose row does not say so.
#include "app/ingest_job.h"
#include "tests/storage/faulty_vfs.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>

using namespace app;
using storage::SourceStatus;
using support::TemporaryFolder;

namespace {

/// What the job said of a source.
struct Told {
    storage::SourceId id = 0;
    SourceStatus status{};
    std::optional<ErrorCode> error;
};

struct Attempt {
    bool hit = false;               // the disk did fill up before the job was done
    std::optional<ErrorCode> error; // of the job
    std::vector<Told> told;
    std::vector<storage::Source> rows; // what the library holds when the disk has room again
};

Attempt read_onto_a_disk_that_fills_up_at(int nth)
{
    const TemporaryFolder folder;
    const auto file = folder.write("pump.txt", "The pump is oiled every 40 hours.\n");
    const auto data = folder / "data";
    Attempt attempt;
    {
        support::FaultPlan plan;
        const support::FaultyIo io(plan);
        const storage_test::FaultyVfs vfs(plan);
        auto library = storage::Library::open(data, storage::Access::Write);
        EXPECT_TRUE(library);
        Engines engines{folder / "no models", {}};
        IngestRequest request;
        request.reader.program = std::filesystem::path{PERCEPT_BIN_DIR} / "percept-reader";
        request.inputs = {file};
        plan.arm(nth, {ENOSPC, true});
        IngestObserver observer;
        observer.on_source = [&](const IngestedSource& source) {
            attempt.told.push_back({source.source.id, source.source.status, std::nullopt});
            if (source.error) attempt.told.back().error = source.error->code;
        };
        const auto report = ingest(request, **library, engines, observer, {});
        attempt.hit = plan.hit();
        if (!report) attempt.error = report.error().code;
        library = base::fail(ErrorCode::Internal, "closed"); // closing writes too
    }
    const auto library = storage::Library::open(data, storage::Access::Read);
    EXPECT_TRUE(library) << library.error().message;
    const auto sessions = (*library)->sessions(10);
    for (const auto& session : *sessions) {
        const auto sources = (*library)->sources(session.id);
        attempt.rows.insert(attempt.rows.end(), sources->begin(), sources->end());
    }
    return attempt;
}

} // namespace

TEST(IngestFaultsTest, WhatIsCalledReadyIsReadyInTheLibrary)
{
    int attempts = 0;
    int refused = 0;
    for (;; ++attempts) {
        const auto attempt = read_onto_a_disk_that_fills_up_at(attempts);
        EXPECT_EQ(attempt.error.value_or(ErrorCode::NoSpace), ErrorCode::NoSpace)
            << "at " << attempts;
        for (const auto& told : attempt.told) {
            EXPECT_EQ(told.error.value_or(ErrorCode::NoSpace), ErrorCode::NoSpace)
                << "at " << attempts;
            if (told.status != SourceStatus::Ready) {
                ++refused;
                EXPECT_TRUE(told.error) << "at " << attempts;
                continue;
            }
            const auto row = std::find_if(
                attempt.rows.begin(),
                attempt.rows.end(),
                [&](const storage::Source& source) { return source.id == told.id; });
            ASSERT_NE(row, attempt.rows.end()) << "at " << attempts;
            EXPECT_EQ(row->status, SourceStatus::Ready) << "at " << attempts;
        }
        if (!attempt.hit) break; // all moments were tried
    }
    EXPECT_GT(attempts, 20);
    EXPECT_GT(refused, 5);
}
