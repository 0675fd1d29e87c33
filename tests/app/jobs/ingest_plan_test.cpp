#include "app/ingest_plan.h"

#include "app/source_ingest.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

using namespace app;
using support::TemporaryFolder;

namespace {

std::vector<std::string> names(const std::vector<PlannedFile>& files)
{
    std::vector<std::string> out;
    for (const auto& file : files) {
        if (!file.refused) out.push_back(file.path.filename().string());
    }
    return out;
}

std::vector<PlannedFile> plan(std::vector<std::filesystem::path> inputs)
{
    auto files = plan_files(inputs);
    EXPECT_TRUE(files);
    return files ? *files : std::vector<PlannedFile>{};
}

} // namespace

TEST(IngestPlanTest, TakesFoldersInOrderWithoutHiddenNames)
{
    const TemporaryFolder folder;
    folder.write("b.txt", "b");
    folder.write("a/z.txt", "z");
    folder.write(".hidden/x.txt", "x");
    folder.write(".x.txt", "x");
    folder.write("c.txt", "c");

    EXPECT_EQ(names(plan({folder.path()})), (std::vector<std::string>{"z.txt", "b.txt", "c.txt"}));
}

TEST(IngestPlanTest, FollowsNoLoops)
{
    const TemporaryFolder folder;
    folder.write("a.txt", "a");
    std::filesystem::create_directory_symlink(folder.path(), folder / "again");

    EXPECT_EQ(names(plan({folder.path()})), (std::vector<std::string>{"a.txt"}));
}

TEST(IngestPlanTest, ReadsAFileNamedTwiceOnce)
{
    const TemporaryFolder folder;
    const auto file = folder.write("a.txt", "a");
    std::filesystem::create_symlink(file, folder / "b.txt");

    EXPECT_EQ(plan({file, file, folder / "b.txt", folder.path()}).size(), 1U);
}

TEST(IngestPlanTest, RefusesPipesAndWhatIsNotThereByName)
{
    const TemporaryFolder folder;
    const auto pipe = folder / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);

    const auto files = plan({pipe, folder / "none.pdf"});

    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[0].refused->code, ErrorCode::FileUnreadable);
    EXPECT_EQ(files[1].refused->code, ErrorCode::FileNotFound);
    EXPECT_NE(files[1].refused->message.find("none.pdf"), std::string::npos);
    EXPECT_TRUE(plan({folder.path()}).empty()); // inside a folder a pipe is passed over
}

TEST(IngestPlanTest, GuessesKindsOfFilesThatCannotBeOpened)
{
    EXPECT_EQ(probable_kind("A.PDF"), "pdf");
    EXPECT_EQ(probable_kind("talk.m4a"), "audio");
    EXPECT_EQ(probable_kind("notes"), "text");
}
