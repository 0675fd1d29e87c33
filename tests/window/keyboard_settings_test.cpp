// Settings with the keyboard: found, changed, and what the change does.

#include "tests/window/keyboard_settings.h"

namespace window_test {
namespace {

std::string setting(const std::string& name)
{
    return "SELECT json_extract(value, '$." + name + "') FROM setting WHERE key = 'settings'";
}

TEST_F(KeyboardTest, ASettingIsFoundByItsWords)
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

    // The search leads to the control: the next key changes it.
    window.wait_for_focus("Threads");
    key("Up");
    EXPECT_TRUE(stored_is(setting("threads"), "1"));
    EXPECT_TRUE(
        eventually([&] { return window.wait_for("Threads", "spin button").value == 1; }, 10));
    key("Down");
    EXPECT_TRUE(stored_is(setting("threads"), "0"));
    did("Engine");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(KeyboardTest, LanguagesAreChosenAndOneOfOcrStays)
{
    PerceptWindow window{data(), {note("first.txt")}, environment()};
    window.wait_for("first.txt, ready");
    open_settings(window, Section::Languages);
    window.wait_for_focus("Languages of OCR");
    key("Home");
    key("space");
    window.wait_for("One language has to stay.");
    EXPECT_TRUE(window.wait_for("English (eng)", "list item").checked);

    window.go_to("", "combo box");
    key("Down");
    EXPECT_TRUE(stored_is(setting("speech_language"), "en"));
    key("g"); // the first letter of German
    EXPECT_TRUE(stored_is(setting("speech_language"), "de"));
    key("Home");
    EXPECT_TRUE(stored_is(setting("speech_language"), ""));
    did("Languages");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(KeyboardTest, AnActionGetsAnotherKeyAndItsOwnBack)
{
    PerceptWindow window{data(), {note("first.txt")}, environment()};
    window.wait_for("first.txt, ready");
    open_settings(window, Section::Keys);
    window.wait_for_focus("Actions and their keys");
    type("mod"); // goes to Models
    window.wait_for_focus("Models, key Ctrl+6");
    key("Return");
    window.wait_for_focus("New key");
    key("Escape"); // leaves everything as it was
    window.wait_for_focus("Models, key Ctrl+6");
    key("Return");
    window.wait_for_focus("New key");
    key("ctrl+m");
    EXPECT_TRUE(stored_is(setting("keys"), R"({"view.models":"Ctrl+M"})"));
    window.wait_for_focus("Models, key Ctrl+M");

    // At once, and the old one no more.
    key("ctrl+6");
    key("ctrl+1");
    window.wait_for_focus("Question");
    key("ctrl+m");
    window.wait_for("In use", "heading");
    key("ctrl+1");
    window.wait_for_focus("Question");
    key("ctrl+6");
    key("ctrl+2");
    window.wait_for_focus("Search everything said");

    open_settings(window, Section::Keys);
    window.wait_for_focus("Actions and their keys");
    window.go_to("All keys as they were");
    key("space");
    window.wait_for("All keys are the defaults again.");
    EXPECT_TRUE(stored_is(setting("keys"), "{}"));
    key("ctrl+6");
    window.wait_for("In use", "heading");
    did("Keys");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(KeyboardTest, PrivacyDeletesEverythingButTheFilesOfTheUser)
{
    const std::string file = note("first.txt");
    PerceptWindow window{data(), {file}, environment()};
    window.wait_for("first.txt, ready");
    open_settings(window, Section::Privacy);
    window.wait_for("Nothing of yours was sent out since Percept started");
    window.go_to("Delete all data");
    key("space");
    window.wait_for_focus("Keep");
    key("Escape");
    window.wait_gone("Delete everything and quit");
    window.wait_for_focus("Delete all data");
    EXPECT_TRUE(std::filesystem::exists(data() / "percept.sqlite"));

    key("space");
    window.wait_for_focus("Keep");
    window.go_to("Delete everything and quit", "push button", "shift+Tab");
    key("space");
    EXPECT_EQ(window.wait(), 0) << window.err();
    did("Privacy");
    EXPECT_FALSE(std::filesystem::exists(data() / "percept.sqlite"));
    EXPECT_EQ(support::run_command({"grep", "-rl", "is oiled on", data()}).out, "");
    EXPECT_TRUE(std::filesystem::exists(file));
    EXPECT_TRUE(std::filesystem::exists(support::models_folder()));
}

} // namespace
} // namespace window_test
