// What the user corrects and takes back: transcripts, notes, questions, lines of summaries.
#include "tests/storage/library_fixture.h"

#include <gmock/gmock.h>

using namespace storage;
using namespace storage_test;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

class CorrectingTest : public LibraryTest {
protected:
    CorrectingTest()
        : session_(must(library().create_session("S"))),
          source_(add_source(session_, "talk.wav", "sound"))
    {
    }
    Passage spoken(const std::string& text)
    {
        Passage passage = passage_of(text, 0);
        passage.end = 0;
        passage.start_s = 0;
        passage.end_s = 2;
        return passage;
    }
    MessageId say(MessageRole role, const std::string& text)
    {
        Message message;
        message.session = session_;
        message.role = role;
        message.text = text;
        return must(library().add_message(message, {}));
    }
    std::size_t found(const std::string& words)
    {
        return must(library().search_words(words, {}, 9)).size();
    }

    SessionId session_;
    SourceId source_;
};

TEST_F(CorrectingTest, AnEditedLineIsFoundByItsNewWordsAndGoesBack)
{
    Segment segment;
    segment.end_s = 2;
    segment.text = "the quints is ripe";
    segment.speaker = "A";
    segment.words = {{0, 1, "the", 1}, {1, 2, " quints", 1}};
    const auto ids = must(
        library().add_segments(source_, std::vector{segment}, std::vector{spoken(segment.text)}));
    const std::vector<float> vector = {1, 0};
    must(library().add_vectors(ids, std::vector<std::vector<float>>{vector}));
    Message message;
    message.session = session_;
    Citation citation;
    citation.source = source_;
    citation.passage = ids[0];
    citation.quote = "the quints is ripe";
    citation.start_s = 0;
    const MessageId answer = must(library().add_message(message, std::vector{citation}));
    const auto id = must(library().segments(source_)).at(0).id;

    must(library().edit_segment(
        {id, "the quince is ripe", "Ana", ids, {spoken("the quince is ripe")}}));

    const Segment edited = must(library().segment(id));
    EXPECT_EQ(edited.text, "the quints is ripe") << "what was recognised stays";
    EXPECT_EQ(edited.edited, "the quince is ripe");
    EXPECT_EQ(edited.speaker, "Ana");
    EXPECT_THAT(edited.words, SizeIs(2));
    EXPECT_EQ(must(library().segments(source_)).at(0).edited, edited.edited);
    EXPECT_EQ(found("quince"), 1u);
    EXPECT_EQ(found("quints"), 0u);
    EXPECT_THAT(must(library().search_vectors(vector, {}, 9)), IsEmpty()) << "of the old words";
    const auto due = must(library().passages_without_vector(9));
    ASSERT_THAT(due, SizeIs(1));
    EXPECT_EQ(must(library().citations(answer)).at(0).quote, "the quints is ripe");
    EXPECT_EQ(must(library().citations(answer)).at(0).passage, 0);

    must(library().edit_segment({id, {}, "A", {due[0].id}, {spoken("the quints is ripe")}}));
    EXPECT_FALSE(must(library().segment(id)).edited);
    EXPECT_EQ(must(library().segment(id)).speaker, "A");
    EXPECT_EQ(found("quince"), 0u);
    EXPECT_EQ(found("quints"), 1u);
    EXPECT_THAT(must(library().check()), IsEmpty());
}

TEST_F(CorrectingTest, ManyLinesChangeTogetherOrNotAtAll)
{
    std::vector<Segment> lines(3);
    for (int i = 0; i < 3; ++i) lines[static_cast<std::size_t>(i)].start_s = i;
    must(library().add_segments(source_, lines, {}));
    std::vector<SegmentEdit> edits;
    for (const auto& line : must(library().segments(source_)))
        edits.push_back({line.id, {}, "Ana", {}, {}});
    edits.push_back({99, {}, "Ana", {}, {}});

    EXPECT_EQ(library().edit_segments(edits).error().code, ErrorCode::NotFound);
    for (const auto& line : must(library().segments(source_))) EXPECT_EQ(line.speaker, "");
    edits.pop_back();
    must(library().edit_segments(edits));
    for (const auto& line : must(library().segments(source_))) EXPECT_EQ(line.speaker, "Ana");
}

