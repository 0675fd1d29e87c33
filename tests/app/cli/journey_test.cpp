#include "storage/library.h"
#include "tests/app/cli/cli_test.h"
#include "tests/support/unpack.h"

#include <csignal>
#include <sys/mount.h>

namespace fs = std::filesystem;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// From a file to a cited answer, each command held against its schema.
class JourneyTest : public CliTest {
protected:
    /// Reads the handbook; the session's id.
    int read_handbook() const
    {
        const auto report = json({"ingest", handbook(), "--quiet"}, "ingest");
        EXPECT_EQ(report["sources"][0]["status"], "ready");
        return report["session"];
    }
};

TEST_F(JourneyTest, IngestReportsPagesAndPassages)
{
    const auto report = json({"ingest", "--new", "House", handbook()}, "ingest");

    const auto& source = report["sources"][0];
    EXPECT_EQ(source["kind"], "pdf");
    EXPECT_EQ(source["status"], "ready");
    EXPECT_EQ(source["pages"], 3);
    EXPECT_GT(source["passages"], 3);
    EXPECT_EQ(source["error"], nullptr);
    const auto shown =
        json({"sessions", "show", std::to_string(report["session"].get<int>())}, "sessions_show");
    EXPECT_EQ(shown["sessions"][0]["name"], "House");
    EXPECT_EQ(shown["sources"][0]["passages"], source["passages"]);
}

TEST_F(JourneyTest, AskCitesThePageWithBoxes)
{
    read_handbook();
    const auto answer = json({"ask", "What does the laser cutter cost per hour?"}, "ask");

    EXPECT_EQ(answer["mode"], "quoted");
    ASSERT_FALSE(answer["citations"].empty());
    const auto& citation = answer["citations"][0];
    EXPECT_EQ(citation["kind"], "pdf");
    EXPECT_GE(citation["page"], 1);
    EXPECT_FALSE(citation["boxes"].empty());
    EXPECT_EQ(citation["start_s"], nullptr);
    EXPECT_THAT(answer["answer"].get<std::string>(), HasSubstr("[1]"));
}

TEST_F(JourneyTest, SessionsShowPrintsTheStoredQuestionsAndAnswers)
{
    const std::string session = std::to_string(read_handbook());
    const std::string question = "What does the laser cutter cost per hour?";
    const auto answer = json({"ask", question}, "ask");

    const auto shown = json({"sessions", "show", session}, "sessions_show");
    ASSERT_EQ(shown["messages"].size(), 2U);
    EXPECT_EQ(shown["messages"][0]["role"], "question");
    EXPECT_EQ(shown["messages"][0]["text"], question);
    EXPECT_EQ(shown["messages"][0]["mode"], nullptr);
    EXPECT_EQ(shown["messages"][1]["text"], answer["answer"]);
    EXPECT_EQ(shown["messages"][1]["outcome"], answer["outcome"]);
    EXPECT_EQ(shown["messages"][1]["citations"], answer["citations"]);

    const auto words = run({"sessions", "show", session}).out;
    EXPECT_THAT(words, HasSubstr("\n? " + question + "\n" + answer["answer"].get<std::string>()));
    EXPECT_THAT(words, HasSubstr("\n[1] handbook.pdf, page "));
    EXPECT_THAT(words, HasSubstr("Quoted from your sources."));
}

TEST_F(JourneyTest, WhatIsNotThereIsNotFoundWithStatusZero)
{
    read_handbook();
    const auto answer = json({"ask", "Which planet has the most moons of ice?"}, "ask");
    EXPECT_EQ(answer["outcome"], "not_found");
    EXPECT_TRUE(answer["citations"].empty());
}

TEST_F(JourneyTest, TheHumanAnswerSaysHowItWasMade)
{
    read_handbook();
    const auto answer = run({"ask", "What", "does", "the", "laser", "cutter", "cost?"});
    EXPECT_EQ(answer.status, 0) << answer.err;
    EXPECT_THAT(answer.out, HasSubstr("[1] handbook.pdf, page "));
    EXPECT_THAT(answer.out, HasSubstr("Quoted from your sources"));
}

