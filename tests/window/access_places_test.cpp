// What opens only sometimes, for somebody who hears it: menus of rows and of texts, panels that ask
// for a tag or for days, cards of files that could not be read, a picture.

#include "tests/window/access_fixture.h"

namespace window_test {
namespace {

TEST_F(AccessTest, MenusOfRowsAndTexts)
{
    const auto window = start_filled("menus");
    window->press("Harbour House", "list item");
    window->wait_for("handbook.pdf, ready", "list item");
    look_at_context_menu(*window, "a session");
    window->press("handbook.pdf, ready", "list item");
    look_at_context_menu(*window, "a file");
    window->press("Question", "text");
    look_at_context_menu(*window, "the question");
    type("What does the laser cutter cost per hour?");
    key("ctrl+Return");
    window->wait_for("Copy as Markdown", "", 60);
    EXPECT_TRUE(act("percept", "Citation 1", "link", "SetFocus"));
    look_at_context_menu(*window, "an answer");
    EXPECT_TRUE(act("percept", "Citation 1", "link", "Press"));
    window->press("Page 2 of 3", "document frame");
    window->wait_for_focus("Page 2 of 3");
    look_at_context_menu(*window, "a page");

    key("ctrl+2");
    window->wait_for_focus("Search everything said");
    window->press("Workshop meeting", "list item");
    look_at_context_menu(*window, "a session of the library");
    key("ctrl+f");
    type("new filter");
    window->wait_for("Said: ", "list item");
    key("Down");
    look_at_context_menu(*window, "a place found");
    key("Return");
    window->wait_for("Transcript", "list");
    window->press("the laser cutter.", "list item");
    look_at_context_menu(*window, "a line of the transcript");
    EXPECT_TRUE(act("percept", "Summary", "page tab", "Press"));
    window->wait_for("Likely decisions", "", 60);
    window->press("we have agreed to buy", "list item");
    look_at_context_menu(*window, "a line of the summary");
    EXPECT_TRUE(act("percept", "Notes", "page tab", "Press"));
    window->wait_for_focus("New note");
    type("Ask for the price");
    key("Return");
    window->press("Ask for the price", "list item");
    look_at_context_menu(*window, "a note");
    EXPECT_EQ(window->close(), 0) << window->err();
}

TEST_F(AccessTest, TagsAndDays)
{
    const auto window = start_filled("tags");
    window->press("Workshop meeting", "list item");
    window->wait_for("You can ask now");
    key("ctrl+t");
    window->wait_for_focus("Tag");
    type("roof");
    window->wait_for("New tag", "list item");
    look_and_walk(*window, "tags of the open session");
    key("Escape");
    window->wait_gone("New tag");

    key("ctrl+2");
    window->wait_for_focus("Search everything said");
    window->press("Workshop meeting", "list item");
    key("ctrl+t");
    window->wait_for_focus("Tag");
    type("budget");
    window->wait_for("New tag", "list item");
    look_and_walk(*window, "tags");
    window->wait_for_focus("Tag");
    key("Return");
    window->wait_for("budget", "list item");
    look(*window, "tags, one on");
    key("Escape");
    window->wait_gone("Tag", "text");

    window->wait_for("budget, 1 session", "list item"); // its row moves the days down
    window->press("Choose dates", "list item");
    window->wait_for_focus("From");
    look_and_walk(*window, "days");
    key("Escape");
    window->wait_gone("Show these days");
    EXPECT_EQ(window->close(), 0) << window->err();
}

TEST_F(AccessTest, FilesThatCouldNotBeRead)
{
    const auto locked = *folder_ / "locked.pdf";
    ASSERT_EQ(
        support::run_command({"qpdf",
                              "--encrypt",
                              "lathe",
                              "owner",
                              "256",
                              "--",
                              sample("handbook.pdf").string(),
                              locked.string()})
            .status,
        0);
    const auto broken = folder_->write("broken.pdf", "%PDF-1.7\nnothing of a document");
    const auto window = start("failed", {locked.string(), broken.string()});
    window->wait_for("broken.pdf, not read", "list item", 60);
    window->press("locked.pdf, needs a password", "list item");
    look_and_walk(*window, "a locked file");
    look_at_context_menu(*window, "a locked file");
    EXPECT_TRUE(act("percept", "Enter password", "push button", "Press"));
    window->wait_for_focus("Password");
    look(*window, "a locked file, its password");
    key("Escape");
    window->press("broken.pdf, not read", "list item");
    look_and_walk(*window, "a broken file");
    look_at_context_menu(*window, "a broken file");
    EXPECT_EQ(window->close(), 0) << window->err();
}

TEST_F(AccessTest, APictureAndItsZoom)
{
    const auto picture = folder_->write("page.png", page_as_png());
    const auto window = start("picture", {picture.string()});
    window->wait_for("page.png, ready", "list item", 60);
    window->press("page.png, ready", "list item");
    key("Return");
    window->wait_for("Picture");
    look_and_walk(*window, "a picture");
    EXPECT_EQ(window->close(), 0) << window->err();
}

} // namespace
} // namespace window_test
