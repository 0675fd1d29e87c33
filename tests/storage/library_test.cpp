#include "tests/storage/library_fixture.h"

#include <gmock/gmock.h>

using namespace storage;
using namespace storage_test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

TEST_F(LibraryTest, KeepsSessionsNewestFirst)
{
    const SessionId first = must(library().create_session("First"));
    const SessionId second = must(library().create_session("Second"));
    must(library().rename_session(first, "Renamed"));

    const auto sessions = must(library().sessions());

    ASSERT_THAT(sessions, SizeIs(2));
    EXPECT_EQ(sessions[0].id, second);
    EXPECT_EQ(sessions[1].name, "Renamed");
    EXPECT_THAT(sessions[0].created, testing::MatchesRegex("....-..-..T..:..:..Z"));
    EXPECT_EQ(library().rename_session(99, "x").error().code, ErrorCode::NotFound);
    EXPECT_EQ(library().session(99).error().code, ErrorCode::NotFound);
}

TEST_F(LibraryTest, GivesBackASourceAsItWasStored)
{
    const SessionId session = must(library().create_session("S"));
    const SourceId id = add_source(session, "a.pdf", "content of a");
    EXPECT_EQ(must(library().source(id)).status, SourceStatus::Reading);

    Source source = must(library().source(id));
    source.status = SourceStatus::Partial;
    source.pages = 12;
    source.duration_s = 61.5;
    source.title = "A title";
    source.warnings = {"Page 3 has no text.", "Two\nlines"};
    source.error = "BadFile: page 9";
    source.elapsed_s = 3.25;
    must(library().finish_source(source));

    const Source again = must(library().source(id));
    EXPECT_EQ(again.session, session);
    EXPECT_EQ(again.kind, "pdf");
    EXPECT_EQ(again.status, SourceStatus::Partial);
    EXPECT_EQ(again.pages, 12);
    EXPECT_DOUBLE_EQ(again.duration_s, 61.5);
    EXPECT_EQ(again.title, "A title");
    EXPECT_THAT(again.warnings, ElementsAre("Page 3 has no text.", "Two lines"));
    EXPECT_EQ(again.error, "BadFile: page 9");
    EXPECT_EQ(again.size_bytes, 12u);
    // printf 'content of a' | sha256sum
    EXPECT_EQ(again.sha256, "8e56b639882ef91f67c597965dfb451cbd2e4b41d1a8cd9b01dd3241aa518796");
    EXPECT_EQ(support::read_file(must(library().media_path(id))), "content of a");
    EXPECT_EQ(must(library().session(session)).size_bytes, 12u);
    EXPECT_DOUBLE_EQ(must(library().session(session)).duration_s, 61.5);
}

TEST_F(LibraryTest, RecognisesTheSameContentAndCountsVersions)
{
    const SessionId session = must(library().create_session("S"));
    const SourceId first = add_source(session, "a.pdf", "one");
    const std::string sha256 = must(library().source(first)).sha256;
    EXPECT_FALSE(must(library().find_by_content(session, sha256))) << "still being read";
    finish(first);
    EXPECT_EQ(must(library().find_by_content(session, sha256))->id, first);
    EXPECT_FALSE(must(library().find_by_content(session + 1, sha256)));

    const SourceId changed = add_source(session, "a.pdf", "two");
    const SourceId same = add_source(session, "b.pdf", "one");

    EXPECT_EQ(must(library().source(changed)).version, 2);
    EXPECT_EQ(must(library().source(same)).version, 1);
    EXPECT_EQ(must(library().session(session)).size_bytes, 6u) << "shared content counts once";
}