TEST_F(JourneyTest, AskTakesSeveralSourcesBeforeTheQuestion)
{
    const auto report = json(
        {"ingest", handbook(), folder_.write("b.txt", "The brick wall is red.\n").string()},
        "ingest");
    const auto id = [&](int i) { return std::to_string(report["sources"][i]["id"].get<int>()); };
    const auto both = json({"ask", "--source", id(0), id(1), "Which brick wall is red?"}, "ask");
    ASSERT_FALSE(both["citations"].empty());
    EXPECT_EQ(both["citations"][0]["source"], report["sources"][1]["id"]);
    const auto one = json({"ask", "--source", id(0), "Which brick wall is red?"}, "ask");
    for (const auto& citation : one["citations"])
        EXPECT_EQ(citation["source"], report["sources"][0]["id"]);
}

TEST_F(JourneyTest, SearchFindsWordsAndNarrowsByKind)
{
    read_handbook();
    const auto hits = json({"search", "laser cutter", "--limit", "3"}, "search")["hits"];
    ASSERT_FALSE(hits.empty());
    EXPECT_LE(hits.size(), 3U);
    EXPECT_TRUE(json({"search", "--kind", "audio", "laser cutter"}, "search")["hits"].empty());
}

TEST_F(JourneyTest, SummariesCiteEveryLine)
{
    const int session = read_handbook();
    for (const std::string form : {"minutes", "actions", "decisions", "brief"}) {
        const auto summary = json(
            {"summarize", "--session", std::to_string(session), "--template", form},
            "summarize");
        EXPECT_EQ(summary["coverage"]["sources"], 1) << form;
    }
    EXPECT_EQ(
        json({"summarize", "--template", "/none.md"}, "error", 2)["error"]["code"],
        "BadUsage");
}

TEST_F(JourneyTest, ExportsWriteFilesAndNeverReplaceThem)
{
    const std::string session = std::to_string(read_handbook());
    ASSERT_EQ(run({"ask", "What does the laser cutter cost per hour?"}).status, 0);
    for (const std::string format : {"md", "json", "docx", "pdf"}) {
        const std::string file = (folder_ / ("out." + format)).string();
        const auto written = json({"export", session, "--format", format, "-o", file}, "written");
        EXPECT_EQ(written["size_bytes"], std::filesystem::file_size(file)) << format;
        const std::string before = support::read_file(file);
        EXPECT_EQ(
            json({"export", session, "--format", format, "-o", file}, "error", 1)["error"]["code"],
            "AlreadyExists");
        json({"export", session, "--format", format, "-o", file, "--force"}, "written");
        EXPECT_EQ(before, support::read_file(file)) << "the same session, other bytes: " << format;
    }
    EXPECT_THAT(
        support::read_file(folder_ / "out.md"),
        HasSubstr("What does the laser cutter cost per hour?"));
    EXPECT_EQ(
        json(
            {"export", session, "--format", "srt", "-o", (folder_ / "x.srt").string()},
            "error",
            1)["error"]["code"],
        "NotFound");
    EXPECT_EQ(
        json(
            {"export", "999", "--format", "md", "-o", (folder_ / "x.md").string()},
            "error",
            1)["error"]["code"],
        "NotFound");
}

TEST_F(JourneyTest, SessionsAreListedRenamedAndDeleted)
{
    const std::string session = std::to_string(read_handbook());
    EXPECT_EQ(json({"sessions", "list"}, "sessions")["sessions"].size(), 1U);
    EXPECT_EQ(
        json({"sessions", "rename", session, "House"}, "sessions")["sessions"][0]["name"],
        "House");
    const auto removed = json({"sessions", "delete", session}, "sessions_removed")["removed"];
    EXPECT_EQ(removed["sessions"], 1);
    EXPECT_EQ(removed["sources"], 1);
    EXPECT_GT(removed["media_bytes"], 1000);
    EXPECT_TRUE(json({"sessions"}, "sessions")["sessions"].empty());
    EXPECT_EQ(json({"sessions", "show", session}, "error", 1)["error"]["code"], "NotFound");
    EXPECT_EQ(json({"sessions", "remove-source", "999"}, "error", 1)["error"]["code"], "NotFound");
}

