#include "tests/app/cli/cli_test.h"

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::StartsWith;

/// Commands that listen; they need the starter models.
class SpeechTest : public CliTest {
protected:
    void SetUp() override
    {
        if (models().empty() || !std::filesystem::exists(models() / "whisper-base")) {
            GTEST_SKIP()
                << "The starter models are not installed: percept-cli models fetch starter";
        }
    }
};

TEST_F(SpeechTest, TranscribesInEveryFormat)
{
    const auto transcript = json({"transcribe", meeting(), "--words"}, "transcribe");
    EXPECT_EQ(transcript["language"], "en");
    ASSERT_FALSE(transcript["segments"].empty());
    EXPECT_FALSE(transcript["segments"][0]["words"].empty());
    EXPECT_GT(transcript["duration_s"], 30);
    double last_s = 0;
    for (const auto& segment : transcript["segments"]) {
        EXPECT_LE(last_s, segment["end_s"].get<double>());
        last_s = segment["end_s"];
    }
    EXPECT_LE(last_s, transcript["duration_s"].get<double>() + 0.5);

    const auto subtitles = run({"transcribe", meeting(), "--format", "srt"});
    EXPECT_THAT(subtitles.out, StartsWith("1\n00:00:"));
    const std::string file = (folder_ / "talk.vtt").string();
    EXPECT_EQ(run({"transcribe", meeting(), "--format", "vtt", "-o", file}).status, 0);
    EXPECT_THAT(support::read_file(file), StartsWith("WEBVTT\n"));
    EXPECT_EQ(
        json({"transcribe", meeting(), "-o", file}, "error", 1)["error"]["code"],
        "AlreadyExists");
}

TEST_F(SpeechTest, AnswersFromARecordingCiteTheMoment)
{
    const auto report = json({"ingest", meeting()}, "ingest");
    EXPECT_EQ(report["sources"][0]["status"], "ready");
    EXPECT_GT(report["sources"][0]["segments"], 3);
    const auto answer = json({"ask", "When is the next meeting?"}, "ask");
    ASSERT_FALSE(answer["citations"].empty());
    const auto& citation = answer["citations"][0];
    EXPECT_EQ(citation["page"], nullptr);
    EXPECT_LT(citation["start_s"].get<double>(), citation["end_s"].get<double>());
    const auto summary = json({"summarize"}, "summarize");
    EXPECT_GT(summary["coverage"]["heard_s"], 10);
    const std::string file = (folder_ / "meeting.srt").string();
    json(
        {"export", std::to_string(report["session"].get<int>()), "--format", "srt", "-o", file},
        "written");
    EXPECT_THAT(support::read_file(file), ContainsRegex("^1\n00:00:0"));
}

TEST_F(SpeechTest, AnInterruptPrintsWhatWasHeardUntilThen)
{
    support::Command command{words({"transcribe", meeting(), "--json"})};
    ASSERT_TRUE(command.wait_for([&] {
        return command.err().find("Listening") != std::string::npos;
    })) << command.err();
    command.send(SIGINT);
    const auto result = command.wait();
    EXPECT_EQ(result.status, 130) << result.err;
    EXPECT_THAT(result.err, HasSubstr("Stopping; what is done is kept."));
    const Json transcript = Json::parse(result.out, nullptr, false);
    ASSERT_TRUE(transcript.is_object()) << result.out;
    const auto rules =
        support::JsonSchema::load(std::string{PERCEPT_TEST_DATA} + "/schemas/transcribe.json");
    EXPECT_THAT(rules.problems(transcript), testing::IsEmpty());
}
