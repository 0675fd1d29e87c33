#include "app/answer/passages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using app::answer::passage_lines;
using app::answer::PassageBuilder;
using app::answer::spoken_sentences;
using testing::ElementsAre;
using testing::SizeIs;

namespace {

storage::Source source_of(std::string kind)
{
    storage::Source source;
    source.id = 7;
    source.session = 3;
    source.kind = std::move(kind);
    return source;
}

std::string sentences(int first, int last)
{
    std::string text;
    for (int i = first; i <= last; ++i)
        text += "This is the sentence number " + std::string(static_cast<std::size_t>(i), 'i') +
                " of it. ";
    return text;
}

storage::Segment segment(double start_s, double end_s, std::string text, std::string speaker = {})
{
    storage::Segment s;
    s.source = 7;
    s.start_s = start_s;
    s.end_s = end_s;
    s.text = std::move(text);
    s.speaker = std::move(speaker);
    s.language = "en";
    return s;
}

} // namespace

TEST(PassageBuilderTest, MakesFiveSentencesEveryTwo)
{
    PassageBuilder builder(source_of("pdf"));
    storage::Page page;
    page.source = 7;
    page.number = 12;
    page.text = sentences(1, 8);

    const auto passages = builder.add_page(page);

    ASSERT_THAT(passages, SizeIs(3)); // 1-5, 3-7, 5-8
    EXPECT_THAT(passage_lines(passages[0]), SizeIs(5));
    EXPECT_THAT(passage_lines(passages[2]), SizeIs(4));
    EXPECT_EQ(passages[0].page, 12);
    EXPECT_EQ(passages[0].source, 7);
    EXPECT_EQ(passages[0].session, 3);
    EXPECT_EQ(passages[0].language, "en");
    EXPECT_EQ(passages[0].begin, 0u);
    EXPECT_EQ(page.text.substr(passages[1].begin, 18), "This is the senten");
    EXPECT_FALSE(passages[0].start_s);
}

TEST(PassageBuilderTest, CarriesHeadingsOverPages)
{
    PassageBuilder builder(source_of("pdf"));
    storage::Page page;
    page.number = 1;
    page.text = "4.2 Frost and how to avoid it\n\n" + sentences(1, 1);
    const auto first = builder.add_page(page);
    page.number = 2;
    page.text = sentences(2, 2);
    const auto second = builder.add_page(page);

    ASSERT_THAT(second, SizeIs(1));
    const auto own = passage_lines(first[0]);
    ASSERT_THAT(own, SizeIs(2));
    EXPECT_TRUE(own[0].heading);
    EXPECT_FALSE(own[0].carried);
    const auto carried = passage_lines(second[0]);
    ASSERT_THAT(carried, SizeIs(2));
    EXPECT_TRUE(carried[0].carried);
    EXPECT_EQ(carried[0].text, "4.2 Frost and how to avoid it");
    EXPECT_EQ(second[0].begin, 0u);
}

TEST(PassageBuilderTest, GroupsSpeechWithItsTimes)
{
    PassageBuilder builder(source_of("audio"));
    std::vector<storage::Passage> passages;
    for (int i = 0; i < 7; ++i) {
        const std::vector batch{segment(i * 4.0, i * 4.0 + 3.0, "Somebody says something here.")};
        const auto made = builder.add_segments(batch);
        passages.insert(passages.end(), made.begin(), made.end());
    }
    const auto rest = builder.finish();
    passages.insert(passages.end(), rest.begin(), rest.end());

    ASSERT_THAT(passages, SizeIs(2)); // 1-5, 3-7; nothing left to say
    EXPECT_DOUBLE_EQ(*passages[0].start_s, 0.0);
    EXPECT_NEAR(*passages[0].end_s, 19.0, 0.2);
    EXPECT_DOUBLE_EQ(*passages[1].start_s, 8.0);
    EXPECT_EQ(passages[0].page, 0);
    EXPECT_EQ(passages[0].language, "en");
}

TEST(PassageBuilderTest, WaitsForTheEndOfASentenceThatSpansSegments)
{
    PassageBuilder builder(source_of("audio"));
    EXPECT_THAT(builder.add_segments(std::vector{segment(0, 3, "We move the compost")}), SizeIs(0));
    EXPECT_THAT(builder.add_segments(std::vector{segment(3, 5, "behind the shed.")}), SizeIs(0));
    const auto passages = builder.finish();

    ASSERT_THAT(passages, SizeIs(1));
    EXPECT_EQ(passages[0].text, "We move the compost behind the shed.");
    EXPECT_DOUBLE_EQ(*passages[0].start_s, 0.0);
    EXPECT_NEAR(*passages[0].end_s, 5.0, 0.01);
}

TEST(SpokenSentencesTest, EndWhereTheSpeakerChanges)
{
    const std::vector segments{
        segment(0, 2, "and so", "Ana"),
        segment(2, 4, "we agree", "Ben"),
        segment(9, 10, "later", "Ben")};
    const auto sentences_spoken = spoken_sentences(segments, "en");

    ASSERT_THAT(sentences_spoken, SizeIs(3)); // the last one by silence
    EXPECT_EQ(sentences_spoken[0].speaker, "Ana");
    EXPECT_EQ(sentences_spoken[1].text, "we agree");
    EXPECT_DOUBLE_EQ(sentences_spoken[2].start_s, 9.0);
}

TEST(SpokenSentencesTest, TakeTimesFromWords)
{
    auto s = segment(0, 10, " One two. Three.");
    s.words = {{1.0, 1.5, " One", 1}, {2.0, 2.5, " two.", 1}, {7.0, 8.0, " Three.", 1}};
    const auto spoken = spoken_sentences(std::vector{s}, "en");

    ASSERT_THAT(spoken, SizeIs(2));
    EXPECT_DOUBLE_EQ(spoken[0].start_s, 1.0);
    EXPECT_DOUBLE_EQ(spoken[0].end_s, 2.5);
    EXPECT_DOUBLE_EQ(spoken[1].start_s, 7.0);
}
