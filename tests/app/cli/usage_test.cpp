#include "tests/app/cli/cli_test.h"

#include <sys/stat.h>

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using UsageTest = CliTest;

TEST_F(UsageTest, EveryCommandHasHelpWithAnExample)
{
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"ingest"},
          {"ask"},
          {"transcribe"},
          {"summarize"},
          {"search"},
          {"sessions"},
          {"sessions", "list"},
          {"sessions", "show"},
          {"sessions", "rename"},
          {"sessions", "delete"},
          {"sessions", "remove-source"},
          {"export"},
          {"backup"},
          {"doctor"},
          {}}) {
        std::vector<std::string> arguments = command;
        arguments.emplace_back("--help");
        const auto help = run(arguments);
        EXPECT_EQ(help.status, 0) << help.err;
        EXPECT_THAT(help.out, HasSubstr("Example:\n  percept-cli"));
        EXPECT_THAT(help.err, IsEmpty());
    }
}

TEST_F(UsageTest, CommandsThatAreNotBuiltYetAreUnknown)
{
    const auto help = run({"--help"});
    for (const std::string command : {"record", "devices"}) {
        EXPECT_THAT(help.out, Not(HasSubstr("\n  " + command + " ")));
        EXPECT_EQ(run({command}).status, 2);
    }
}

TEST_F(UsageTest, SaysItsVersion)
{
    const auto version = run({"--version"});
    EXPECT_EQ(version.status, 0);
    EXPECT_THAT(version.out, HasSubstr("percept-cli 0."));
}

TEST_F(UsageTest, BadUsageIsASentenceAndStatusTwo)
{
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{},
          {"fly"},
          {"ask"},
          {"ingest"},
          {"export", "3"},
          {"export", "3", "--format", "odt", "-o", "x"},
          {"sessions", "show", "three"},
          {"sessions", "show", "-1"},
          {"search", "--limit", "0", "x"},
          {"--threads", "many", "doctor"},
          {"--device", "abacus", "doctor"},
          {"ingest", "--session", "1", "--new", "x", "a.pdf"}}) {
        const auto result = run(arguments);
        EXPECT_EQ(result.status, 2) << testing::PrintToString(arguments) << result.err;
        EXPECT_THAT(result.err, HasSubstr("percept-cli: "));
        EXPECT_THAT(result.out, IsEmpty());
    }
}

TEST_F(UsageTest, BadUsageWithJsonIsAnErrorDocument)
{
    const auto document = json({"ask"}, "error", 2);
    EXPECT_EQ(document["error"]["code"], "BadUsage");
    EXPECT_THAT(document["error"]["hint"].get<std::string>(), HasSubstr("percept-cli ask --help"));
}

TEST_F(UsageTest, GlobalOptionsMayStandBeforeAndAfter)
{
    EXPECT_EQ(run({"--json", "sessions", "list"}).out, run({"sessions", "list", "--json"}).out);
}

TEST_F(UsageTest, NothingIsWrittenBeforeSomethingIsRead)
{
    EXPECT_EQ(run({"sessions"}).status, 0);
    const auto asked = json({"ask", "What?"}, "error", 1);
    EXPECT_EQ(asked["error"]["code"], "NotFound");
    EXPECT_THAT(asked["error"]["hint"].get<std::string>(), HasSubstr("percept-cli ingest"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "data"));
}

TEST_F(UsageTest, MissingAndUnreadableFilesAreNamed)
{
    const auto missing = json({"ingest", (folder_ / "none.pdf").string()}, "error", 1);
    EXPECT_EQ(missing["error"]["code"], "FileNotFound");
    EXPECT_THAT(missing["error"]["message"].get<std::string>(), HasSubstr("none.pdf"));

    const auto pipe = folder_ / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(json({"ingest", pipe.string()}, "error", 1)["error"]["code"], "FileUnreadable");
    EXPECT_EQ(
        json({"transcribe", (folder_ / "none.wav").string()}, "error", 1)["error"]["code"],
        "FileNotFound");
}

TEST_F(UsageTest, TheErrorSentenceIsOnStandardErrorToo)
{
    const auto result = run({"ingest", (folder_ / "none.pdf").string(), "--json", "--quiet"});
    EXPECT_THAT(result.err, HasSubstr("none.pdf"));
    EXPECT_THAT(result.out, HasSubstr("\"error\""));
}

TEST_F(UsageTest, AnEngineThatIsNotThereIsNamed)
{
    ASSERT_EQ(run({"ingest", folder_.write("a.txt", "Words.\n").string()}).status, 0);
    const auto document = json({"--engine", "http://127.0.0.1:1/v1", "ask", "What?"}, "error", 1);
    EXPECT_EQ(document["error"]["code"], "NetworkUnavailable");
    EXPECT_THAT(document["error"]["message"].get<std::string>(), HasSubstr("127.0.0.1:1"));
    EXPECT_EQ(
        json({"--engine", "/none.gguf", "ask", "What?"}, "error", 1)["error"]["code"],
        "FileNotFound");
}

TEST_F(UsageTest, ModelsAreListedWithWhatTheyCanAndWhetherTheyFit)
{
    with_models_ = false;
    const auto list = json({"models"}, "models")["models"];
    ASSERT_GE(list.size(), 5U);
    EXPECT_EQ(list[0]["name"], "starter");
    EXPECT_EQ(list[0]["capabilities"]["hears"], true);
    EXPECT_EQ(list[0]["capabilities"]["reasons"], false);
    for (const auto& model : list) EXPECT_FALSE(model["installed"].get<bool>()) << model;
    EXPECT_EQ(json({"models", "fetch", "no-such"}, "error", 1)["error"]["code"], "NotFound");
    EXPECT_EQ(run({"models", "remove"}).status, 2);
}

TEST_F(UsageTest, ListsOfKindsAndSourcesAreChecked)
{
    ASSERT_EQ(run({"ingest", folder_.write("a.txt", "Words about pumps.\n").string()}).status, 0);
    EXPECT_EQ(run({"search", "--kind", "pdf,text", "pumps"}).status, 0);
    EXPECT_EQ(
        json({"search", "--kind", "scroll", "pumps"}, "error", 2)["error"]["code"],
        "BadUsage");
    EXPECT_EQ(json({"ask", "--source", "x", "pumps?"}, "error", 2)["error"]["code"], "BadUsage");
    EXPECT_EQ(json({"ask", "--source", "99", "pumps?"}, "error", 1)["error"]["code"], "NotFound");
}
