// The whole library with the keyboard: checked, backed up, moved to another folder.

#include "tests/window/keyboard_settings.h"

namespace window_test {
namespace {

namespace fs = std::filesystem;

/// What percept-cli finds in this library.
std::string sessions_of(const fs::path& data)
{
    const auto ran = support::run_command(
        {std::string{PERCEPT_BIN_DIR} + "/percept-cli",
         "--data",
         data.string(),
         "sessions",
         "list",
         "--json"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.out;
}

TEST_F(KeyboardTest, TheLibraryIsCheckedAndBackedUp)
{
    PerceptWindow window{data(), {note("first.txt")}, environment()};
    window.wait_for("first.txt, ready");
    open_settings(window, Section::Storage);
    window.go_to("Check the library");
    key("space");
    window.wait_for("The library is whole.");
    did("Check");

    window.go_to("Back up");
    key("space");
    window.wait_for_focus("File name");
    key("ctrl+a");
    const fs::path file = folder_ / "kept.tar";
    type(file.string());
    key("Return");
    window.wait_for("Backed up to " + file.string());
    window.wait_for_focus("Back up");
    EXPECT_EQ(window.close(), 0) << window.err();

    const fs::path unpacked = folder_ / "unpacked";
    fs::create_directory(unpacked);
    const auto ran = support::run_command({"tar", "-C", unpacked.string(), "-xf", file.string()});
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_NE(sessions_of(unpacked).find("first.txt"), std::string::npos);
    did("Back up");
}

TEST_F(KeyboardTest, TheLibraryMovesAndIsUsedThere)
{
    PerceptWindow window{data(), {note("first.txt")}, environment()};
    window.wait_for("first.txt, ready");
    open_settings(window, Section::Storage);
    const fs::path target = folder_ / "elsewhere";
    fs::create_directory(target);
    window.go_to("Move to another place");
    key("space");
    window.wait_for("Move the library to an empty folder", "dialog");
    type(target.string());
    key("Return");
    window.wait_for("The library has moved to " + target.string());
    EXPECT_TRUE(fs::exists(target / "percept.sqlite"));
    EXPECT_TRUE(fs::exists(data() / "percept.sqlite")); // until it is deleted
    window.go_to("Start again", "push button", "shift+Tab");
    key("space");

    window.wait_gone("The library has moved to");
    key("ctrl+1");
    window.wait_for("first.txt, 1 document", "list item");
    EXPECT_EQ(
        support::run_command({"sqlite3", target / "percept.sqlite", "SELECT count(*) FROM session"})
            .out,
        "1\n");
    open_settings(window, Section::Storage);
    window.go_to("The old copy");
    key("space");
    window.wait_for("The old copy is deleted");
    EXPECT_FALSE(fs::exists(data() / "percept.sqlite"));
    EXPECT_NE(sessions_of(target).find("first.txt"), std::string::npos);
    did("Move");
    EXPECT_EQ(window.close(), 0) << window.err();
}

} // namespace
} // namespace window_test
