#include "engine/text/word_piece.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using engine::text::WordPiece;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr int kUnk = 1, kCls = 2, kSep = 3, kIn = 4, kInvoi = 5, kCe = 6, kDot = 7, kBracket = 8;

WordPiece tiny()
{
    return *WordPiece::build(
        {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "in", "invoi", "##ce", ".", "[", "é"},
        "vocab.txt");
}

TEST(WordPieceTest, TakesTheLongestPieceFirst)
{
    EXPECT_THAT(tiny().encode("Invoice.", 256), ElementsAre(kCls, kInvoi, kCe, kDot, kSep));
    EXPECT_THAT(tiny().encode("in", 256), ElementsAre(kCls, kIn, kSep));
    EXPECT_THAT(tiny().encode("", 256), ElementsAre(kCls, kSep));
}

TEST(WordPieceTest, AWordThatCannotBeFinishedIsUnknownAsAWhole)
{
    EXPECT_THAT(tiny().encode("invoices in", 256), ElementsAre(kCls, kUnk, kIn, kSep));
    EXPECT_THAT(
        tiny().encode("é", 256),
        ElementsAre(kCls, kUnk, kSep)); // folded to e, which it lacks
}

TEST(WordPieceTest, WordsOfMoreThanAHundredCharactersAreUnknown)
{
    const auto lengths = *WordPiece::build({"[UNK]", "[CLS]", "[SEP]", "a", "##a"}, "v");
    EXPECT_EQ(lengths.encode(std::string(100, 'a'), 256).size(), 102u);
    EXPECT_THAT(lengths.encode(std::string(101, 'a'), 256), ElementsAre(1, 0, 2));
}

TEST(WordPieceTest, TextNeverBecomesASpecialToken)
{
    EXPECT_THAT(tiny().encode("[SEP]", 256), ElementsAre(kCls, kBracket, kUnk, kUnk, kSep));
}

TEST(WordPieceTest, IsCutAtItsLimit)
{
    EXPECT_THAT(tiny().encode("in in in invoice", 4), ElementsAre(kCls, kIn, kIn, kSep));
    EXPECT_THAT(tiny().encode("in invoice", 4), ElementsAre(kCls, kIn, kInvoi, kSep));
}

TEST(WordPieceTest, BadVocabulariesAreRefused)
{
    EXPECT_THAT(
        WordPiece::build({"[UNK]", "[CLS]", "[SEP]", "a", "a"}, "vocab.txt").error().message,
        HasSubstr("vocab.txt: token \"a\" is in its vocabulary twice"));
    EXPECT_THAT(
        WordPiece::build({"a"}, "vocab.txt").error().message,
        HasSubstr("lacks one of the tokens"));
}

} // namespace
