// What the guide describes, with the keyboard alone: no test here moves the mouse.

#include "tests/window/display.h"
#include "tests/window/percept_window.h"

#include <filesystem>
#include <gtest/gtest.h>

namespace window_test {
namespace {

class KeyboardTest : public testing::Test {
protected:
    std::filesystem::path data() const { return folder_ / "library"; }
    /// The window writes exports where it has its documents: a home of its own.
    std::vector<std::string> environment() const { return {"HOME=" + folder_.path().string()}; }
    static void ask(const PerceptWindow& window, const std::string& question)
    {
        window.wait_for_focus("Question");
        type(question);
        key("ctrl+Return");
    }
    support::TemporaryFolder folder_;
    const bool documents_ = std::filesystem::create_directory(folder_ / "Documents");
};

TEST_F(KeyboardTest, AFirstAnswerAndItsEvidence)
{
    PerceptWindow window{data(), {sample("handbook.pdf").string()}, environment()};
    window.wait_for("handbook.pdf, ready", "", 60);
    ask(window, "What does the laser cutter cost per hour?");
    window.wait_for("The laser cutter costs 9 euros an hour", "", 60);
    window.wait_for("Copy as Markdown");

    key("Escape"); // out of the field, so that letters are keys
    key("n");
    window.wait_for("citation 1 of");
    key("n");
    window.wait_for("citation 2 of");
    key("shift+n");
    window.wait_for("citation 1 of");

    key("ctrl+plus");
    window.wait_gone("Size of the page, 45 %");
    key("ctrl+shift+t");
    window.wait_for("Page 3", "list item");
    key("ctrl+f");
    window.wait_for_focus("Find in this document");
    type("sawdust");
    key("Return");
    window.wait_for("1 of ");
    window.wait_for("Page 3 of 3");
    key("Escape");
    window.wait_gone("Find in this document", "text");
    key("ctrl+e");
    window.wait_gone("Close evidence");

    // The last question again, changed.
    key("ctrl+1");
    window.wait_for_focus("Question");
    key("ctrl+Up");
    window.wait_for("What does the laser cutter cost per hour?", "text");
    key("ctrl+a");
    type("What does membership cost?");
    key("ctrl+Return");
    window.wait_for("Question: What does membership cost?", "", 60);
    window.wait_gone("Question: What does the laser");

    key("ctrl+n");
    window.wait_for("New session", "label");
    key("ctrl+q");
    EXPECT_EQ(window.wait(), 0) << window.err();
}

TEST_F(KeyboardTest, FindingItAgain)
{
    PerceptWindow window{data(), {sample("handbook.pdf").string()}, environment()};
    window.wait_for("handbook.pdf, ready", "", 60);

    key("ctrl+2");
    window.wait_for_focus("Search everything said");
    type("green book");
    window.wait_for("Read: Every accident", "list item");
    key("Down");
    key("Return");
    window.wait_for("Page 3 of 3");

    key("ctrl+2");
    window.wait_for_focus("Search everything said");
    key("Escape");
    window.wait_for("handbook.pdf, ", "list item");
    key("Down");
    window.wait_for_focus("handbook.pdf, ");
    key("F2");
    key("ctrl+a");
    type("Workshop");
    key("Return");
    window.wait_for("Workshop, ", "list item");
    key("ctrl+shift+p");
    window.wait_for("pinned", "list item");
    key("ctrl+t");
    window.wait_for_focus("Tag");
    type("rules");
    key("Return");
    key("Escape");
    window.wait_for("tagged rules", "list item");

    key("ctrl+s");
    window.wait_for("Export “Workshop”");
    key("Return");
    window.wait_for("Written:");
    EXPECT_FALSE(support::run_command({"find", folder_.path(), "-name", "Workshop*"}).out.empty());

    key("Escape");
    window.wait_for_focus("Workshop, ");
    key("ctrl+shift+Delete");
    window.wait_gone("Workshop, ", "list item");
    key("ctrl+z");
    window.wait_for("Workshop, ", "list item");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(KeyboardTest, PaletteSettingsAndGuide)
{
    PerceptWindow window{data(), {sample("handbook.pdf").string()}, environment()};
    window.wait_for("handbook.pdf, ready", "", 60);

    key("ctrl+k");
    window.wait_for_focus("Search everything");
    type(">models");
    window.wait_for("Models", "list item");
    key("Return");
    window.wait_for("Speed test");

    key("ctrl+k");
    window.wait_for_focus("Search everything");
    type("booked");
    window.wait_for("Read: Machines and booking", "list item");
    key("Return");
    window.wait_for("Page 2 of 3");

    key("ctrl+comma");
    window.wait_for("Sections of the settings");
    for (int i = 0; i < 12 && !window.has_focus("Sections of the settings"); ++i) key("F6");
    key("Down");
    window.wait_for("Storage", "label");
    key("ctrl+f");
    window.wait_for_focus("Find a setting");
    type("threads");
    window.wait_for("Threads, Engine", "list item");
    key("Down");
    key("Return");
    window.wait_for("Engine", "label");

    key("F1");
    window.wait_for("Pages of the guide");
    key("Escape");
    window.wait_gone("Pages of the guide");
    key("ctrl+slash");
    window.wait_for("All keys", "list item");
    key("Escape");
    window.wait_gone("Pages of the guide");
    key("ctrl+q");
    EXPECT_EQ(window.wait(), 0) << window.err();
}

} // namespace
} // namespace window_test
