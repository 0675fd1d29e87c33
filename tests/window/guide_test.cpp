// Whether all that the guide names was done with the keyboard by the tests that ran before.

#include "tests/window/guide_deeds.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace window_test {
namespace {

TEST(GuideTest, NamesNothingThatTheTableHasNot)
{
    std::vector<std::string> known;
    for (const GuideDeed& deed : guide_deeds())
        known.push_back(std::string{deed.page} + " " + deed.name);
    const auto named = named_in_guide();
    EXPECT_GT(named.size(), 60u);
    for (const std::string& name : named)
        EXPECT_TRUE(std::find(known.begin(), known.end(), name) != known.end()) << name;
}

TEST(GuideTest, NamesNothingThatNoTestHasDone)
{
    const auto done = deeds_done();
    if (done.empty()) GTEST_SKIP() << "only behind the tests of the keyboard, as ctest starts them";
    for (const GuideDeed& deed : guide_deeds())
        EXPECT_TRUE(*deed.keys == '\0' || done.contains(deed.name))
            << "nobody did it: " << deed.name;
}

TEST(GuideTest, NothingWasDoneThatTheTableHasNot)
{
    for (const std::string& name : deeds_done()) {
        const auto has_name = [&](const GuideDeed& deed) { return deed.name == name; };
        EXPECT_TRUE(std::any_of(guide_deeds().begin(), guide_deeds().end(), has_name)) << name;
    }
}

} // namespace
} // namespace window_test
