#include "app/answer/citation.h"

#include "tests/app/answer/memory_library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using app::answer::cite;
using app::answer::line_boxes;
using app::answer::locate;
using app::answer::locate_in_speech;
using testing::SizeIs;

namespace {

std::string at(std::string_view text, std::optional<app::answer::ByteRange> range)
{
    return range ? std::string(text.substr(range->begin, range->end - range->begin)) : "(nowhere)";
}

} // namespace

TEST(LocateTest, OverlooksSpacesHyphenationLigaturesAndMarks)
{
    const std::string page = "He said:  “the ofﬁce con-\nfiguration — 12 of\nthem”. End.";
    EXPECT_EQ(
        at(page, locate("\"the office configuration - 12 of them\"", page)),
        "“the ofﬁce con-\nfiguration — 12 of\nthem”");
    EXPECT_EQ(at(page, locate("con-figuration", page)), "con-\nfiguration");
}

TEST(LocateTest, DoesNotOverlookAnythingElse)
{
    EXPECT_FALSE(locate("the limit is 30", "the limit is 3 0 files"));
    EXPECT_FALSE(locate("use -x here", "use x here"));
    EXPECT_FALSE(locate("use --option", "use -option"));
    EXPECT_FALSE(locate("cannot", "can't"));
    EXPECT_FALSE(locate("", "text"));
    EXPECT_FALSE(locate(" \n", "text"));
}

TEST(LocateTest, PrefersThePlaceNearby)
{
    const std::string page = "same words. other. same words.";
    EXPECT_EQ(locate("same words", page)->begin, 0u);
    EXPECT_EQ(locate("same words", page, 5)->begin, 19u);
    EXPECT_EQ(locate("same words", page, 25)->begin, 0u);
}

TEST(LineBoxesTest, MergesWordsOfALine)
{
    const std::vector<storage::Word> words = {
        {0, 3, {0.1f, 0.10f, 0.2f, 0.12f}, 1},
        {4, 7, {0.21f, 0.10f, 0.3f, 0.12f}, 1},
        {8, 11, {0.1f, 0.13f, 0.2f, 0.15f}, 1},
        {12, 15, {0.21f, 0.13f, 0.3f, 0.15f}, 1}};
    const auto boxes = line_boxes(words, {4, 11});

    ASSERT_THAT(boxes, SizeIs(2));
    EXPECT_FLOAT_EQ(boxes[0].x0, 0.21f);
    EXPECT_FLOAT_EQ(boxes[1].x1, 0.2f);
    EXPECT_THAT(line_boxes(words, {0, 15}), SizeIs(2));
}

// The words between them belong to another column and would be marked too.
TEST(LineBoxesTest, KeepsCellsOfATableApart)
{
    const std::vector<storage::Word> words = {
        {0, 3, {0.1f, 0.10f, 0.2f, 0.12f}, 1},
        {4, 7, {0.5f, 0.10f, 0.6f, 0.12f}, 1}};
    EXPECT_THAT(line_boxes(words, {0, 7}), SizeIs(2));
}

TEST(LocateInSpeechTest, GivesTheTimesOfTheWordsNearest)
{
    storage::Segment first;
    first.start_s = 0;
    first.end_s = 10;
    first.words = {{1, 2, " We", 1}, {2, 3, " agree.", 1}};
    storage::Segment second;
    second.start_s = 20;
    second.end_s = 25;
    second.text = "We agree.";
    const std::vector segments{first, second};

    EXPECT_EQ(locate_in_speech("We agree.", segments), std::make_pair(1.0, 3.0));
    EXPECT_EQ(locate_in_speech("We agree.", segments, 21.0), std::make_pair(20.0, 25.0));
    EXPECT_FALSE(locate_in_speech("We disagree.", segments));
}

