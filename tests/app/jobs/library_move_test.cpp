#include "app/library_move.h"
#include "tests/storage/library_fixture.h"

#include <gmock/gmock.h>

using namespace app;
namespace fs = std::filesystem;
using storage_test::must;

namespace {

class LibraryMoveTest : public testing::Test {
protected:
    LibraryMoveTest()
    {
        library_ = must(storage::Library::open(paths_.data, storage::Access::Write));
        must(library_->create_session("S"));
        folder_.write("data/models/tiny/model.bin", "weights");
        folder_.write("data/models/tiny/next.bin.part", "half");
        folder_.write("data/models/.packages/wheel.whl", "wheel");
    }
    support::TemporaryFolder folder_;
    Paths paths_{folder_ / "data", folder_ / "data/models"};
    fs::path target_ = folder_ / "new";
    std::unique_ptr<storage::Library> library_;
};

TEST_F(LibraryMoveTest, LibraryAndModelsAreFoundInTheNewPlace)
{
    must(move_library(paths_, *library_, target_, {}, {}));
    const Paths found = must(make_paths(paths_.data, {}));
    EXPECT_EQ(found.data, target_);
    EXPECT_EQ(found.models, target_ / "models");
    EXPECT_EQ(support::read_file(found.models / "tiny/model.bin"), "weights");
    EXPECT_FALSE(fs::exists(found.models / "tiny/next.bin.part"));
    EXPECT_FALSE(fs::exists(found.models / ".packages"));

    library_.reset();
    EXPECT_GT(must(forget_old_place(paths_.data)), 0U);
    EXPECT_FALSE(fs::exists(paths_.data / "percept.sqlite"));
    EXPECT_EQ(must(make_paths(paths_.data, {})).data, target_) << "the pointer stays";
}

TEST_F(LibraryMoveTest, ModelsElsewhereStayWhereTheyAre)
{
    paths_.models = folder_ / "other-models";
    must(move_library(paths_, *library_, target_, {}, {}));
    EXPECT_FALSE(fs::exists(target_ / "models"));
}

TEST_F(LibraryMoveTest, AStopWhileModelsAreCopiedKeepsTheOldPlace)
{
    std::stop_source stop;
    const auto moved = move_library(
        paths_,
        *library_,
        target_,
        [&](double) { stop.request_stop(); },
        stop.get_token());
    EXPECT_EQ(moved.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(must(make_paths(paths_.data, {})).data, paths_.data);
    EXPECT_TRUE(library_->create_session("Later"));
    EXPECT_EQ(forget_old_place(paths_.data).error().code, ErrorCode::BadUsage);
}

TEST_F(LibraryMoveTest, DeletingAllLeavesModelsWhereAsked)
{
    library_.reset();
    must(delete_all_data(paths_, false));
    EXPECT_FALSE(fs::exists(paths_.data / "percept.sqlite"));
    EXPECT_TRUE(fs::exists(paths_.models / "tiny/model.bin"));
    must(delete_all_data(paths_, true));
    EXPECT_FALSE(fs::exists(paths_.models));
}

} // namespace
