#include "app/answer/sentences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using app::answer::RepeatedLines;
using app::answer::Sentence;
using app::answer::split_sentences;
using app::answer::split_spoken;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

std::vector<std::string> texts(const std::vector<Sentence>& sentences)
{
    std::vector<std::string> all;
    all.reserve(sentences.size());
    for (const auto& sentence : sentences) all.push_back(sentence.text);
    return all;
}

} // namespace

TEST(SentencesTest, GoOnOverLineEndsAndKnowTheirBytes)
{
    const std::string page =
        "The first sentence of the page goes on\nover a line end here. The second one is short.\n";
    const auto sentences = split_sentences(page, "en");

    ASSERT_EQ(sentences.size(), 2u);
    EXPECT_EQ(sentences[0].text, "The first sentence of the page goes on over a line end here.");
    EXPECT_EQ(
        page.substr(sentences[1].begin, sentences[1].end - sentences[1].begin),
        "The second one is short.");
}

TEST(SentencesTest, DoNotEndAtAbbreviationsInitialsAndNumbers)
{
    EXPECT_THAT(
        texts(split_spoken(
            "See Dr. Smith, e.g. W. N. Venables, version 4.2 or No. 7. It works. see below.",
            "en")),
        ElementsAre(
            "See Dr. Smith, e.g. W. N. Venables, version 4.2 or No. 7.",
            "It works. see below."));
}

TEST(SentencesTest, KeepTheNumberOfAStepWithIt)
{
    EXPECT_THAT(
        texts(split_sentences(
            "1. Remove the lock. Keep it.\n2. Fill the tank with cold water.\n",
            "en")),
        ElementsAre("1. Remove the lock.", "Keep it.", "2. Fill the tank with cold water."));
}

TEST(SentencesTest, EndAtTheMarksOfOtherLanguages)
{
    EXPECT_THAT(
        texts(split_spoken("これは本です。あれはペンです！", "ja")),
        ElementsAre("これは本です。", "あれはペンです！"));
    EXPECT_THAT(
        texts(split_spoken("यह किताब है। वह कलम है।", "hi")),
        ElementsAre("यह किताब है।", "वह कलम है।"));
    EXPECT_THAT(
        texts(split_spoken("هل هذا كتاب؟ نعم.", "ar")),
        ElementsAre("هل هذا كتاب؟", "نعم."));
}

TEST(SentencesTest, LeaveOutTablesOfContents)
{
    EXPECT_THAT(
        texts(split_sentences("1.1 The beginning . . . . . . 4\n1.2 The end........ 9\n", "en")),
        IsEmpty());
}

TEST(SentencesTest, KeepTheLinesOfAListingApart)
{
    EXPECT_THAT(
        texts(split_sentences(
            "$ make -j4 all && ./run --fast=1\n$ ls -l /tmp/{a,b} | wc -l > out\n",
            "en")),
        ElementsAre("$ make -j4 all && ./run --fast=1", "$ ls -l /tmp/{a,b} | wc -l > out"));
}

TEST(SentencesTest, JoinATermWithItsDescription)
{
    EXPECT_THAT(
        texts(split_sentences(
            "fstab\n\nStatic information about the filesystems of this machine\n",
            "en")),
        ElementsAre("fstab Static information about the filesystems of this machine"));
}

TEST(SentencesTest, FindHeadings)
{
    const auto sentences = split_sentences(
        "5.17\n\nNEWS\n\nThe command installs this file, which is shown to the user.\n\n"
        "3.2.1 I know that this is based on it. So can I use the\ntools on it?\n"
        "You will still be able to use the tools by pointing the file to them.\n",
        "en");

    ASSERT_EQ(sentences.size(), 4u);
    EXPECT_TRUE(sentences[0].heading);
    EXPECT_EQ(sentences[0].text, "5.17 NEWS");
    EXPECT_TRUE(sentences[2].heading);
    EXPECT_EQ(
        sentences[2].text,
        "3.2.1 I know that this is based on it. So can I use the tools on it?");
    EXPECT_FALSE(sentences[3].heading);
}

TEST(SentencesTest, TakeHashesForTitlesInMarkdownOnly)
{
    const std::string page = "# Paths to leave alone\n\nThey are given as patterns, one a line.\n";
    EXPECT_FALSE(split_sentences(page, "en").front().heading);
    app::answer::PageLooks markdown;
    markdown.titles_have_hashes = true;
    EXPECT_TRUE(split_sentences(page, "en", {}, markdown).front().heading);
}

TEST(SentencesTest, TakeNoRowOfATableForATitle)
{
    const auto sentences = split_sentences(
        "2.48      same compiler   no interop   full\n\n"
        "Both ends of a connection have to be of the same version of the program.\n",
        "en");
    EXPECT_FALSE(sentences.front().heading);
}

TEST(SentencesTest, DoNotJoinANumberWithATitleBehindLinesLeftOut)
{
    EXPECT_THAT(
        texts(split_sentences(
            "5\n\nOlder versions . . . . . . 14\n\nInstallation instructions\n",
            "en")),
        ElementsAre("Installation instructions"));
}

TEST(SentencesTest, TakeAnyBytes)
{
    std::string bytes;
    for (int i = 0; i < 4000; ++i) bytes += static_cast<char>((i * 7919) >> 3);
    for (const auto& sentence : split_sentences(bytes, "en")) {
        EXPECT_LE(sentence.begin, sentence.end);
        EXPECT_LE(sentence.end, bytes.size());
    }
    EXPECT_THAT(split_sentences("", "en"), IsEmpty());
    EXPECT_THAT(split_sentences("\n\n \f\n", "en"), IsEmpty());
}

TEST(SentencesTest, CutWhatNeverEnds)
{
    const std::string endless(5000, 'x');
    const auto sentences = split_sentences(endless, "en");
    ASSERT_GT(sentences.size(), 5u);
    EXPECT_EQ(sentences.back().end, 5000u);
}

TEST(RepeatedLinesTest, DropHeadsAndFeetFromTheThirdPageOn)
{
    RepeatedLines repeated;
    const auto page = [](int n) {
        std::string text = "A Guide to Everything " + std::to_string(n) + " / 57\n";
        for (char line = 'a'; line < 'h'; ++line)
            text += std::string(static_cast<std::size_t>(n), line) + "\n";
        return text;
    };
    EXPECT_THAT(repeated.see(page(1)), IsEmpty());
    EXPECT_THAT(repeated.see(page(2)), IsEmpty());
    EXPECT_THAT(repeated.see(page(3)), ElementsAre(0u));
    EXPECT_THAT(repeated.see(page(4)), ElementsAre(0u));
}

TEST(RepeatedLinesTest, ForgetTheHeadOfAnEarlierChapter)
{
    RepeatedLines repeated;
    for (int i = 0; i < 4; ++i)
        (void)repeated.see("Chapter One\nbody " + std::string(static_cast<std::size_t>(i), 'a'));
    for (int i = 0; i < 20; ++i)
        (void)repeated.see("other " + std::string(static_cast<std::size_t>(i), 'b'));
    EXPECT_THAT(repeated.see("Chapter One\nnew body"), IsEmpty());
}
