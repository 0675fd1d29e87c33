// Short forms of tests/bench/ingest_kill and tests/bench/ingest_no_space.
#include "tests/app/cli/cli_test.h"
#include "tests/app/cli/fill_disks.h"
#include "tests/app/cli/kill_ingests.h"

using testing::IsEmpty;

class RobustnessTest : public CliTest {
protected:
    cli_test::Program ingester() const { return {program(), folder_ / "data", models()}; }
};

TEST_F(RobustnessTest, KillsLoseNothingThatWasReportedAsStored)
{
    const auto report = cli_test::kill_ingests(folder_.path(), ingester(), 20, 7);
    EXPECT_EQ(report.kills, 20);
    EXPECT_GT(report.acknowledged, 0);
    EXPECT_THAT(report.faults, IsEmpty());
}

TEST_F(RobustnessTest, FullDisksAreSaidAndDamageNothing)
{
    if (!cli_test::SmallDisk::permitted(folder_ / "try"))
        GTEST_SKIP() << "Mounting a small file system is not permitted here.";
    if (!std::filesystem::exists(models() / "whisper-base"))
        GTEST_SKIP() << "Without models the recording fails for another reason than the disk.";
    const auto report = cli_test::fill_disks(folder_.path(), ingester(), 4, 7);
    EXPECT_EQ(report.full, 4);
    EXPECT_THAT(report.faults, IsEmpty());
}
