#include "engine/text/sentencepiece_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using engine::text::read_sentencepiece;
using engine::text::SentencePiece;
using testing::HasSubstr;

std::string field(int number, const std::string& bytes)
{
    return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(bytes.size())} + bytes;
}

engine::Result<std::vector<SentencePiece>> read(const std::string& model)
{
    return read_sentencepiece(std::as_bytes(std::span(model)), "tokenizer.model");
}

TEST(SentencePieceTest, ReadsPiecesInTheirOrder)
{
    const std::string score("\x15\0\0\x80\x3f", 5);
    const auto pieces = read(
        field(1, field(1, "<unk>") + score + "\x18\x02") + field(2, "trainer") +
        field(1, field(1, "\u2581the") + score) + "\x28\x01" +
        field(1, "\x18\x06" + field(1, "<0x41>")));
    ASSERT_TRUE(pieces) << pieces.error().message;
    ASSERT_EQ(pieces->size(), 3u);
    EXPECT_EQ((*pieces)[0].text, "<unk>");
    EXPECT_EQ((*pieces)[0].kind, SentencePiece::Kind::Unknown);
    EXPECT_EQ((*pieces)[1].text, "\u2581the");
    EXPECT_EQ((*pieces)[1].kind, SentencePiece::Kind::Normal);
    EXPECT_EQ((*pieces)[2].kind, SentencePiece::Kind::Byte);
}

TEST(SentencePieceTest, RefusesWhatIsNoModel)
{
    for (const std::string& model :
         {std::string(),       // no pieces
          std::string("\x0a"), // cut off
          std::string("\x0a\x7f"
                      "abc"),                   // longer than the file
          std::string("\x0b\x0c"),              // a group
          field(1, ""),                         // a piece without a text
          field(1, field(1, "a") + "\x18\x07"), // of a kind that there is not
          field(1, field(1, "a") + "\x18\xff"), // whose number goes on
          std::string(11, '\xff')})
        EXPECT_THAT(read(model).error().message, HasSubstr("tokenizer.model: "));
}

} // namespace
