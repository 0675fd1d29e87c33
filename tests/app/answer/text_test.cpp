#include "app/answer/language.h"
#include "app/answer/passages.h"
#include "app/answer/stem.h"
#include "app/answer/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using app::answer::readable;
using app::answer::words_of;
using testing::ElementsAre;

TEST(ReadableTest, ResolvesLigaturesSpacesAndSoftHyphens)
{
    EXPECT_EQ(
        readable("  The ofﬁce\n of\u00A0the  con\u00ADtainer "),
        "The office of the container");
}

TEST(ReadableTest, JoinsAWordThatWasHyphenatedAtALineEnd)
{
    EXPECT_EQ(readable("the configu-\nration file"), "the configuration file");
    EXPECT_EQ(readable("the configu\u00AD\nration file"), "the configuration file");
}

TEST(ReadableTest, KeepsAHyphenThatThePageUsesElsewhere)
{
    const std::string page = "The command-\nline is a line. A command-line program.";
    EXPECT_EQ(readable(page.substr(0, 17), page), "The command-line");
}

TEST(ReadableTest, KeepsAHyphenBetweenTwoWordsOfThePage)
{
    const std::string page = "A user-\nspace driver: each user has a space.";
    EXPECT_EQ(readable(page.substr(0, 13), page), "A user-space");
}

TEST(WordsTest, AreLowerCaseWithoutDiacritics)
{
    EXPECT_THAT(
        words_of("Füße, Ärger: naïve IO_uring /etc/fstab"),
        ElementsAre("fuße", "arger", "naive", "io", "uring", "etc", "fstab"));
}

TEST(WordsTest, SurviveBrokenBytes)
{
    EXPECT_THAT(words_of("a\xFF\xFE b\xC3"), ElementsAre("a", "b"));
}

// Pairs from the algorithm's published vocabulary.
TEST(StemTest, FollowsPorter)
{
    using app::answer::stem;
    EXPECT_EQ(stem("caresses"), "caress");
    EXPECT_EQ(stem("ponies"), "poni");
    EXPECT_EQ(stem("agreed"), "agre");
    EXPECT_EQ(stem("plastered"), "plaster");
    EXPECT_EQ(stem("motoring"), "motor");
    EXPECT_EQ(stem("hopping"), "hop");
    EXPECT_EQ(stem("filing"), "file");
    EXPECT_EQ(stem("relational"), "relat");
    EXPECT_EQ(stem("conditional"), "condit");
    EXPECT_EQ(stem("installation"), "instal");
    EXPECT_EQ(stem("installing"), "instal");
    EXPECT_EQ(stem("adjustment"), "adjust");
    EXPECT_EQ(stem("probate"), "probat");
    EXPECT_EQ(stem("sky"), "sky");
}

TEST(LanguageTest, IsGuessedByFunctionWords)
{
    using app::answer::guess_language;
    EXPECT_EQ(
        guess_language("The file is read by the program when it starts, and then it is closed."),
        "en");
    EXPECT_EQ(
        guess_language(
            "Die Datei wird von dem Programm gelesen, wenn es startet, und dann ist sie zu."),
        "de");
    EXPECT_EQ(
        guess_language("Le fichier est lu par le programme et il est ensuite dans la liste."),
        "fr");
    EXPECT_EQ(guess_language("x = y + z * 4; foo(bar)"), "");
}

TEST(LanguageTest, ListsHaveNoCommentsOrBlanks)
{
    for (const auto& entry : app::answer::word_list("en", "abbreviations")) {
        EXPECT_FALSE(entry.empty() || entry.front() == '#') << entry;
    }
    EXPECT_TRUE(app::answer::in_list("en", "function_words", "the"));
    EXPECT_TRUE(app::answer::word_list("xx", "function_words").empty());
}
