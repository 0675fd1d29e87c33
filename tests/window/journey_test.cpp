// What a person does in the first minute, in the real window: open a file, ask, follow a citation
// and what may go wrong meanwhile.

#include "tests/support/models.h"
#include "tests/support/pdf_writer.h"
#include "tests/window/display.h"
#include "tests/window/percept_window.h"

#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace window_test {
namespace {

class JourneyTest : public testing::Test {
protected:
    std::filesystem::path data() const { return folder_ / "library"; }
    /// percept-cli on the same library.
    support::CommandResult cli(std::vector<std::string> words) const
    {
        std::vector<std::string> command{
            std::string{PERCEPT_BIN_DIR} + "/percept-cli",
            "--data",
            data().string(),
            "--models",
            support::models_folder().string(),
            "--quiet"};
        command.insert(command.end(), words.begin(), words.end());
        return support::run_command(command);
    }
    /// A PDF with so many pages of text.
    static std::string long_book(int pages)
    {
        support::PdfWriter book;
        for (int page = 1; page <= pages; ++page) {
            std::string content;
            for (int line = 0; line < 4; ++line)
                content += support::show(
                    "Line " + std::to_string(line) + " of leaf " + std::to_string(page) +
                        " tells of harbours, lathes and the weather.",
                    60,
                    780 - 24 * line);
            book.page(content);
        }
        return book.bytes();
    }
    /// 123 of "book.pdf, reading page 123 of 800".
    static int page_in(const std::string& words)
    {
        const std::string before = "reading page ";
        return std::atoi(words.c_str() + words.find(before) + before.size());
    }
    /// Pages with text in the library, counted from outside.
    int pages_stored() const
    {
        const auto counted = support::run_command(
            {"sqlite3",
             "-readonly",
             (data() / "percept.sqlite").string(),
             "SELECT count(*) FROM page"});
        EXPECT_EQ(counted.status, 0) << counted.err;
        return std::atoi(counted.out.c_str());
    }
    support::TemporaryFolder folder_;
};

TEST_F(JourneyTest, AFileIsReadAskedAboutAndItsPlaceIsShown)
{
    PerceptWindow window{data(), {sample("handbook.pdf").string()}};
    window.wait_for("handbook.pdf, ready", "", 60);

    window.press("Question", "text");
    type("What does the laser cutter cost per hour?");
    key("ctrl+Return");
    window.wait_for("The laser cutter costs 9 euros an hour", "", 60);
    window.wait_for("Copy as Markdown");
    shot("journey-answer");

    window.press("Citation 1", "link");
    window.wait_for("Page 2 of 3 · citation 1");
    window.wait_for("The cited lines, enlarged");
    shot("journey-evidence");
    EXPECT_EQ(window.close(), 0) << window.err();

    const auto stored = cli({"sessions", "show", "1"});
    EXPECT_THAT(stored.out, testing::HasSubstr("? What does the laser cutter cost per hour?"));
}

TEST_F(JourneyTest, ASecondStartHandsItsFilesToTheFirst)
{
    PerceptWindow window{data()};
    window.wait_for("Choose files");
    auto words = percept_words(data());
    words.push_back(sample("handbook.pdf").string());
    const auto second = support::run_command(words);
    EXPECT_EQ(second.status, 0) << second.err;
    EXPECT_LT(second.elapsed_s, 20);
    window.wait_for("handbook.pdf", "", 60);
}

TEST_F(JourneyTest, ASecondStartWaitsForAFirstThatIsStarting)
{
    PerceptWindow window{data()};
    // It has the library and does not take files yet.
    for (int i = 0; i < 2'000 && support::read_file(data() / "writer.lock").empty(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    auto words = percept_words(data());
    words.push_back(sample("handbook.pdf").string());
    const auto second = support::run_command(words);
    EXPECT_EQ(second.status, 0) << second.err;
    EXPECT_LT(second.elapsed_s, 20);
    window.wait_for("handbook.pdf", "", 60);
}

TEST_F(JourneyTest, ACommandIsDoneByTheWindowThatHoldsTheLibrary)
{
    PerceptWindow window{data()};
    window.wait_for("Choose files");
    const auto done = cli({"ingest", "--new", "From a terminal", sample("handbook.pdf").string()});
    EXPECT_EQ(done.status, 0) << done.err;
    key("ctrl+2");
    window.wait_for("From a terminal", "list item");
}

TEST_F(JourneyTest, WhatAKilledWindowLeftIsThereAndCanBeGoneOnWith)
{
    const auto book = folder_.write("book.pdf", long_book(800));
    {
        PerceptWindow window{data(), {book.string()}};
        // Some pages are stored, most are not: "reading page 123 of 800".
        ASSERT_TRUE(eventually(
            [&] {
                const Node tree = window.tree();
                const Node* row = find(tree, "book.pdf, reading page ");
                return row != nullptr && page_in(row->name) >= 40;
            },
            60))
            << print(window.tree());
        window.kill();
    }
    PerceptWindow window{data()};
    const Node offer = window.wait_for("Go on reading 1 file");
    window.wait_for("1 file was not read to its end.");
    window.wait_for("book.pdf", "list item");
    const int stored = pages_stored();
    EXPECT_GT(stored, 0);
    EXPECT_LT(stored, 800) << "the kill came after the end";
    click(offer.centre_x(), offer.centre_y());
    window.press("book.pdf", "list item");
    window.wait_for("book.pdf, ready, 800 pages", "", 120);
    window.wait_gone("Go on reading 1 file");
    EXPECT_EQ(window.close(), 0) << window.err();
    EXPECT_EQ(pages_stored(), 800);
}

TEST_F(JourneyTest, ALibraryOfANewerProgramIsRefusedInWordsAndNotTouched)
{
    ASSERT_EQ(cli({"ingest", sample("handbook.pdf").string()}).status, 0);
    const auto database = data() / "percept.sqlite";
    ASSERT_EQ(
        support::run_command({"sqlite3", database.string(), "PRAGMA user_version = 9999"}).status,
        0);
    const std::string before = support::read_file(database);
    PerceptWindow window{data()};
    window.wait_for("newer", "", 30);
    EXPECT_EQ(window.close(), 0);
    EXPECT_EQ(support::read_file(database), before);
}

} // namespace
} // namespace window_test