TEST_F(LibraryTest, GivesBackPagesFramesSegmentsAndGaps)
{
    const SessionId session = must(library().create_session("S"));
    const SourceId source = add_source(session, "a.pdf", "one");
    Page page = page_of(source, 2, "Some text\nand more");
    page.label = "ii";
    page.line_starts = {0, 10};
    page.first_line = 5;
    page.by_ocr = true;
    const auto ids = must(library().add_page(page, std::vector{passage_of("Some text", 2)}));
    must(library().add_page(page_of(source, 1, "First page"), {}));

    EXPECT_THAT(must(library().page_numbers(source)), ElementsAre(1, 2));
    const Page again = must(library().page(source, 2));
    EXPECT_EQ(again.text, page.text);
    EXPECT_EQ(again.label, "ii");
    EXPECT_TRUE(again.by_ocr);
    EXPECT_EQ(again.first_line, 5);
    EXPECT_EQ(again.line_starts, page.line_starts);
    ASSERT_THAT(again.words, SizeIs(2));
    EXPECT_EQ(again.words[1].begin, 5u);
    EXPECT_EQ(again.words[0].box.x1, 0.3F);
    EXPECT_EQ(again.words[0].confidence, 0.9F);
    EXPECT_EQ(library().page(source, 3).error().code, ErrorCode::NotFound);

    const Passage passage = must(library().passage(ids.at(0)));
    EXPECT_EQ(passage.source, source);
    EXPECT_EQ(passage.session, session);
    EXPECT_EQ(passage.kind, "pdf");
    EXPECT_EQ(passage.end, 9u);
    EXPECT_FALSE(passage.start_s);

    Segment segment;
    segment.start_s = 1.5;
    segment.end_s = 3.25;
    segment.text = "hello there";
    segment.confidence = 0.75F;
    segment.speaker = "A";
    segment.language = "en";
    segment.words = {{1.5, 2.0, "hello", 0.5F}, {2.0, 3.25, "there", 1}};
    Passage spoken = passage_of("hello there", 0);
    spoken.start_s = 1.5;
    spoken.end_s = 3.25;
    must(library().add_segments(source, std::vector{segment}, std::vector{spoken}));
    const auto segments = must(library().segments(source));
    ASSERT_THAT(segments, SizeIs(1));
    EXPECT_EQ(segments[0].speaker, "A");
    ASSERT_THAT(segments[0].words, SizeIs(2));
    EXPECT_EQ(segments[0].words[1].text, "there");
    EXPECT_EQ(segments[0].words[1].end_s, 3.25);

    Frame frame;
    frame.source = source;
    frame.time_s = 4.5;
    frame.width_px = 640;
    frame.height_px = 360;
    frame.text = "Slide";
    frame.words = {{0, 5, {0, 0, 1, 1}, 0.5F}};
    const std::string jpeg = "not really a picture";
    must(library().add_frame(
        frame,
        std::as_bytes(std::span(jpeg)),
        std::vector{passage_of("Slide", 0)}));
    const auto frames = must(library().frames(source));
    ASSERT_THAT(frames, SizeIs(1));
    EXPECT_EQ(support::read_file(data_dir() / frames[0].image_path), jpeg);
    EXPECT_THAT(frames[0].words, SizeIs(1));

    must(library().add_gap({source, 10, 12, "no sound"}));
    EXPECT_EQ(must(library().gaps(source)).at(0).reason, "no sound");
}

TEST_F(LibraryTest, APageReadAgainReplacesItsPassages)
{
    const SessionId session = must(library().create_session("S"));
    const SourceId source = add_source(session, "a.pdf", "one");
    must(library().add_page(page_of(source, 1, "old"), std::vector{passage_of("zebra crossing")}));

    must(library().add_page(page_of(source, 1, "new"), std::vector{passage_of("giraffe")}));

    EXPECT_THAT(must(library().search_words("zebra", {}, 10)), IsEmpty());
    EXPECT_THAT(must(library().search_words("giraffe", {}, 10)), SizeIs(1));
    EXPECT_EQ(must(library().page(source, 1)).text, "new");
    EXPECT_THAT(must(library().check()), IsEmpty());
}

TEST_F(LibraryTest, KeepsTheConversationAndResults)
{
    const SessionId session = must(library().create_session("S"));
    const SourceId source = add_source(session, "a.pdf", "one");
    const auto passages =
        must(library().add_page(page_of(source, 1, "Text"), std::vector{passage_of("Text")}));
    Message answer;
    answer.session = session;
    answer.role = MessageRole::Answer;
    answer.text = "It is so [1].";
    answer.mode = "quoted";
    answer.outcome = "found";
    answer.engine = "starter";
    Citation citation;
    citation.source = source;
    citation.passage = passages[0];
    citation.page = 1;
    citation.boxes = {{0.1F, 0.2F, 0.3F, 0.4F}, {0, 0, 1, 1}};
    citation.quote = "Text";
    citation.marked_boxes = {{0.2F, 0.2F, 0.3F, 0.3F}};
    citation.marked_start_s = 3.5;
    const MessageId message = must(library().add_message(answer, std::vector{citation}));

    EXPECT_EQ(must(library().messages(session)).at(0).outcome, "found");
    const auto citations = must(library().citations(message));
    ASSERT_THAT(citations, SizeIs(1));
    EXPECT_EQ(citations[0].boxes[0].y1, 0.4F);
    EXPECT_EQ(citations[0].passage, passages[0]);
    EXPECT_FALSE(citations[0].start_s);
    ASSERT_THAT(citations[0].marked_boxes, SizeIs(1));
    EXPECT_EQ(citations[0].marked_boxes[0].x0, 0.2F);
    EXPECT_EQ(citations[0].marked_start_s, 3.5);
    EXPECT_FALSE(citations[0].marked_end_s);

    must(library().add_artifact({0, session, "minutes", "{}", {}}));
    must(library().add_note({0, session, 2.5, "remember", {}}));
    must(library().add_marker({0, source, 7, "here"}));
    must(library().set_setting("theme", "dark"));
    must(library().set_setting("theme", "light"));
    EXPECT_EQ(must(library().artifacts(session)).at(0).kind, "minutes");
    EXPECT_EQ(must(library().notes(session)).at(0).time_s, 2.5);
    EXPECT_EQ(must(library().markers(source)).at(0).label, "here");
    EXPECT_EQ(must(library().setting("theme")), "light");
    EXPECT_FALSE(must(library().setting("nothing")));
}

