#include "engine/text/utf8.h"

#include "engine/text/byte_alphabet.h"
#include "engine/text/utf8_stream.h"

#include <gtest/gtest.h>

namespace {

using namespace engine::text;

TEST(Utf8Test, EveryCodePointComesBack)
{
    for (char32_t c = 0; c <= 0x10ffff; ++c) {
        if (c >= 0xd800 && c <= 0xdfff) continue;
        std::string text;
        append_utf8(text, c);
        const CodePoint read = first_code_point(text);
        ASSERT_TRUE(read.valid);
        ASSERT_TRUE(read.value == c);
        ASSERT_EQ(read.bytes, text.size());
    }
}

TEST(Utf8Test, BrokenSequencesBecomeReplacements)
{
    EXPECT_EQ(valid_utf8("a\xffz"), "a\uFFFDz");
    EXPECT_EQ(valid_utf8("\xc0\x80"), "\uFFFD\uFFFD");                     // overlong
    EXPECT_EQ(valid_utf8("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");           // a surrogate
    EXPECT_EQ(valid_utf8("\xf4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD"); // above U+10FFFF
    EXPECT_EQ(valid_utf8("\xe2\x82"), "\uFFFD");                           // cut off: one
    EXPECT_EQ(valid_utf8("\xe2\x82x"), "\uFFFDx");
    EXPECT_EQ(valid_utf8("€"), "€");
}

TEST(Utf8StreamTest, WaitsForWholeCharacters)
{
    Utf8Stream stream;
    EXPECT_EQ(stream.push("a\xf0\x9f"), "a");
    EXPECT_EQ(stream.push("\x99"), "");
    EXPECT_EQ(stream.push("\x82!"), "🙂!");
    EXPECT_EQ(stream.finish(), "");
}

TEST(Utf8StreamTest, GivesUpWhereNothingCanBecomeOfIt)
{
    Utf8Stream stream;
    EXPECT_EQ(stream.push("\xe2\x82"), "");
    EXPECT_EQ(stream.push("x"), "\uFFFDx");
    EXPECT_EQ(stream.push("\x80"), "\uFFFD"); // a continuation alone will never begin a character
    EXPECT_EQ(stream.push("\xc3"), "");
    EXPECT_EQ(stream.finish(), "\uFFFD");
    EXPECT_EQ(stream.push("ok"), "ok");
}

TEST(Utf8StreamTest, AnyCutGivesTheSameText)
{
    const std::string text = "aé€🙂\xff\xf0\x9f\xe2z";
    std::string whole;
    Utf8Stream at_once;
    whole = at_once.push(text) + at_once.finish();
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        Utf8Stream stream;
        std::string pieces = stream.push(std::string_view(text).substr(0, cut));
        pieces += stream.push(std::string_view(text).substr(cut));
        EXPECT_EQ(pieces + stream.finish(), whole) << cut;
    }
    EXPECT_EQ(whole, valid_utf8(text));
}

TEST(ByteAlphabetTest, EveryByteComesBack)
{
    for (int byte = 0; byte < 256; ++byte) {
        const auto bytes = bytes_of_token(character_of_byte(static_cast<unsigned char>(byte)));
        ASSERT_TRUE(bytes);
        ASSERT_EQ(bytes->size(), 1u);
        EXPECT_EQ(static_cast<unsigned char>(bytes->front()), byte);
    }
    EXPECT_EQ(bytes_of_token("Ġt"), " t");
    EXPECT_EQ(bytes_of_token("Ċ"), "\n");
    EXPECT_FALSE(bytes_of_token("a b")); // a space stands for no byte
    EXPECT_FALSE(bytes_of_token("日"));
    EXPECT_FALSE(bytes_of_token("\xff"));
}

} // namespace