TEST_F(CorrectingTest, APartOfARecordingIsReadAlone)
{
    std::vector<Segment> lines(5);
    for (int i = 0; i < 5; ++i) lines[static_cast<std::size_t>(i)].start_s = 10 * i;
    must(library().add_segments(source_, lines, {}));
    Frame frame;
    frame.source = source_;
    const std::string image = "picture";
    for (const double time_s : {0.0, 15.0, 30.0}) {
        frame.time_s = time_s;
        must(library().add_frame(frame, std::as_bytes(std::span(image)), {}));
    }
    const auto starts = [&](TimeSpan span) {
        std::vector<double> found;
        for (const auto& line : must(library().segments(source_, span)))
            found.push_back(line.start_s);
        return found;
    };

    EXPECT_THAT(starts({15, 30}), ElementsAre(10, 20, 30));
    EXPECT_THAT(starts({20, 29}), ElementsAre(20));
    EXPECT_THAT(starts({-5, -1}), IsEmpty());
    EXPECT_THAT(starts({100, 200}), ElementsAre(40));
    EXPECT_THAT(starts({}), SizeIs(5));
    EXPECT_THAT(must(library().frames(source_, {1, 15})), SizeIs(1));
    EXPECT_THAT(must(library().frames(source_)), SizeIs(3));
}

TEST_F(CorrectingTest, AnEditThatIsOutOfDateChangesNothing)
{
    Segment segment;
    segment.text = "one";
    const auto ids =
        must(library().add_segments(source_, std::vector{segment}, std::vector{spoken("one")}));
    const auto id = must(library().segments(source_)).at(0).id;
    must(library().edit_segment({id, "two", "", ids, {spoken("two")}}));

    const auto late = library().edit_segment({id, "three", "", ids, {spoken("three")}});

    EXPECT_EQ(late.error().code, ErrorCode::Unavailable);
    EXPECT_EQ(must(library().segment(id)).edited, "two");
    EXPECT_EQ(found("two"), 1u);
    EXPECT_EQ(found("three"), 0u);
    EXPECT_EQ(library().edit_segment({99, "x", "", {}, {}}).error().code, ErrorCode::NotFound);
}

TEST_F(CorrectingTest, NotesAndMarkersChangeAndGo)
{
    const auto note = must(library().add_note({0, session_, 1.5, "call the quarry", {}}));
    must(library().update_note(note, "call the foundry"));
    EXPECT_EQ(must(library().notes(session_)).at(0).text, "call the foundry");
    EXPECT_EQ(must(library().notes(session_)).at(0).time_s, 1.5);
    EXPECT_THAT(must(library().search_notes("quarry", {}, 9)), IsEmpty());
    EXPECT_THAT(must(library().search_notes("Foundries", {}, 9)), SizeIs(1)) << "by stem";
    must(library().delete_note(note));
    EXPECT_THAT(must(library().notes(session_)), IsEmpty());
    EXPECT_THAT(must(library().search_notes("foundry", {}, 9)), IsEmpty());
    EXPECT_EQ(library().delete_note(note).error().code, ErrorCode::NotFound);
    EXPECT_EQ(library().update_note(note, "x").error().code, ErrorCode::NotFound);

    const auto marker = must(library().add_marker({0, source_, 1, "here"}));
    must(library().delete_marker(marker));
    EXPECT_THAT(must(library().markers(source_)), IsEmpty());
    EXPECT_EQ(library().delete_marker(marker).error().code, ErrorCode::NotFound);
}

