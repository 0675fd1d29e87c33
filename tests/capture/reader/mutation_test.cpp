#include "tests/capture/reader/mutation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// The short form; bench_mutate_files runs as many as it is told.
TEST(MutationTest, EveryDamagedFileIsReadOrIsOneClearError)
{
    const auto report =
        mutation::read_mutants(1, 0, 200, std::string(PERCEPT_BIN_DIR) + "/percept-reader");

    EXPECT_THAT(report.broken, testing::IsEmpty());
    int all = 0, read = 0, bad = 0;
    for (const auto& [kind, outcomes] : report.outcomes) {
        for (const auto& [outcome, count] : outcomes) {
            all += count;
            read += outcome == "read" ? count : 0;
            bad += outcome == "BadFile" ? count : 0;
        }
    }
    EXPECT_EQ(all, 200);
    EXPECT_GT(read, 30); // damage is often survived,
    EXPECT_GT(bad, 30);  // and often not
}

TEST(MutationTest, MakesTheSameMutantAgain)
{
    const auto seeds = mutation::seeds();

    EXPECT_EQ(mutation::mutant(seeds, 3, 77).bytes, mutation::mutant(seeds, 3, 77).bytes);
    EXPECT_NE(mutation::mutant(seeds, 3, 77).bytes, mutation::mutant(seeds, 4, 77).bytes);
}
