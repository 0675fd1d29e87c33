// What the guide describes, with the keyboard alone: no test here moves the mouse.

#include "tests/window/keyboard_fixture.h"

namespace window_test {
namespace {

/// "Size of the page, 45 %".
std::string size_of_page(const PerceptWindow& window)
{
    return window.wait_for("Size of the page").name;
}

TEST_F(KeyboardTest, AFirstAnswerAndItsEvidence)
{
    PerceptWindow window{data(), {sample("handbook.pdf").string()}, environment()};
    window.wait_for("handbook.pdf, ready", "", 60);
    ask(window, "What does the laser cutter cost per hour?");
    window.wait_for("The laser cutter costs 9 euros an hour", "", 60);
    window.wait_for("Copy as Markdown");

    did("question.send");

    // Tab goes on from the answers to the question, Shift+Tab back.
    key("shift+Tab");
    window.wait_for_focus("More for this answer");
    window.go_to("Citation 1", "link", "shift+Tab");
    key("Return");
    window.wait_for("citation 1 of");
    did("mark");

    key("n");
    window.wait_for("citation 2 of");
    did("citation.next");
    key("shift+n");
    window.wait_for("citation 1 of");
    did("citation.previous");

    const std::string fit = size_of_page(window);
    key("ctrl+plus");
    window.wait_gone(fit);
    did("page.zoomIn");
    const std::string larger = size_of_page(window);
    key("ctrl+minus");
    window.wait_gone(larger);
    did("page.zoomOut");
    key("ctrl+plus");
    window.wait_for(larger);
    key("ctrl+0");
    window.wait_for(fit);
    did("page.fit");
    key("ctrl+shift+t");
    window.wait_for("Page 3", "list item");
    did("page.thumbnails");
    window.go_to("Page ", "document frame");
    key("ctrl+a");
    key("ctrl+c");
    key("ctrl+f");
    window.wait_for_focus("Find in this document");
    key("ctrl+v");
    window.wait_for("Machines and booking", "text");
    did("copy of text");
    key("ctrl+a");
    type("sawdust");
    key("Return");
    window.wait_for("1 of ");
    window.wait_for("Page 3 of 3");
    did("edit.find");
    key("Escape");
    window.wait_gone("Find in this document", "text");
    key("ctrl+e");
    window.wait_gone("Close evidence");
    did("pane.evidence");

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
    did("question.edit");

    const std::string before = stored("SELECT max(id) FROM message");
    key("ctrl+shift+r");
    EXPECT_TRUE(eventually([&] { return stored("SELECT max(id) FROM message") != before; }));
    window.wait_for("Copy as Markdown");
    did("answer.retry");

    key("ctrl+shift+c");
    window.wait_for("Answer copied as Markdown");
    key("ctrl+1");
    window.wait_for_focus("Question");
    key("ctrl+v");
    window.wait_for("handbook.pdf, page", "text");
    did("answer.copy");

    key("ctrl+shift+s");
    window.wait_for("handbook.pdf, ready", "list item");
    did("session.sources");

    key("ctrl+n");
    window.wait_for("New session", "label");
    did("session.new");
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
    did("view.library");
    did("search");

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
    did("session.rename");
    key("ctrl+shift+p");
    window.wait_for("pinned", "list item");
    did("session.pin");
    key("ctrl+t");
    window.wait_for_focus("Tag");
    type("rules");
    key("Return");
    key("Escape");
    window.wait_for("tagged rules", "list item");
    did("session.tag");

    key("ctrl+s");
    window.wait_for("Export “Workshop”");
    key("Return");
    window.wait_for("Written:");
    EXPECT_FALSE(support::run_command({"find", folder_.path(), "-name", "Workshop*"}).out.empty());
    did("session.export");

    key("Escape");
    window.wait_for_focus("Workshop, ");
    key("ctrl+shift+Delete");
    window.wait_gone("Workshop, ", "list item");
    did("session.delete");
    key("ctrl+z");
    window.wait_for("Workshop, ", "list item");
    did("edit.undo");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(KeyboardTest, PaletteGuideAndMenu)
{
    PerceptWindow window{data(), {sample("handbook.pdf").string()}, environment()};
    window.wait_for("handbook.pdf, ready", "", 60);

    key("ctrl+k");
    window.wait_for_focus("Search everything");
    type(">models");
    window.wait_for("Models", "list item");
    key("Return");
    window.wait_for("Speed test");
    did("palette of actions");

    key("ctrl+k");
    window.wait_for_focus("Search everything");
    type("booked");
    window.wait_for("Read: Machines and booking", "list item");
    key("Return");
    window.wait_for("Page 2 of 3");
    did("palette");

    key("F1");
    window.wait_for("Pages of the guide");
    key("Escape");
    window.wait_gone("Pages of the guide");
    key("ctrl+slash");
    window.wait_for("All keys", "list item");
    key("Escape");
    window.wait_gone("Pages of the guide");

    xdo({"key", "alt"});
    window.wait_for("New session", "menu item");
    key("Left"); // from the first menu to the last
    window.wait_for("Copy report", "menu item");
    key("r");
    window.wait_for("The report is in the clipboard");
    did("Help, Copy report");
    key("ctrl+q");
    EXPECT_EQ(window.wait(), 0) << window.err();
}

TEST_F(KeyboardTest, MenuAndExportGiveTheFocusBack)
{
    PerceptWindow window{data(), {note("first.txt")}, environment()};
    window.wait_for("first.txt, ready");
    window.wait_for_focus("Question");
    key("alt+e");
    window.wait_for("Paste as a source", "menu item");
    key("Escape");
    window.wait_gone("Paste as a source", "menu item");
    window.wait_for_focus("Question");
    EXPECT_EQ(window.wait_for("Question", "text").text, ""); // and no e in it

    key("ctrl+s");
    window.wait_for("Export “first.txt”");
    key("Escape");
    window.wait_gone("Export “first.txt”");
    window.wait_for_focus("Question");
    EXPECT_EQ(window.close(), 0) << window.err();
}

} // namespace
} // namespace window_test
