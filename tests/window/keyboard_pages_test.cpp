// Models and Settings with the keyboard, and whether all that the guide names was done.

#include "tests/window/keyboard_fixture.h"

#include <algorithm>

namespace window_test {
namespace {

TEST_F(KeyboardTest, ModelsAreTestedAndAFolderIsChosen)
{
    PerceptWindow window{data(), {note("first.txt")}, environment()};
    window.wait_for("first.txt, ready");
    key("ctrl+6");
    window.wait_for("In use", "heading");
    did("view.models");

    window.go_to("Use a folder");
    key("space");
    key("Down"); // in a menu, which no tree shows
    key("Return");
    window.wait_for("Use a folder I have", "dialog");
    key("Escape");
    window.wait_for_focus("Use a folder");
    did("Use a folder I have…");

    window.go_to("Speed test");
    key("space");
    window.wait_for("Stop the test");
    window.wait_gone("Not measured yet.", "", 120);
    did("Speed test");

    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(KeyboardTest, SettingsAreFoundAndChanged)
{
    PerceptWindow window{data(), {note("first.txt")}, environment()};
    window.wait_for("first.txt, ready");
    key("ctrl+comma");
    window.wait_for("Sections of the settings");
    did("view.settings");
    key("ctrl+f");
    window.wait_for_focus("Find a setting");
    type("threads");
    window.wait_for("Threads, Engine", "list item");
    key("Down");
    key("Return");
    window.wait_for("Engine", "label");
    did("find a setting");
    EXPECT_EQ(window.close(), 0) << window.err();
}

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

/// Last in the program, see CMakeLists.txt.
TEST(GuideTest, NamesNothingThatNoTestHasDone)
{
    const auto& all = *testing::UnitTest::GetInstance();
    if (all.test_to_run_count() < all.total_test_count())
        GTEST_SKIP() << "only with all tests of the keyboard";
    for (const std::string& name : deeds_not_done()) ADD_FAILURE() << "nobody did it: " << name;
}

} // namespace
} // namespace window_test