TEST_F(CorrectingTest, AQuestionIsTakenBackWithAllThatFollowed)
{
    say(MessageRole::Question, "first question");
    say(MessageRole::Answer, "first answer");
    const auto second = say(MessageRole::Question, "second question");
    say(MessageRole::Answer, "second answer about plums");
    const SessionId other = must(library().create_session("Other"));
    Message elsewhere;
    elsewhere.session = other;
    elsewhere.text = "later, of another session: plums";
    must(library().add_message(elsewhere, {}));

    must(library().delete_messages_from(session_, second));

    std::vector<std::string> left;
    for (const auto& message : must(library().messages(session_))) left.push_back(message.text);
    EXPECT_THAT(left, ElementsAre("first question", "first answer"));
    EXPECT_THAT(must(library().messages(other)), SizeIs(1));
    EXPECT_THAT(must(library().search_messages("plum", {}, 9)), SizeIs(1));
    EXPECT_EQ(library().delete_messages_from(session_, second).error().code, ErrorCode::NotFound);
}

TEST_F(CorrectingTest, MessagesAndNotesAreFoundInTheirSessions)
{
    say(MessageRole::Question, "when is the bridge closed");
    say(MessageRole::Answer, "The bridge is closed on Sunday; the bridge again.");
    must(library().add_note({0, session_, {}, "bridge", {}}));
    const SessionId other = must(library().create_session("Bridge works"));

    const auto hits = must(library().search_messages("bridges", {}, 9));
    ASSERT_THAT(hits, SizeIs(2));
    EXPECT_GE(hits[0].score, hits[1].score);
    EXPECT_GT(hits[1].score, 0);
    EXPECT_EQ(hits[0].message.role, MessageRole::Answer);
    EXPECT_EQ(hits[0].message.session, session_);
    EXPECT_THAT(must(library().search_messages("bridge", {}, 1)), SizeIs(1));
    EXPECT_THAT(must(library().search_messages("bridge", std::vector{other}, 9)), IsEmpty());
    EXPECT_THAT(must(library().search_notes("bridge", std::vector{session_}, 9)), SizeIs(1));
    EXPECT_THAT(must(library().search_messages("\" AND *", {}, 9)), IsEmpty());
    ASSERT_THAT(must(library().search_names("brid", 9)), SizeIs(1));
    EXPECT_EQ(must(library().search_names("brid", 9))[0].session.id, other);
}

TEST_F(CorrectingTest, AMovedLineIsRememberedUntilItIsMovedBack)
{
    const ItemMove move{session_, source_, 0, 12.5, "We take offer B.", "check", "decisions", {}};
    must(library().move_item(move));
    must(library().move_item({session_, source_, 3, {}, "Ring Ana.", "decisions", "actions", {}}));
    auto moves = must(library().item_moves(session_));
    ASSERT_THAT(moves, SizeIs(2));
    EXPECT_EQ(moves[0].quote, "We take offer B.");
    EXPECT_EQ(moves[0].start_s, 12.5);
    EXPECT_EQ(moves[0].from, "check");
    EXPECT_EQ(moves[0].to, "decisions");
    EXPECT_THAT(moves[0].created, testing::Not(IsEmpty()));
    EXPECT_EQ(moves[1].page, 3);

    must(library().move_item({session_, source_, 0, 12.5, move.quote, "decisions", "actions", {}}));
    moves = must(library().item_moves(session_));
    ASSERT_THAT(moves, SizeIs(2));
    EXPECT_EQ(moves[1].from, "check") << "where it came from first";
    EXPECT_EQ(moves[1].to, "actions");

    must(library().move_item({session_, source_, 0, 12.5, move.quote, "actions", "check", {}}));
    EXPECT_THAT(must(library().item_moves(session_)), SizeIs(1));
    must(library().delete_session(session_));
    EXPECT_THAT(must(library().item_moves(session_)), IsEmpty());
}

} // namespace
