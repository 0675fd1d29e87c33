// Two commands, one library: the second hands its job to the first. Real processes throughout.
#include "storage/library.h"
#include "tests/app/cli/cli_test.h"

#include <csignal>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class HandoverTest : public CliTest {
protected:
    HandoverTest()
    {
        for (int i = 0; i < 150; ++i)
            folder_.write(
                "many/" + std::to_string(1000 + i) + ".txt",
                "File number " + std::to_string(i) + ".\n");
    }
    std::filesystem::path socket() const { return folder_ / "data/percept.sock"; }
    std::string small_file() const
    {
        return folder_.write("small.txt", "The brick wall is red.\n").string();
    }
    std::string log() const { return support::read_file(folder_ / "data/log/percept-cli.log"); }

    /// An ingest of 150 files, listening and in the middle of its work.
    std::unique_ptr<support::Command> long_ingest(const std::vector<std::string>& more = {}) const
    {
        auto arguments = words({"ingest", "--new", "Many", (folder_ / "many").string()});
        arguments.insert(arguments.end(), more.begin(), more.end());
        auto command = std::make_unique<support::Command>(arguments);
        EXPECT_TRUE(command->wait_for([&] {
            return std::filesystem::exists(socket()) &&
                   command->err().find("Stored ") != std::string::npos;
        })) << command->err();
        return command;
    }
    bool handed_over() const { return log().find("handover: a job") != std::string::npos; }
};

TEST_F(HandoverTest, AQuestionRunsInTheProgramThatHoldsTheLibraryAndIsKept)
{
    ASSERT_EQ(run({"ingest", "--new", "Small", small_file()}).status, 0);
    const auto first = long_ingest();
    const auto answer = json({"ask", "--session", "1", "Which brick wall is red?"}, "ask");
    EXPECT_FALSE(answer["citations"].empty());
    EXPECT_TRUE(handed_over()) << log();
    // Kept, which a reader alone could not have done.
    const auto shown = json({"sessions", "show", "1"}, "sessions_show");
    ASSERT_EQ(shown["messages"].size(), 2U);
    EXPECT_EQ(shown["messages"][1]["text"], answer["answer"]);
    first->send(SIGINT);
    EXPECT_EQ(first->wait().status, 130);
}

TEST_F(HandoverTest, ASecondIngestReportsThroughItsOwnTerminal)
{
    const auto first = long_ingest();
    const auto second = run({"ingest", "--new", "Second", small_file()});
    const auto ended = first->wait();

    EXPECT_EQ(second.status, 0) << second.err;
    EXPECT_THAT(
        second.out,
        ContainsRegex("^Session 2: Second\n  small.txt: source [0-9]+, text, ready"));
    EXPECT_THAT(second.err, HasSubstr("Stored small.txt"));
    EXPECT_TRUE(handed_over());
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_THAT(ended.out, Not(HasSubstr("small.txt")));
    EXPECT_EQ(json({"sessions"}, "sessions")["sessions"].size(), 2U);
    EXPECT_FALSE(std::filesystem::exists(socket()));
}

TEST_F(HandoverTest, RelativePathsAndErrorsAreThoseOfTheSecondCommand)
{
    const auto first = long_ingest();
    folder_.write("here/small.txt", "The brick wall is red.\n");
    std::string line = "cd '" + (folder_ / "here").string() + "' && exec";
    for (const auto& word : words({"ingest", "small.txt", "none.pdf", "--json"}))
        line += " '" + word + "'";
    const auto second = support::run_command({"sh", "-c", line});
    EXPECT_EQ(second.status, 1) << second.err;
    const auto report = Json::parse(second.out, nullptr, false);
    ASSERT_TRUE(report.is_object()) << second.out;
    EXPECT_EQ(report["sources"][0]["path"], (folder_ / "here/small.txt").string());
    EXPECT_EQ(report["sources"][1]["error"]["code"], "FileNotFound");
    EXPECT_EQ(json({"sessions", "rename", "99", "x"}, "error", 1)["error"]["code"], "NotFound");
    EXPECT_TRUE(handed_over());
    first->send(SIGINT);
    first->wait();
}

