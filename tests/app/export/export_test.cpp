#include "app/export/export.h"

#include "app/export/writers.h"
#include "tests/support/run_command.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

using namespace app;
using namespace app::exporting;
using support::has_program;
using support::read_file;
using support::run_command;
using support::TemporaryFolder;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

SourceContent spoken_source()
{
    SourceContent content;
    content.source.id = 8;
    content.source.path = "/home/ana/talk & <more>.wav";
    content.source.kind = "audio";
    content.source.duration_s = 61.4;
    content.segments.push_back({1, 8, 0.0, 2.4, "Good morning.", 0.9F, "Ana", "en", {}});
    content.segments.push_back(
        {2, 8, 3725.25, 3730, "a --> b & <c>", 0.9F, "", "en", {{3725.25, 3726, "a", 0.9F}}});
    content.gaps.push_back({8, 10, 12, "the disk was full"});
    return content;
}

/// What a real session has, with every character that some format reads as a mark.
SessionContent sample_session()
{
    SessionContent content;
    content.session = {3, "Pumps & <valves>", "2026-11-22T09:00:00Z", 2, 61.4, 1234};
    SourceContent manual;
    manual.source.id = 7;
    manual.source.path = "/home/ana/manual.pdf";
    manual.source.kind = "pdf";
    manual.source.pages = 2;
    storage::Page scanned;
    scanned.source = 7;
    scanned.number = 2;
    scanned.text = "Scanned * words\n\n世界";
    scanned.by_ocr = true;
    manual.pages.push_back(scanned);
    content.sources.push_back(manual);
    content.sources.push_back(spoken_source());
    storage::Message
        question{1, 3, storage::MessageRole::Question, "What is the *limit*?", "", "", "", ""};
    storage::Message answer{
        2,
        3,
        storage::MessageRole::Answer,
        "The limit is 40 bar. [1]",
        "quoted",
        "found",
        "starter",
        ""};
    storage::Citation citation;
    citation.source = 7;
    citation.page = 2;
    citation.boxes = {{0.1F, 0.2F, 0.3F, 0.4F}};
    citation.quote = "The limit is 40 bar.";
    content.messages.push_back({question, {}});
    content.messages.push_back({answer, {citation}});
    content.artifacts.push_back(
        {1,
         3,
         "minutes",
         R"({"title":"Minutes","sections":[{"name":"Decisions","items":[{"text":"Stop the pump.","owner":"Ana","due":"2026-11-27","citations":[{"path":"talk.wav","page":null,"start_s":65.0}]}]},{"name":"Actions","items":[]}],"mode":"quoted"})",
         ""});
    content.notes.push_back({1, 3, 4.0, "1. not a list", ""});
    return content;
}

/// As long as two pages and more.
SessionContent long_session()
{
    SessionContent content = sample_session();
    for (int i = 0; i < 200; ++i) {
        content.sources[1].segments.push_back(
            {10 + i,
             8,
             4000.0 + i,
             4001.0 + i,
             "Sentence number " + std::to_string(i) + " was said here.",
             1,
             "",
             "en",
             {}});
    }
    return content;
}

std::string rendered(const SessionContent& content, Format format)
{
    const auto bytes = render(content, format);
    EXPECT_TRUE(bytes) << (bytes ? "" : bytes.error().message);
    return bytes ? *bytes : "";
}

} // namespace

TEST(ExportTest, MarkdownKeepsTextFromBecomingMarks)
{
    const std::string text = rendered(sample_session(), Format::Markdown);

    EXPECT_THAT(text, StartsWith("# Pumps & \\<valves\\>\n"));
    EXPECT_THAT(text, HasSubstr("### What is the \\*limit\\*?"));
    EXPECT_THAT(text, HasSubstr("The limit is 40 bar. [1]"));
    EXPECT_THAT(text, HasSubstr("- [1] manual.pdf, page 2: *“The limit is 40 bar.”*"));
    EXPECT_THAT(text, HasSubstr("*Quoted from your sources*"));
    EXPECT_THAT(text, HasSubstr("Stop the pump. Owner: Ana. Due: 2026-11-27. *(talk.wav, 1:05)*"));
    EXPECT_THAT(text, HasSubstr("*0:10–0:12 is missing: the disk was full*"));
    EXPECT_THAT(text, HasSubstr("**1:02:05** a --\\> b & \\<c\\>"));
}