TEST_F(JourneyTest, ASourceCanBeRemoved)
{
    const auto report = json(
        {"ingest", handbook(), folder_.write("b.txt", "Bricks are red.\n").string()},
        "ingest");
    const std::string source = std::to_string(report["sources"][1]["id"].get<int>());
    EXPECT_EQ(
        json({"sessions", "remove-source", source}, "sessions_removed")["removed"]["sources"],
        1);
    const auto found = json({"search", "bricks"}, "search");
    for (const auto& hit : found["hits"]) {
        EXPECT_EQ(hit["source"], report["sources"][0]["id"]); // what is near in meaning stays
    }
}

TEST_F(JourneyTest, ABackupIsAWholeLibraryInOneFile)
{
    read_handbook();
    const std::string question = "What does the laser cutter cost per hour?";
    const auto answer = json({"ask", question}, "ask");
    const auto file = folder_ / "copy.tar";
    const auto written = json({"backup", file.string()}, "written");
    EXPECT_EQ(written["size_bytes"], fs::file_size(file));
    EXPECT_EQ(json({"backup", file.string()}, "error", 1)["error"]["code"], "AlreadyExists");
    EXPECT_EQ(
        json({"backup", (folder_ / "no/such/folder.tar").string()}, "error", 1)["error"]["code"],
        "FileNotFound");

    ASSERT_EQ(support::unpack(file, folder_ / "restored"), 0);
    const auto in_copy = [&](const std::vector<std::string>& arguments) {
        auto all = words(arguments);
        all[2] = (folder_ / "restored").string(); // after the program and --data
        all.emplace_back("--json");
        const auto result = support::run_command(all);
        EXPECT_EQ(result.status, 0) << result.err;
        return Json::parse(result.out);
    };
    EXPECT_EQ(in_copy({"sessions", "show", "1"}), json({"sessions", "show", "1"}, "sessions_show"));
    EXPECT_EQ(in_copy({"ask", question})["answer"], answer["answer"]);
}

TEST_F(JourneyTest, DoctorLooksAtEverything)
{
    const auto checks = json({"doctor"}, "doctor")["checks"];
    std::map<std::string, bool> ok;
    for (const auto& check : checks) {
        ok[check["name"]] = check["ok"];
        EXPECT_TRUE(check["ok"] || check["hint"] != nullptr) << check;
    }
    EXPECT_TRUE(ok.at("processor"));
    EXPECT_TRUE(ok.at("reader"));
    EXPECT_TRUE(ok.at("library"));
}

TEST_F(JourneyTest, WithoutModelsWordsStillWorkAndSpeechSaysWhatToFetch)
{
    with_models_ = false;
    const auto report = json({"ingest", handbook()}, "ingest");
    EXPECT_EQ(report["sources"][0]["status"], "ready");
    EXPECT_FALSE(json({"search", "laser"}, "search")["hits"].empty());
    json({"ask", "What does the laser cutter cost per hour?"}, "ask");

    const auto heard = json({"transcribe", meeting()}, "error", 1);
    EXPECT_EQ(heard["error"]["code"], "NoModel");
    EXPECT_THAT(heard["error"]["hint"].get<std::string>(), HasSubstr("percept-cli models fetch"));
    const auto spoken = json({"ingest", meeting()}, "ingest", 1);
    EXPECT_EQ(spoken["sources"][0]["status"], "failed");
    EXPECT_EQ(spoken["sources"][0]["error"]["code"], "NoModel");
}