TEST_F(HandoverTest, StoppingTheSecondCancelsItsJobOnly)
{
    const auto first = long_ingest();
    support::Command second{words({"ingest", "--new", "Second", small_file()})};
    ASSERT_TRUE(second.wait_for([&] { return handed_over(); }));
    second.send(SIGINT);
    EXPECT_EQ(second.wait().status, 130);
    const auto ended = first->wait();
    EXPECT_EQ(ended.status, 0) << ended.err;
    const auto shown = json({"sessions"}, "sessions")["sessions"];
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_EQ(shown[0]["sources"], 150);
}

TEST_F(HandoverTest, StoppingTheFirstHandsTheJobBackAndItIsDoneHere)
{
    const auto first = long_ingest();
    for (int i = 0; i < 100; ++i)
        folder_.write("more/" + std::to_string(i) + ".txt", "Other " + std::to_string(i) + ".\n");
    support::Command second{words({"ingest", "--new", "Second", (folder_ / "more").string()})};
    ASSERT_TRUE(second.wait_for([&] { return handed_over(); }));
    first->send(SIGINT);
    EXPECT_EQ(first->wait().status, 130);
    const auto result = second.wait();
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("  99.txt: source "));
    EXPECT_THAT(result.err, HasSubstr("going on here"));
}

TEST_F(HandoverTest, AFirstThatIsKilledDoesNotTakeTheJobAlong)
{
    const auto first = long_ingest();
    support::Command second{words({"ingest", "--new", "Second", small_file()})};
    ASSERT_TRUE(second.wait_for([&] { return handed_over(); }));
    first->send(SIGKILL);
    const auto result = second.wait();
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("small.txt: source "));
}

TEST_F(HandoverTest, ADeadSocketIsReplaced)
{
    {
        const auto first = long_ingest();
        first->send(SIGKILL);
        first->wait();
    }
    ASSERT_TRUE(std::filesystem::exists(socket())); // as a killed program leaves it
    EXPECT_EQ(run({"sessions", "rename", "1", "Again"}).status, 0);
    const auto first = long_ingest();
    EXPECT_EQ(run({"sessions", "rename", "1", "And again"}).status, 0);
    first->send(SIGINT);
    first->wait();
}

TEST_F(HandoverTest, AProgramThatDoesNotListenIsNamed)
{
    ASSERT_EQ(run({"ingest", small_file()}).status, 0);
    const auto holder = storage::Library::open(folder_ / "data", storage::Access::Write);
    ASSERT_TRUE(holder);
    const auto refused = json({"sessions", "rename", "1", "x"}, "error", 1);
    EXPECT_EQ(refused["error"]["code"], "LibraryInUse");
    EXPECT_THAT(refused["error"]["message"].get<std::string>(), HasSubstr("app_cli_handover"));
}

TEST_F(HandoverTest, TheSocketIsPrivateAndGarbageDoesNotDisturbIt)
{
    const auto first = long_ingest();
    struct stat status {};
    ASSERT_EQ(::stat(socket().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket().string().copy(address.sun_path, sizeof address.sun_path - 1);
    for (const std::string& garbage :
         {std::string("\xff\xff\xff\xff", 4),                    // a frame of 4 GB
          std::string("\x02\0\0\0{}", 6),                        // no job
          std::string("\x03\0\0\0nul", 7),                       // no JSON
          std::string("\x10\0\0\0{\"job\":{\"version\"", 12)}) { // broken off
        const int end = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        ASSERT_EQ(::connect(end, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        ASSERT_EQ(
            ::write(end, garbage.data(), garbage.size()),
            static_cast<ssize_t>(garbage.size()));
        ::shutdown(end, SHUT_WR);
        char byte = 0;
        while (::read(end, &byte, 1) == 1) {
        } // until the other end has had enough
        ::close(end);
    }
    EXPECT_EQ(run({"sessions", "rename", "1", "Still there"}).status, 0);
    first->send(SIGINT);
    EXPECT_EQ(first->wait().status, 130);
}
