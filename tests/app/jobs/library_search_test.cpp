// Search over everything, and transcripts that the user corrects.
#include "app/library_search.h"

#include "app/answer/passages.h"
#include "app/transcript_edit.h"
#include "tests/storage/library_fixture.h"

#include <algorithm>
#include <gmock/gmock.h>

using namespace app;
using storage_test::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Group = LibraryHit::Group;

namespace {

class LibrarySearchTest : public storage_test::LibraryTest {
protected:
    LibrarySearchTest() : session_(must(library().create_session("Orchard talk"))) {}

    storage::Source begin(const std::string& name, const std::string& kind)
    {
        const auto file = folder_.write(name, name);
        storage::Source described;
        described.path = file.string();
        described.kind = kind;
        return must(library().source(must(library().begin_source(session_, file, described))));
    }
    /// A recording of these lines, four seconds each, with its passages.
    storage::SourceId record(const std::vector<std::string>& lines)
    {
        const auto source = begin("talk.wav", "audio");
        std::vector<storage::Segment> segments;
        for (const auto& line : lines) {
            storage::Segment segment;
            segment.start_s = 4.0 * static_cast<double>(segments.size());
            segment.end_s = segment.start_s + 4;
            segment.text = line;
            segment.language = "en";
            segment.speaker = "A";
            segments.push_back(segment);
        }
        answer::PassageBuilder builder(source);
        auto passages = builder.add_segments(segments);
        for (auto& passage : builder.finish()) passages.push_back(std::move(passage));
        must(library().add_segments(source.id, segments, passages));
        finish(source.id);
        return source.id;
    }
    void write_page(const std::string& name, const std::string& text)
    {
        const auto source = begin(name, "pdf");
        storage::Page page;
        page.source = source.id;
        page.text = text;
        answer::PassageBuilder builder(source, "en");
        must(library().add_page(page, builder.add_page(page)));
        finish(source.id);
    }
    std::vector<LibraryHit> search(const std::string& query, const storage::SearchScope& scope = {})
    {
        return must(search_library(query, scope, 5, library(), nullptr));
    }
    static std::vector<std::string> marked(const LibraryHit& hit)
    {
        std::vector<std::string> words;
        for (const auto& [begin, end] : hit.matched)
            words.push_back(hit.snippet.substr(begin, end - begin));
        return words;
    }

