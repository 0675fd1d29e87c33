// What a person does in the first minute, in the real window: drop, ask, follow a citation, find it
// again; and what may go wrong meanwhile.

#include "tests/support/models.h"
#include "tests/window/display.h"
#include "tests/window/percept_window.h"

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
    support::TemporaryFolder folder_;
};

TEST_F(JourneyTest, AFileIsReadAskedAboutAndItsPlaceIsShown)
{
    PerceptWindow window{data(), {sample("handbook.pdf").string()}};
    window.wait_for("handbook.pdf", "", 60);
    window.wait_for("Ready", "", 60);

    const Node question = window.wait_for("Question");
    click(question.centre_x(), question.centre_y());
    type("What does the laser cutter cost per hour?");
    key("ctrl+Return");
    window.wait_for("The laser cutter costs 9 euros an hour", "", 60);
    window.wait_for("Citation 1");
    shot("journey-answer");

    key("n"); // the answer has the focus when it is there: next citation
    window.wait_for("Page 2 of 3", "", 30);
    shot("journey-evidence");
    EXPECT_EQ(window.close(), 0) << window.err();

    const auto stored = cli({"sessions", "show", "1"});
    EXPECT_THAT(stored.out, testing::HasSubstr("? What does the laser cutter cost per hour?"));
}

TEST_F(JourneyTest, FilesOfAnotherProgramAreDropped)
{
    PerceptWindow window{data()};
    window.wait_for("Choose files");
    support::Command source{
        {std::string{PERCEPT_TESTS_DIR} + "/drag_source", sample("handbook.pdf").string()}};
    ASSERT_TRUE(eventually([] {
        return support::run_command({"xdotool", "search", "--name", "drag_source"}).status == 0;
    }));
    xdo({"mousemove", "60", "30", "mousedown", "1"});
    for (int step = 1; step <= 10; ++step)
        xdo({"mousemove", std::to_string(60 + step * 60), std::to_string(30 + step * 35)});
    xdo({"mouseup", "1"});
    window.wait_for("handbook.pdf", "", 60);
    window.wait_for("Ready", "", 60);
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

TEST_F(JourneyTest, ACommandIsDoneByTheWindowThatHoldsTheLibrary)
{
    PerceptWindow window{data()};
    window.wait_for("Choose files");
    const auto done = cli({"ingest", "--new", "From a terminal", sample("handbook.pdf").string()});
    EXPECT_EQ(done.status, 0) << done.err;
    window.wait_for("From a terminal", "", 30);
}

TEST_F(JourneyTest, WhatAKilledWindowLeftIsThereAndCanBeGoneOnWith)
{
    {
        PerceptWindow window{
            data(),
            {sample("handbook.pdf").string(), sample("meeting.ogg").string()}};
        window.wait_for("handbook.pdf", "", 60);
        window.kill();
    }
    PerceptWindow window{data()};
    // The session is there, with whatever had been stored of it.
    window.wait_for("handbook", "", 30);
    EXPECT_EQ(window.close(), 0) << window.err();
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