TEST(ExportTest, JsonHoldsPagesSegmentsAndCitations)
{
    const auto json = nlohmann::json::parse(rendered(sample_session(), Format::Json));

    EXPECT_EQ(json["session"]["name"], "Pumps & <valves>");
    EXPECT_EQ(json["sources"][0]["pages"][0]["number"], 2);
    EXPECT_EQ(json["sources"][1]["segments"][1]["words"][0]["text"], "a");
    EXPECT_EQ(json["messages"][1]["citations"][0]["page"], 2);
    EXPECT_EQ(json["messages"][1]["citations"][0]["start_s"], nullptr);
    EXPECT_EQ(json["summaries"][0]["summary"]["sections"][0]["items"][0]["owner"], "Ana");
}

TEST(ExportTest, TheUsersWordsAreExportedAndJsonKeepsWhatWasRecognised)
{
    SessionContent content = sample_session();
    content.session.tags = {"team"};
    auto& segments = content.sources[1].segments;
    segments[0].edited = "Good evening.";
    segments[1].edited = ""; // taken out

    EXPECT_EQ(
        rendered(content, Format::Srt),
        "1\n00:00:00,000 --> 00:00:02,400\nAna: Good evening.\n\n");
    const std::string text = rendered(content, Format::Markdown);
    EXPECT_THAT(text, HasSubstr("Good evening."));
    EXPECT_THAT(text, Not(HasSubstr("Good morning.")));
    EXPECT_THAT(text, Not(HasSubstr("1:02:05** a")));
    const auto json = nlohmann::json::parse(rendered(content, Format::Json));
    EXPECT_EQ(json["sources"][1]["segments"][0]["text"], "Good evening.");
    EXPECT_EQ(json["sources"][1]["segments"][0]["recognised"], "Good morning.");
    EXPECT_EQ(json["sources"][1]["segments"][1]["text"], "");
    EXPECT_EQ(json["session"]["tags"][0], "team");
}

TEST(ExportTest, SubtitlesFollowTheirFormats)
{
    const SessionContent content = sample_session();

    EXPECT_EQ(
        rendered(content, Format::Srt),
        "1\n00:00:00,000 --> 00:00:02,400\nAna: Good morning.\n\n"
        "2\n01:02:05,250 --> 01:02:10,000\na --> b & <c>\n\n");
    EXPECT_EQ(
        rendered(content, Format::Vtt),
        "WEBVTT\n\n00:00:00.000 --> 00:00:02.400\nAna: Good morning.\n\n"
        "01:02:05.250 --> 01:02:10.000\na --&gt; b &amp; &lt;c&gt;\n\n");
}

TEST(ExportTest, SubtitlesNeedExactlyOneRecording)
{
    SessionContent content = sample_session();
    content.sources.push_back(spoken_source());
    EXPECT_EQ(render(content, Format::Srt).error().code, ErrorCode::BadUsage);
    content.sources.clear();
    EXPECT_EQ(render(content, Format::Vtt).error().code, ErrorCode::NotFound);
}

TEST(ExportTest, TheSameSessionGivesTheSameBytes)
{
    for (const Format format : {Format::Markdown, Format::Json, Format::Docx, Format::Pdf}) {
        ::setenv("TZ", "UTC", 1);
        ::tzset();
        const std::string first = rendered(sample_session(), format);
        ::setenv("TZ", "Asia/Tokyo", 1);
        ::tzset();
        EXPECT_EQ(first, rendered(sample_session(), format)) << name(format);
    }
}

