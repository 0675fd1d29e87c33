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
