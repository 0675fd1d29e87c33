// The window as somebody meets it who hears it: every view, overlay and menu is read from another
// process as a screen reader reads it, and walked with Tab.

#include "tests/window/access_fixture.h"

namespace window_test {
namespace {

TEST_F(AccessTest, TheFirstPage)
{
    const auto window = start("first");
    window->wait_for("Starter model ready", "label");
    look_and_walk(*window, "first page");
    EXPECT_EQ(window->close(), 0) << window->err();
}

TEST_F(AccessTest, EveryView)
{
    const auto window = start_filled("views");
    window->wait_for("Harbour House", "list item");

    key("ctrl+n");
    window->wait_for_focus("Question");
    look_and_walk(*window, "ask empty");
    key("Escape");
    window->wait_for_focus("Ask");
    look(*window, "ask, on no control");
    xdo({"key", "alt"});
    key("Down");
    for (const char* menu : {"File", "Edit", "View", "Session", "Evidence", "Help"}) {
        window->wait_for("", "popup menu");
        key("Down");
        look(*window, "menu bar, " + std::string{menu});
        key("Right");
    }
    key("Escape");
    key("Escape");
    window->wait_gone("", "popup menu");
    look_at_menu(*window, "More for this session");

    key("ctrl+k");
    window->wait_for_focus("Search everything");
    type("Harbour House");
    window->wait_for("Best", "list item");
    look(*window, "palette");
    key("Return");
    window->wait_for("1 source");
    window->wait_for_focus("Question");
    type("What does the laser cutter cost per hour?");
    key("ctrl+Return");
    window->wait_for("Copy as Markdown", "", 60);
    EXPECT_TRUE(heard_->said("9 euros an hour")) << "the answer was not announced";
    EXPECT_TRUE(act("percept", "Citation 1", "link", "Press"));
    window->wait_for("The cited lines, enlarged");
    look_and_walk(*window, "answer and page");
    look_at_menu(*window, "Sources: ");
    look_at_menu(*window, "More for this answer");
    look_at_menu(*window, "Size of the page");
    EXPECT_TRUE(act("percept", "1 source", "check box", "Toggle"));
    window->wait_for("handbook.pdf, ready", "list item");
    window->press("handbook.pdf, ready", "list item");
    look_and_walk(*window, "sources");

    EXPECT_TRUE(act("percept", "Library", "page tab", "Press"));
    window->wait_for("Workshop meeting", "list item");
    look_and_walk(*window, "library");
    window->press("Workshop meeting", "list item");
    key("F2");
    window->wait_for_focus("Sessions");
    look(*window, "library, a name being edited");
    key("Escape");
    key("ctrl+f");
    window->wait_for_focus("Search everything said");
    type("new filter");
    window->wait_for("Said: ", "list item");
    look_and_walk(*window, "library search");
    look_at_menu(*window, "Order: ");
    EXPECT_TRUE(act("percept", "Said: ", "list item", "Press"));

    window->wait_for("Transcript", "list");
    look_and_walk(*window, "transcript");
    look_at_menu(*window, "More actions");
    window->press("the laser cutter.", "list item");
    key("F2");
    window->wait_for_focus("Transcript");
    look(*window, "transcript, a line being edited");
    key("Escape");
    key("ctrl+s");
    window->wait_for("Written to");
    look_and_walk(*window, "export");
    key("Escape");
    window->wait_gone("Written to");
    EXPECT_TRUE(act("percept", "Summary", "page tab", "Press"));
    window->wait_for("Likely decisions", "", 60);
    look_and_walk(*window, "summary");
    look_at_menu(*window, "Template: ");
    window->press("we have agreed to buy", "list item");
    look(*window, "summary, a line chosen");
    EXPECT_TRUE(act("percept", "Notes", "page tab", "Press"));
    window->wait_for_focus("New note");
    type("Ask for the price");
    key("Return");
    window->wait_for("Ask for the price", "list item");
    look_and_walk(*window, "notes");

    key("F1");
    window->wait_for("Pages of the guide");
    look_and_walk(*window, "guide");
    key("Escape");
    window->wait_gone("Pages of the guide");
    key("ctrl+slash");
    window->wait_for_focus("All keys");
    look(*window, "all keys");
    key("ctrl+1"); // the key of a view ends what lies over it
    window->wait_gone("Pages of the guide");
    window->wait_for_focus("Question");

    EXPECT_TRUE(act("percept", "Models", "page tab", "Press"));
    window->wait_for("Speed test");
    look_and_walk(*window, "models");
    look_at_menu(*window, "Use a folder");
    window->press("Add a server", "push button");
    window->wait_for_focus("Name of the server");
    look_and_walk(*window, "models, a server");
    EXPECT_TRUE(act("percept", "Cancel adding a server", "push button", "Press"));
    window->wait_gone("Name of the server");

    key("ctrl+comma");
    for (const char* section :
         {"Appearance", "Storage", "Languages", "Engine", "Keys", "Privacy", "About"}) {
        window->wait_for("Sections of the settings");
        window->press(section, "list item");
        window->wait_for(section, "label");
        look_and_walk(*window, "settings, " + std::string{section});
    }
    window->press("Engine", "list item");
    window->press("Device", "combo box");
    window->wait_for_focus("Device");
    look(*window, "settings, a combo box open");
    key("Escape");
    EXPECT_EQ(window->close(), 0) << window->err();
}

TEST_F(AccessTest, F6WalksThroughAllPanes)
{
    const auto window = start("panes");
    window->wait_for("Choose files");
    std::set<std::string> panes;
    for (int i = 0; i < 5; ++i) {
        key("F6");
        panes.insert(heard_->focus());
    }
    EXPECT_GE(panes.size(), 3u) << print(window->tree());
}

} // namespace
} // namespace window_test