TEST(CiteTest, MarksThePartOfTheQuoteThatIsMeant)
{
    tests::MemoryLibrary library;
    storage::Page page;
    page.source = 1;
    page.number = 1;
    page.text = "Saw 2 euros\nLathe 5 euros\nSaw 2 euros\nDrill free";
    page.words = {
        {0, 11, {0.1f, 0.10f, 0.3f, 0.12f}, 1},
        {12, 25, {0.1f, 0.20f, 0.3f, 0.22f}, 1},
        {26, 37, {0.1f, 0.30f, 0.3f, 0.32f}, 1},
        {38, 48, {0.1f, 0.40f, 0.3f, 0.42f}, 1}};
    ASSERT_TRUE(library.add_page(page, {}));
    storage::Passage passage;
    passage.source = 1;
    passage.page = 1;
    const std::string quote = "Lathe 5 euros Saw 2 euros Drill free";

    const auto row = cite(library, passage, quote, 1, "Saw 2 euros");
    ASSERT_TRUE(row && *row);
    EXPECT_THAT((*row)->boxes, SizeIs(3));
    ASSERT_THAT((*row)->marked_boxes, SizeIs(1));
    EXPECT_FLOAT_EQ((*row)->marked_boxes[0].y0, 0.30f) << "the one inside the quote";
    EXPECT_THAT((*cite(library, passage, quote, 1, quote))->marked_boxes, SizeIs(0));
    EXPECT_THAT((*cite(library, passage, quote, 1, "Anvil"))->marked_boxes, SizeIs(0));
}

TEST(CiteTest, FindsAQuoteFarFromItsPassageAndReadsLittleForANearOne)
{
    tests::MemoryLibrary library;
    std::vector<storage::Segment> hour;
    for (int i = 0; i < 360; ++i) {
        storage::Segment segment;
        segment.start_s = 10 * i;
        segment.end_s = 10 * i + 9;
        segment.text = "Number " + std::to_string(i) + ".";
        hour.push_back(segment);
    }
    ASSERT_TRUE(library.add_segments(1, hour, {}));
    storage::Passage passage;
    passage.source = 1;
    passage.start_s = 1800;
    passage.end_s = 1840;

    const auto near = cite(library, passage, "Number 181.", 1);
    ASSERT_TRUE(near && *near);
    EXPECT_EQ((*near)->start_s, 1810);
    EXPECT_LT(library.segments_read(), 30U);
    const auto far = cite(library, passage, "Number 5.", 1);
    ASSERT_TRUE(far && *far);
    EXPECT_EQ((*far)->start_s, 50);
}

TEST(CiteTest, MarksTheSentenceThatIsMeantInSpeech)
{
    tests::MemoryLibrary library;
    storage::Segment segment;
    segment.start_s = 10;
    segment.end_s = 16;
    segment.words = {
        {10, 11, " Good", 1},
        {11, 12, " morning.", 1},
        {13, 14, " Sales", 1},
        {14, 14.5, " rose.", 1},
        {15, 16, " Thanks.", 1}};
    ASSERT_TRUE(library.add_segments(1, std::vector{segment}, {}));
    storage::Passage passage;
    passage.source = 1;
    passage.start_s = 10;

    const auto cited =
        cite(library, passage, "Good morning. Sales rose. Thanks.", 1, "Sales rose.");
    ASSERT_TRUE(cited && *cited);
    EXPECT_EQ((*cited)->start_s, 10);
    EXPECT_EQ((*cited)->end_s, 16);
    EXPECT_EQ((*cited)->marked_start_s, 13);
    EXPECT_EQ((*cited)->marked_end_s, 14.5);
    EXPECT_FALSE((*cite(library, passage, "Sales rose.", 1, "Thanks."))->marked_start_s);
}

TEST(CiteTest, DropsWhatDoesNotStandOnThePage)
{
    tests::MemoryLibrary library;
    storage::Page page;
    page.source = 1;
    page.number = 4;
    page.text = "The limit is ten files.";
    page.words = {{0, 3, {0.1f, 0.1f, 0.2f, 0.2f}, 1}};
    ASSERT_TRUE(library.add_page(page, {}));
    storage::Passage passage;
    passage.source = 1;
    passage.page = 4;

    const auto good = cite(library, passage, "The limit", 2);
    ASSERT_TRUE(good && *good);
    EXPECT_EQ((*good)->n, 2);
    EXPECT_EQ((*good)->page, 4);
    EXPECT_THAT((*good)->boxes, SizeIs(1));
    const auto bad = cite(library, passage, "The limit is twelve files.", 2);
    ASSERT_TRUE(bad);
    EXPECT_FALSE(*bad);
    passage.page = 5;
    EXPECT_FALSE(cite(library, passage, "The limit", 2)); // NotFound
}
