// kill -9 at random moments of reading; tests/bench/storage_kill does the full count.
#include "tests/storage/kill_runs.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

namespace {

TEST(KillTest, LosesNothingThatWasReportedAsStored)
{
    const support::TemporaryFolder folder;

    const auto report =
        storage_test::run_kills(folder.path(), 30, std::chrono::milliseconds(120), 1);

    EXPECT_EQ(report.kills, 30);
    EXPECT_GT(report.acknowledged, 30);
    EXPECT_THAT(report.faults, testing::IsEmpty());
}

} // namespace
