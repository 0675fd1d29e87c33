// Files, text and pictures added, stopped, read again and removed with the keyboard.

#include "tests/support/pdf_writer.h"
#include "tests/window/drag_source.h"
#include "tests/window/keyboard_fixture.h"

namespace window_test {
namespace {

TEST_F(KeyboardTest, FilesByTheDialogAndTheClipboard)
{
    PerceptWindow window{data(), {note("first.txt")}, environment()};
    window.wait_for("first.txt, ready");
    key("ctrl+o");
    window.wait_for_focus("File name");
    type(sample("handbook.pdf").string());
    key("Return");
    window.wait_for("handbook.pdf, ready", "", 60);
    did("files.open");

    {
        const Clipboard words{{{"UTF8_STRING", "Lanterns are counted every Friday."}}};
        key("ctrl+shift+v");
        window.wait_for("Pasted text ");
        EXPECT_TRUE(stored_is("SELECT count(*) FROM page WHERE text LIKE '%Lanterns%'", "1"));
    }
    {
        const Clipboard picture{{{"image/png", page_as_png()}}};
        key("ctrl+shift+v");
        window.wait_for("Pasted picture ");
    }
    did("edit.paste");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(KeyboardTest, WhatIsPastedAtOnceIsOneSession)
{
    PerceptWindow window{data(), {}, environment()};
    window.wait_for_focus("What does the laser cutter cost per hour?"); // keys reach it
    key("ctrl+n");
    window.wait_for_focus("Question");
    const Clipboard words{{{"UTF8_STRING", "Lanterns are counted every Friday."}}};
    type("Which day?");
    xdo({"key", "--clearmodifiers", "--delay", "1", "ctrl+shift+v", "ctrl+shift+v", "ctrl+Return"});
    EXPECT_TRUE(stored_is("SELECT count(*) FROM message", "2"));
    EXPECT_EQ(stored("SELECT count(*) FROM session"), "1\n");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(KeyboardTest, ACardIsStoppedGoneOnWithRemovedAndPutBack)
{
    support::PdfWriter book;
    for (int page = 1; page <= 600; ++page)
        book.page(support::show("Leaf " + std::to_string(page) + " tells of lathes.", 60, 780));
    const auto file = folder_.write("book.pdf", book.bytes());
    PerceptWindow window{data(), {file.string()}, environment()};
    window.wait_for("book.pdf, reading");
    window.go_to("Sources", "list", "shift+Tab");
    key("Delete");
    window.wait_for("book.pdf, stopped");
    did("cancel");
    key("Return");
    window.wait_for("book.pdf, ready, 600 pages", "", 60);
    did("try again");
    key("Delete");
    window.wait_gone("book.pdf, ready", "list item");
    key("ctrl+z");
    window.wait_for("book.pdf, ready", "list item");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(KeyboardTest, ALockedFileTakesItsPassword)
{
    const auto locked = folder_ / "locked.pdf";
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
    PerceptWindow window{data(), {locked.string()}, environment()};
    window.wait_for("locked.pdf, needs a password", "", 60);
    window.go_to("Sources", "list", "shift+Tab");
    key("Return");
    type("lathe");
    key("Return");
    window.wait_for("locked.pdf, ready, 3 pages", "", 60);
    did("password");
    EXPECT_EQ(window.close(), 0) << window.err();
}

} // namespace
} // namespace window_test