    storage::SessionId session_;
};

TEST_F(LibrarySearchTest, FindsEverythingTextualGroupByGroup)
{
    record({"We met early.", "The quinces are ripe in October.", "Nothing else was said."});
    write_page("guide.pdf", "A quince tree wants sun. It grows slowly.");
    storage::Message message;
    message.session = session_;
    message.role = storage::MessageRole::Answer;
    message.text = "First line.\n“The quince is ripe.” [1]";
    const auto id = must(library().add_message(message, {}));
    must(library().add_note({0, session_, 12.0, "Buy quince jam", {}}));
    const auto other = must(library().create_session("Quince recipes"));
    must(library().set_tags(session_, std::vector<std::string>{"quinces"}));

    const auto hits = search("ripe quince");

    std::vector<Group> groups(hits.size());
    std::ranges::transform(hits, groups.begin(), &LibraryHit::group);
    ASSERT_THAT(groups, ElementsAre(Group::Said, Group::Read, Group::Answered, Group::Note));
    EXPECT_EQ(hits[0].session, session_);
    EXPECT_EQ(hits[0].session_name, "Orchard talk");
    EXPECT_EQ(hits[0].kind, "audio");
    EXPECT_THAT(hits[0].path, HasSubstr("talk.wav"));
    EXPECT_DOUBLE_EQ(*hits[0].start_s, 4.0) << "the moment of the sentence, not of its passage";
    EXPECT_EQ(hits[0].snippet, "The quinces are ripe in October.");
    EXPECT_THAT(marked(hits[0]), ElementsAre("quinces", "ripe"));
    EXPECT_EQ(hits[1].page, 1);
    EXPECT_EQ(hits[2].message, id);
    EXPECT_EQ(hits[2].snippet, "“The quince is ripe.” [1]");
    EXPECT_EQ(hits[3].start_s, 12.0);
    EXPECT_THAT(marked(hits[3]), ElementsAre("quince"));

    const auto names = search("quin");
    ASSERT_THAT(names, SizeIs(2)) << "as it is typed";
    EXPECT_EQ(names[0].group, Group::Session);
    EXPECT_EQ(names[0].session, other);
    EXPECT_EQ(names[1].snippet, "Orchard talk · quinces");
    EXPECT_THAT(marked(names[1]), ElementsAre("quinces"));

    EXPECT_THAT(
        search("quince", {{other}, {}, {}}),
        ElementsAre(testing::Field(&LibraryHit::group, Group::Session)));
    for (const auto& hit : search("quince", {{}, {}, {"pdf"}})) EXPECT_EQ(hit.group, Group::Read);
    EXPECT_FALSE(search_library("", {}, 5, library(), nullptr));
}

TEST_F(LibrarySearchTest, ANoteWithFewOfTheWordsIsNoHit)
{
    must(library().add_note({0, session_, {}, "the gate of the north field", {}}));

    EXPECT_THAT(search("where is the key of the gate"), SizeIs(1)) << "one of two words";
    EXPECT_THAT(search("where is the key of the gate kept overnight"), IsEmpty());
}

TEST_F(LibrarySearchTest, AnEditedLineIsSearchedByItsNewWords)
{
    const auto source = record(
        {"We met early.",
         "The quints are ripe.",
         "They taste of honey.",
         "Next comes the hedge.",
         "It is too high.",
         "The gate is painted green.",
         "The fence needs a nail.",
         "That was the last point."});
    const auto before = must(library().passages(source));
    ASSERT_THAT(before, SizeIs(3));
    const auto line = must(library().segments(source)).at(1).id;

    must(set_segment_edit(library(), line, "  The quinces are\nripe. "));

    EXPECT_EQ(must(library().segment(line)).edited, "The quinces are ripe.");
    EXPECT_THAT(search("quince"), SizeIs(1));
    EXPECT_EQ(search("quince")[0].snippet, "The quinces are ripe.");
    EXPECT_DOUBLE_EQ(*search("quince")[0].start_s, 4.0);
    EXPECT_THAT(search("quints"), IsEmpty());
    const auto after = must(library().passages(source));
    ASSERT_THAT(after, SizeIs(3));
    EXPECT_EQ(after[0].text.substr(0, 35), "We met early.\nThe quinces are ripe.");
    EXPECT_NE(after[0].id, before[0].id);
    EXPECT_EQ(after[2].id, before[2].id) << "where nothing changed, the vector stays";

    must(set_segment_edit(library(), line, std::nullopt));
    EXPECT_FALSE(must(library().segment(line)).edited);
    EXPECT_THAT(search("quints"), SizeIs(1));
    EXPECT_EQ(must(library().passages(source)).at(0).text, before[0].text);

    must(set_segment_edit(library(), line, "")); // taken out
    EXPECT_THAT(search("quints"), IsEmpty());
    EXPECT_THAT(search("honey"), SizeIs(1));
    EXPECT_EQ(set_segment_edit(library(), 999, "x").error().code, ErrorCode::NotFound);
}

TEST_F(LibrarySearchTest, ASpeakerGetsANameEverywhere)
{
    const auto source = record({"We met early.", "The hedge is too high."});

    EXPECT_EQ(must(rename_speaker(library(), source, "A", "Ana")), 2);
    for (const auto& segment : must(library().segments(source))) {
        EXPECT_EQ(segment.speaker, "Ana");
        EXPECT_FALSE(segment.edited);
    }
    must(set_segment_speaker(library(), must(library().segments(source)).at(1).id, "Ben"));
    EXPECT_EQ(must(library().segments(source)).at(1).speaker, "Ben");
    EXPECT_THAT(search("hedge"), SizeIs(1));

    std::vector<std::int64_t> lines;
    for (const auto& segment : must(library().segments(source))) lines.push_back(segment.id);
    must(set_speaker_of(library(), lines, "Cleo"));
    for (const auto& segment : must(library().segments(source))) EXPECT_EQ(segment.speaker, "Cleo");
    EXPECT_THAT(search("hedge"), SizeIs(1));
    lines.push_back(999);
    EXPECT_EQ(set_speaker_of(library(), lines, "Dan").error().code, ErrorCode::NotFound);
    EXPECT_EQ(must(library().segments(source)).at(0).speaker, "Cleo") << "all or none";
    must(set_speaker_of(library(), {}, "Dan"));
}

} // namespace