TEST_F(LibraryTest, KeepsWhatStandsBelowAnAnswer)
{
    const SessionId session = must(library().create_session("S"));
    const SourceId source = add_source(session, "a.pdf", "one");
    const auto passages =
        must(library().add_page(page_of(source, 1, "Text"), std::vector{passage_of("Text")}));
    Message answer;
    answer.session = session;
    answer.role = MessageRole::Answer;
    answer.text = "Not found.";
    answer.outcome = "not_found";
    answer.notes = {"One note.", "Another."};
    answer.not_covered = {"b.pdf was read in part."};
    answer.elapsed_s = 0.25;
    answer.new_tokens = 40;
    answer.prefill_s = 1.5;
    answer.decode_s = 2;
    const std::vector<NearPlace> nearest = {
        {source, passages[0], 1, {}, {}, "came nearest"},
        {source, 0, 0, 2.5, 4.0, "then this"}};
    const MessageId id = must(library().add_message(answer, {}, nearest));
    reopen();

    const Message kept = must(library().messages(session)).at(0);
    EXPECT_EQ(kept.notes, answer.notes);
    EXPECT_EQ(kept.not_covered, answer.not_covered);
    EXPECT_EQ(kept.elapsed_s, 0.25);
    EXPECT_EQ(kept.new_tokens, 40);
    EXPECT_EQ(kept.prefill_s, 1.5);
    EXPECT_EQ(kept.decode_s, 2);
    EXPECT_THAT(must(library().citations(id)), IsEmpty()) << "coming near is not being cited";
    const auto places = must(library().nearest(id));
    ASSERT_THAT(places, SizeIs(2));
    EXPECT_EQ(places[0].snippet, "came nearest");
    EXPECT_EQ(places[0].passage, passages[0]);
    EXPECT_EQ(places[0].page, 1);
    EXPECT_FALSE(places[0].start_s);
    EXPECT_EQ(places[1].passage, 0);
    EXPECT_EQ(places[1].start_s, 2.5);
    EXPECT_EQ(places[1].end_s, 4.0);
    const auto found = must(library().search_messages("found", {}, 9));
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].message.notes, answer.notes);
    EXPECT_GT(found[0].score, 0);

    must(library().trash_source(source));
    EXPECT_THAT(must(library().nearest(id)), IsEmpty());
    must(library().restore_source(source));
    EXPECT_THAT(must(library().nearest(id)), SizeIs(2));
    must(library().remove_source(source));
    EXPECT_THAT(must(library().nearest(id)), IsEmpty());
}

TEST_F(LibraryTest, SaysWhatDoesNotBelongTogether)
{
    EXPECT_EQ(library().add_page(page_of(77, 1, "x"), {}).error().code, ErrorCode::NotFound);
    EXPECT_EQ(library().add_gap({77, 0, 1, "x"}).error().code, ErrorCode::NotFound);
    Message message;
    message.session = 77;
    EXPECT_EQ(library().add_message(message, {}).error().code, ErrorCode::NotFound);
    Source described;
    const auto file = folder_.write("a", "x");
    EXPECT_EQ(library().begin_source(77, file, described).error().code, ErrorCode::NotFound);
    const SessionId session = must(library().create_session("S"));
    EXPECT_EQ(
        library().begin_source(session, folder_ / "none", described).error().code,
        ErrorCode::FileNotFound);
    EXPECT_EQ(
        library().begin_source(session, "/dev/null", described).error().code,
        ErrorCode::FileUnreadable);
}

} // namespace
