// Where the files of sources are, what a killed program left, and how a file goes on.
#include "app/source_state.h"

#include "app/ask_job.h"
#include "app/ingest_job.h"
#include "app/unfinished.h"
#include "tests/storage/library_fixture.h"

#include <gmock/gmock.h>

using namespace app;
using storage_test::must;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Original = SourceState::Original;

namespace {

namespace fs = std::filesystem;

class SourceStateTest : public storage_test::LibraryTest {
protected:
    IngestReport run(const fs::path& file, std::optional<storage::SessionId> session = {})
    {
        IngestRequest request;
        request.inputs = {file};
        request.session = session;
        request.reader.program = fs::path{PERCEPT_BIN_DIR} / "percept-reader";
        return must(ingest(request, library(), engines_, {}, {}));
    }
    SourceState state(storage::SourceId id)
    {
        return must(source_state(must(library().source(id)), library()));
    }

    Engines engines_{folder_ / "no models", {}};
};

TEST_F(SourceStateTest, SaysWhereTheFileIsNow)
{
    const auto file = folder_.write("pump.txt", "The limit is 40 bar.\n");
    const auto id = run(file).sources.at(0).source.id;

    auto now = state(id);
    EXPECT_EQ(now.original, Original::Unchanged);
    EXPECT_THAT(now.sentence, IsEmpty());
    EXPECT_TRUE(now.is_copy);
    EXPECT_EQ(support::read_file(now.readable), "The limit is 40 bar.\n");

    folder_.write("pump.txt", "The limit is 50 bar.\n"); // as long as before
    now = state(id);
    EXPECT_EQ(now.original, Original::Changed);
    EXPECT_THAT(now.sentence, HasSubstr("pump.txt has changed since it was read"));
    EXPECT_EQ(support::read_file(now.readable), "The limit is 40 bar.\n");

    fs::remove(file);
    now = state(id);
    EXPECT_EQ(now.original, Original::Missing);
    EXPECT_THAT(now.sentence, HasSubstr("no longer in " + file.parent_path().string()));
    EXPECT_THAT(now.sentence, HasSubstr("copy in your library"));

    fs::remove(now.readable);
    now = state(id);
    EXPECT_TRUE(now.readable.empty());
    EXPECT_FALSE(now.is_copy);
    EXPECT_THAT(now.sentence, HasSubstr("has no copy of it"));
}

TEST_F(SourceStateTest, ACitationKeepsTheVersionThatItWasMadeOf)
{
    const auto file = folder_.write("pump.txt", "The pressure limit of the pump is 40 bar.\n");
    const auto first = run(file);
    AskRequest request;
    request.question = "What is the pressure limit of the pump?";
    request.session = first.session;
    must(ask(request, library(), true, engines_, {}));
    folder_.write("pump.txt", "The pressure limit of the pump is 50 bar.\n");

    const auto second = run(file, first.session);

    EXPECT_EQ(second.sources.at(0).source.version, 2);
    const auto messages = must(library().messages(first.session));
    ASSERT_THAT(messages, SizeIs(2));
    const auto citations = must(library().citations(messages[1].id));
    ASSERT_THAT(citations, testing::Not(IsEmpty()));
    EXPECT_EQ(citations[0].source, first.sources.at(0).source.id);
    EXPECT_THAT(citations[0].quote, HasSubstr("40 bar"));
    EXPECT_THAT(
        support::read_file(must(library().media_path(citations[0].source))),
        HasSubstr("40"));
    EXPECT_EQ(state(citations[0].source).original, Original::Changed);
    EXPECT_EQ(state(second.sources.at(0).source.id).original, Original::Unchanged);
}

TEST_F(SourceStateTest, WhatAKilledProgramLeftCanGoOn)
{
    const auto session = must(library().create_session("Pumps"));
    const auto left = add_source(session, "left.txt", "The limit is 40 bar.\n");
    auto described = must(library().source(left));
    described.status = storage::SourceStatus::Reading;
    described.pages = 2;
    must(library().finish_source(described));
    must(library().add_page(
        storage_test::page_of(left, 1, "page one"),
        std::vector{storage_test::passage_of("page one")}));
    const auto done = run(folder_.write("done.txt", "A line.\n"), session);
    const auto lost = add_source(session, "lost.txt", "gone");
    fs::remove(must(library().media_path(lost)));
    fs::remove(folder_ / "lost.txt");

    reopen(); // as after a kill: the rows still say that they are being read

    const auto found = must(unfinished_sources(library()));
    ASSERT_THAT(found, SizeIs(1)) << "neither the finished one nor the one whose file is nowhere";
    EXPECT_EQ(found[0].source.id, left);
    EXPECT_EQ(found[0].session_name, "Pumps");
    EXPECT_EQ(found[0].pages_done, 1);
    EXPECT_EQ(found[0].source.pages, 2);
    EXPECT_EQ(found[0].file, folder_ / "left.txt");

    fs::remove(folder_ / "left.txt"); // then the copy is read
    const auto from_copy = must(unfinished_sources(library())).at(0).file;
    EXPECT_NE(from_copy, folder_ / "left.txt");
    const auto report = run(from_copy, session);
    EXPECT_EQ(report.sources.at(0).source.id, left);
    EXPECT_EQ(report.sources.at(0).source.status, storage::SourceStatus::Ready);
    EXPECT_THAT(must(unfinished_sources(library())), IsEmpty());
}

TEST_F(SourceStateTest, AnswerersAreSharedAndAQuestionCanBeAskedQuietly)
{
    const auto report = run(folder_.write("pump.txt", "The pressure limit is 40 bar.\n"));
    Answerers answerers;
    EXPECT_EQ(answerers.of(library(), nullptr), answerers.of(library(), nullptr));
    const auto before = answerers.of(library(), nullptr);
    answerers.forget();
    EXPECT_NE(answerers.of(library(), nullptr), before);
    AskRequest request;
    request.question = "What is the pressure limit?";
    request.session = report.session;
    request.keeps = false;

    const auto reply = must(ask(request, library(), true, engines_, {}, &answerers));

    EXPECT_THAT(reply.answer.text, HasSubstr("40 bar"));
    EXPECT_THAT(must(library().messages(report.session)), IsEmpty());
}

} // namespace
