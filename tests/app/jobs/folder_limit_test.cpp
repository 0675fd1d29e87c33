#include "app/folder_limit.h"

#include "tests/support/temporary_folder.h"

#include <chrono>
#include <gmock/gmock.h>

namespace fs = std::filesystem;
using testing::UnorderedElementsAre;

namespace {

class FolderLimitTest : public testing::Test {
protected:
    fs::path add(const std::string& name, std::size_t size_bytes, int hours_ago)
    {
        auto file = folder_.write("cache/" + name, std::string(size_bytes, 'x'));
        fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(hours_ago));
        return file;
    }
    std::vector<std::string> left() const
    {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder_ / "cache"))
            names.push_back(entry.path().filename().string());
        return names;
    }
    void limit(std::uint64_t max_bytes, const fs::path& in_use = {}) const
    {
        app::limit_folder(folder_ / "cache", max_bytes, in_use);
    }

    support::TemporaryFolder folder_;
};

} // namespace

TEST_F(FolderLimitTest, WhatWasUsedLongestAgoGoesFirst)
{
    add("newest", 100, 1);
    const auto oldest = add("oldest", 100, 9);
    add("middle", 100, 5);

    limit(300);
    EXPECT_THAT(left(), UnorderedElementsAre("newest", "middle", "oldest"));
    limit(299);
    EXPECT_THAT(left(), UnorderedElementsAre("newest", "middle"));
    EXPECT_FALSE(app::touch(oldest));
    EXPECT_TRUE(app::touch(folder_ / "cache/middle"));
    limit(100);
    EXPECT_THAT(left(), UnorderedElementsAre("middle")) << "it was used last";
}

TEST_F(FolderLimitTest, WhatIsInUseStaysAlsoWhereItAloneIsTooMuch)
{
    add("other", 10, 1);
    const auto large = add("large", 500, 9);
    limit(100, large);
    EXPECT_THAT(left(), UnorderedElementsAre("large"));
    app::limit_folder(folder_ / "not there", 1, {});
}
