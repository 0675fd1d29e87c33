// What is dragged out of another program onto the window, in whatever view, and what a program
// that drags may do wrong.

#include "tests/window/display.h"
#include "tests/window/drag_source.h"
#include "tests/window/percept_window.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace window_test {
namespace {

constexpr char kFiles[] = "text/uri-list";
constexpr char kText[] = "text/plain";
constexpr char kPicture[] = "image/png";

class DropTest : public testing::Test {
protected:
    std::filesystem::path data() const { return folder_ / "library"; }
    std::string note(const std::string& name) const
    {
        return folder_.write(name, "The pump of " + name + " is oiled on Mondays.\n").string();
    }
    /// Over the middle of the control with these words.
    static bool hover(
        DragSource& drag,
        const PerceptWindow& window,
        const std::string& words,
        const std::string& role = {})
    {
        const Node node = window.wait_for(words, role);
        return drag.move(node.centre_x(), node.centre_y());
    }
    static bool drop(
        DragSource::Content content,
        const PerceptWindow& window,
        const std::string& words,
        const std::string& role = {})
    {
        DragSource drag{std::move(content)};
        return hover(drag, window, words, role) && drag.drop();
    }
    /// The window, whatever happened before, takes one more file and reads it. Its card may stand
    /// below the others, outside the window.
    void expect_alive(const PerceptWindow& window, const std::string& name) const
    {
        EXPECT_TRUE(drop({{kFiles, uri_list({note(name)})}}, window, "Status"));
        EXPECT_TRUE(eventually([&] {
            return stored("SELECT count(*) FROM page WHERE text LIKE '%" + name + "%'") == "1\n";
        })) << name;
    }
    /// Rows with these words, as percept-cli and every other program would find them.
    std::string stored(const std::string& sql) const
    {
        const auto read = support::run_command(
            {"sqlite3", "-readonly", (data() / "percept.sqlite").string(), sql});
        EXPECT_EQ(read.status, 0) << read.err;
        return read.out;
    }
    support::TemporaryFolder folder_;
};

TEST_F(DropTest, AFileHoversOverTheFirstPageLeavesAndIsDropped)
{
    PerceptWindow window{data()};
    DragSource drag{{{kFiles, uri_list({sample("handbook.pdf").string()})}}};
    EXPECT_TRUE(hover(drag, window, "Or begin with files of your own"));
    window.wait_for("Drop to begin a session with it");
    shot("drop-hover");
    drag.leave();
    window.wait_gone("Drop to begin a session with it");
    window.wait_for("Or begin with files of your own");
    EXPECT_TRUE(drag.asked_for().empty()) << "asked for the content before the drop";

    EXPECT_TRUE(hover(drag, window, "Or begin with files of your own"));
    EXPECT_TRUE(drag.drop());
    window.wait_for("handbook.pdf, ready, 3 pages", "", 60);
    window.wait_gone("Drop to begin a session with it");
    EXPECT_EQ(drag.asked_for(), std::vector<std::string>{kFiles});
    EXPECT_EQ(stored("SELECT count(*) FROM source"), "1\n");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(DropTest, SeveralFilesAFolderTextAndAPicture)
{
    PerceptWindow window{data(), {note("first.txt")}};
    window.wait_for("first.txt, ready");

    note("shelf/third.txt");
    note("shelf/deep/fourth.txt");
    const std::vector<std::string> files{
        note("second one with spaces, ä and %.txt"),
        (folder_ / "shelf").string()};
    // As a file manager has it: the names as text stand beside the list of files.
    EXPECT_TRUE(drop(
        {{kFiles, uri_list(files)}, {kText, "second"}, {"UTF8_STRING", "second"}},
        window,
        "first.txt, ready"));
    for (const char* name : {"second one with spaces, ä and %.txt", "third.txt", "fourth.txt"})
        window.wait_for(std::string{name} + ", ready");

    EXPECT_TRUE(drop({{kText, "Lanterns are counted every Friday."}}, window, "first.txt, ready"));
    window.wait_for("Pasted text ");
    EXPECT_TRUE(eventually([&] {
        return stored("SELECT count(*) FROM page WHERE text LIKE '%Lanterns are counted%'") ==
               "1\n";
    }));

    // A page as a picture, as a program for screenshots or a browser hands it over.
    EXPECT_TRUE(drop({{kPicture, page_as_png()}}, window, "first.txt, ready"));
    window.wait_for("Pasted picture ");
    EXPECT_TRUE(eventually([&] {
        return stored("SELECT count(*) FROM page WHERE text LIKE '%boat shed on Pier Road%'") ==
               "1\n";
    }));
    shot("drop-cards");
    EXPECT_EQ(stored("SELECT count(DISTINCT session) FROM source"), "1\n");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(DropTest, AnywhereInTheWindow)
{
    PerceptWindow window{data(), {note("first.txt")}};
    window.wait_for("first.txt, ready");
    // The drop is taken wherever the pointer is, fields and lists included.
    struct Spot {
        const char* keys; // to get there
        const char* words;
        const char* role;
        bool covers; // the place for it is shown
    };
    int n = 0;
    for (const Spot& spot : std::vector<Spot>{
             {"ctrl+1", "Question", "text", false},
             {"ctrl+1", "Status", "", false},
             {"ctrl+1", "New session", "push button", false},
             {"ctrl+2", "Search everything said", "", true},
             {"ctrl+2", "Sessions", "list", true},
             {"ctrl+6", "Speed test", "", true},
             {"ctrl+comma", "Sections of the settings", "", true},
             {"ctrl+comma", "Find a setting", "", true},
             {"ctrl+k", "Search everything", "text", false},
             {"F1", "Pages of the guide", "", false}}) {
        const std::string name = "dropped-" + std::to_string(++n) + ".txt";
        SCOPED_TRACE(std::string{spot.keys} + ", " + spot.words);
        key(spot.keys);
        DragSource drag{{{kFiles, uri_list({note(name)})}}};
        EXPECT_TRUE(hover(drag, window, spot.words, spot.role));
        if (spot.covers) window.wait_for("Drop to add to “first.txt”");
        EXPECT_TRUE(drag.drop());
        window.wait_for(std::to_string(n + 1) + " ready", "label"); // the last card may be below
        window.wait_gone("Drop to add to ");
    }
    // Beside a source that is shown.
    window.press("first.txt, ready", "list item");
    key("Return");
    window.wait_for("Close evidence");
    EXPECT_TRUE(drop({{kFiles, uri_list({note("last.txt")})}}, window, "Close evidence"));
    window.wait_for(std::to_string(n + 2) + " ready", "label");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(DropTest, TextOverTheQuestionBecomesPartOfIt)
{
    PerceptWindow window{data(), {note("first.txt")}};
    window.wait_for("first.txt, ready");
    EXPECT_TRUE(drop({{kText, "When is the pump oiled?"}}, window, "Question", "text"));
    window.wait_for("When is the pump oiled?", "text");
    EXPECT_FALSE(window.shows("Pasted text"));
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(DropTest, WhatCannotBeReadIsSaid)
{
    PerceptWindow window{data(), {note("first.txt")}};
    window.wait_for("first.txt, ready");
    EXPECT_TRUE(drop({{kFiles, "https://example.org/a.pdf\r\n"}}, window, "Status"));
    window.wait_for("https://example.org/a.pdf is on the network");
    // One that is there beside one that is not.
    EXPECT_TRUE(drop(
        {{kFiles, uri_list({(folder_ / "gone.pdf").string(), note("there.txt")})}},
        window,
        "Status"));
    window.wait_for("there.txt, ready");
    window.wait_for("gone.pdf, not read, There is no file");
    EXPECT_TRUE(drop({{kFiles, uri_list({(folder_ / "lost.pdf").string()})}}, window, "Status"));
    window.wait_for("lost.pdf");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(DropTest, ASourceThatDiesOrLiesDoesNoHarm)
{
    PerceptWindow window{data(), {note("first.txt")}};
    window.wait_for("first.txt, ready");
    {
        DragSource drag{{{kFiles, uri_list({note("never.txt")})}}};
        EXPECT_TRUE(hover(drag, window, "Status"));
    } // gone while it hovers
    expect_alive(window, "after-death.txt");
    {
        DragSource drag{{{kFiles, uri_list({note("never.txt")})}}};
        EXPECT_TRUE(hover(drag, window, "Status"));
        drag.die_after(0);
        EXPECT_FALSE(drag.drop());
        EXPECT_TRUE(drag.dead());
    }
    expect_alive(window, "after-a-drop-without-content.txt");
    {
        std::vector<std::string> many(4'000);
        for (std::size_t i = 0; i < many.size(); ++i)
            many[i] = "/nowhere/" + std::to_string(i) + ".pdf";
        DragSource drag{{{kFiles, uri_list(many)}}};
        EXPECT_TRUE(hover(drag, window, "Status"));
        drag.die_after(50'000); // less than the first piece of many
        EXPECT_FALSE(drag.drop());
        EXPECT_TRUE(drag.dead());
    }
    expect_alive(window, "after-half-a-list.txt");
    {
        DragSource drag{{{kFiles, uri_list({note("never.txt")})}}};
        drag.break_promise();
        EXPECT_TRUE(hover(drag, window, "Status"));
        drag.drop();
    }
    window.wait_for("There is nothing in this that can be read.");
    expect_alive(window, "after-a-lie.txt");
    EXPECT_FALSE(window.shows("never.txt"));
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(DropTest, HostileContentDoesNoHarm)
{
    PerceptWindow window{data(), {note("first.txt")}};
    window.wait_for("first.txt, ready");
    std::string bytes;
    for (int i = 0; i < 200'000; ++i) bytes += static_cast<char>(i * 7919 >> 3);
    int n = 0;
    for (const std::string& list : std::vector<std::string>{
             "",
             "\r\n\r\n#\r\n",
             std::string(1'000, '\0'),
             "file://%00%ff%fe\r\nfile:///%2e%2e/%2e%2e/\xff\xfe\r\n",
             "file:///" + std::string(100'000, 'a') + "\r\n",
             bytes}) {
        SCOPED_TRACE("content " + std::to_string(++n));
        drop({{kFiles, list}}, window, "Status");
        expect_alive(window, "after-" + std::to_string(n) + ".txt");
    }
    drop({{kPicture, bytes}}, window, "Status");
    expect_alive(window, "after-a-picture.txt");
    // Three thousand files that are not there, in pieces, beside one that is.
    std::vector<std::string> many{note("needle.txt")};
    for (int i = 0; i < 3'000; ++i) many.push_back("/nowhere/" + std::to_string(i) + ".pdf");
    EXPECT_TRUE(drop({{kFiles, uri_list(many)}}, window, "Status"));
    window.wait_for("9 ready · 3000 need you", "label");
    expect_alive(window, "after-many.txt");
    EXPECT_EQ(window.close(), 0) << window.err();
}

} // namespace
} // namespace window_test