TEST_F(JourneyTest, AnInterruptKeepsWhatIsDone)
{
    for (int i = 0; i < 400; ++i) {
        folder_.write(
            "many/" + std::to_string(1000 + i) + ".txt",
            "File number " + std::to_string(i) + ".\n");
    }
    support::Command command{words({"ingest", (folder_ / "many").string(), "--json"})};
    ASSERT_TRUE(command.wait_for([&] {
        const auto shown = Json::parse(run({"sessions", "--json"}).out, nullptr, false);
        // Until the library is there, the answer is an error.
        const auto sessions = shown.is_object() ? shown.value("sessions", Json::array()) : Json();
        return !sessions.empty() && sessions[0]["sources"] > 3;
    }));
    command.send(SIGINT);
    const auto result = command.wait();

    EXPECT_EQ(result.status, 130) << result.err;
    const auto report = Json::parse(result.out, nullptr, false);
    ASSERT_TRUE(report.is_object()) << result.out;
    int ready = 0;
    for (const auto& source : report["sources"]) ready += source["status"] == "ready" ? 1 : 0;
    EXPECT_GT(ready, 0);
    EXPECT_LT(ready, 400);
    const auto shown =
        json({"sessions", "show", std::to_string(report["session"].get<int>())}, "sessions_show");
    EXPECT_GE(shown["sources"].size(), static_cast<std::size_t>(ready));
}

TEST_F(JourneyTest, ALibraryInUseIsSaidAndReadingStillWorks)
{
    read_handbook();
    const auto holder = storage::Library::open(folder_ / "data", storage::Access::Write);
    ASSERT_TRUE(holder);
    const auto refused = json({"sessions", "rename", "1", "x"}, "error", 1);
    EXPECT_EQ(refused["error"]["code"], "LibraryInUse");
    EXPECT_EQ(json({"sessions"}, "sessions")["sessions"].size(), 1U);
    json({"ask", "What does the laser cutter cost per hour?"}, "ask"); // answered, but not kept
}

TEST_F(JourneyTest, TheLogHoldsNoWordsOfTheUser)
{
    const auto file = folder_.write("secret-name.txt", "The treasure is under the oak.\n");
    ASSERT_EQ(run({"ingest", file.string()}).status, 0);
    ASSERT_EQ(run({"ask", "Where is the treasure?"}).status, 0);
    const std::string log = support::read_file(folder_ / "data/log/percept-cli.log");
    EXPECT_THAT(log, HasSubstr("ingest: source 1 text ready"));
    EXPECT_THAT(log, Not(HasSubstr("secret")));
    EXPECT_THAT(log, Not(HasSubstr("treasure")));
}

TEST_F(JourneyTest, NoSpaceIsSaidAndTheLibraryStaysWhole)
{
    const auto data = folder_ / "data";
    std::filesystem::create_directory(data);
    if (::mount("tmpfs", data.c_str(), "tmpfs", 0, "size=1m") != 0) {
        GTEST_SKIP() << "Mounting a small file system is not permitted here.";
    }
    const std::string large(3'000'000, 'x');
    const auto result = run({"ingest", folder_.write("large.txt", large).string(), "--json"});
    const auto after = run({"sessions", "--json"});
    ::umount2(data.c_str(), MNT_DETACH);

    EXPECT_EQ(result.status, 1) << result.out << result.err;
    EXPECT_THAT(result.out, HasSubstr("NoSpace"));
    EXPECT_EQ(after.status, 0) << after.err;
}

TEST_F(JourneyTest, QuietSaysNothingAndProgressStaysOffStandardOutput)
{
    const auto loud = run({"ingest", handbook()});
    EXPECT_THAT(loud.err, HasSubstr("handbook.pdf"));
    EXPECT_THAT(loud.out, ContainsRegex("^Session 1: handbook.pdf"));
    const auto quiet = run({"ingest", folder_.write("b.txt", "Bricks.\n").string(), "--quiet"});
    EXPECT_THAT(quiet.err, IsEmpty());
}