TEST(ExportTest, DocxIsWellFormedAndOffice)
{
    const TemporaryFolder folder;
    const auto file = folder.write("session.docx", rendered(sample_session(), Format::Docx));
    if (!has_program("unzip")) GTEST_SKIP() << "unzip is not installed.";
    ASSERT_EQ(run_command({"unzip", "-q", file.string(), "-d", (folder / "x").string()}).status, 0);
    EXPECT_THAT(read_file(folder / "x/word/document.xml"), HasSubstr("Pumps &amp; &lt;valves&gt;"));
    if (has_program("xmllint")) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator{folder / "x"}) {
            if (!entry.is_regular_file()) continue;
            const auto checked = run_command({"xmllint", "--noout", entry.path().string()});
            EXPECT_EQ(checked.status, 0) << entry.path() << checked.err;
        }
    }
    if (!has_program("soffice")) GTEST_SKIP() << "LibreOffice is not installed.";
    const auto converted = run_command(
        {"soffice",
         "-env:UserInstallation=file://" + (folder / "profile").string(),
         "--headless",
         "--convert-to",
         "txt:Text",
         "--outdir",
         folder.path().string(),
         file.string()});
    ASSERT_EQ(converted.status, 0) << converted.err;
    const std::string text = read_file(folder / "session.txt");
    EXPECT_THAT(text, HasSubstr("Pumps & <valves>"));
    EXPECT_THAT(text, HasSubstr("The limit is 40 bar. [1]"));
    EXPECT_THAT(text, HasSubstr("a --> b & <c>"));
}

TEST(ExportTest, PdfHoldsTheTextAndNumbersItsPages)
{
    const TemporaryFolder folder;
    const auto file = folder.write("session.pdf", rendered(long_session(), Format::Pdf));
    if (!has_program("pdftotext")) GTEST_SKIP() << "pdftotext is not installed.";
    const auto text = run_command({"pdftotext", "-layout", file.string(), "-"});
    ASSERT_EQ(text.status, 0) << text.err;

    EXPECT_THAT(text.out, HasSubstr("Pumps & <valves>"));
    EXPECT_THAT(text.out, HasSubstr("The limit is 40 bar. [1]"));
    EXPECT_THAT(text.out, HasSubstr("Sentence number 0 was said here."));
    EXPECT_THAT(text.out, HasSubstr("Sentence number 199 was said here."));
    const auto pages = 1 + std::count(text.out.begin(), text.out.end() - 1, '\f');
    EXPECT_GT(pages, 2);
    std::string feet = text.out;
    std::erase(feet, ' '); // -layout sets them as it likes
    EXPECT_THAT(feet, HasSubstr("\n1/" + std::to_string(pages) + "\n"));
    EXPECT_THAT(feet, HasSubstr("\n" + std::to_string(pages) + "/" + std::to_string(pages) + "\n"));
}

TEST(ExportTest, BytesThatAreNoTextDoNotReachTheFiles)
{
    SessionContent content = sample_session();
    content.session.name = "bad \xFF\x01 name";
    content.sources[0].source.path = "/tmp/\xC3.pdf";
    for (const Format format : {Format::Markdown, Format::Json, Format::Docx, Format::Pdf}) {
        EXPECT_THAT(rendered(content, format), Not(HasSubstr("bad \xFF"))) << name(format);
    }
}

TEST(WriteFileTest, ReplacesOnlyWhenTold)
{
    const TemporaryFolder folder;
    const auto file = folder.write("a.md", "old");

    EXPECT_EQ(write_file(file, "new", false).error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(read_file(file), "old");
    EXPECT_EQ(*write_file(file, "new", true), 3U);
    EXPECT_EQ(read_file(file), "new");
    EXPECT_EQ(*write_file(folder / "b.md", "b", false), 1U);
    EXPECT_EQ(write_file(folder / "none/b.md", "b", false).error().code, ErrorCode::FileNotFound);
    EXPECT_EQ(write_file(folder.path(), "b", true).error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(
        std::distance(std::filesystem::directory_iterator{folder.path()}, {}),
        2); // nothing left beside
}

TEST(WriteFileTest, AFailedWriteLeavesTheOldFileAndNothingBeside)
{
    const TemporaryFolder folder;
    const auto file = folder.write("a.md", "old");
    const std::string large(100'000, 'x');
    // A limit on file sizes stands for the full disk: it needs no rights and stops the same write()
    // half-way.
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit limit{1000, 1000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, SIG_IGN);
        ::_exit(write_file(file, large, true) ? 0 : 7);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 7);
    EXPECT_EQ(read_file(file), "old");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator{folder.path()}, {}), 1);
}
