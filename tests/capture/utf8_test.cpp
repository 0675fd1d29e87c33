#include "capture/utf8.h"

#include <gtest/gtest.h>

using capture::is_utf8;
using capture::to_valid_utf8;

TEST(Utf8Test, TellsWellFormedFromMalformed)
{
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("a ü € \xF0\x9F\x98\x80"));
    EXPECT_TRUE(is_utf8("\xF4\x8F\xBF\xBF"));  // U+10FFFF
    EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80")); // above
    EXPECT_FALSE(is_utf8("\xC0\x80"));         // overlong
    EXPECT_FALSE(is_utf8("\xE0\x80\xAF"));     // overlong
    EXPECT_FALSE(is_utf8("\xED\xA0\x80"));     // surrogate
    EXPECT_FALSE(is_utf8("\x80"));             // continuation alone
    EXPECT_FALSE(is_utf8("\xE2\x82"));         // cut
    EXPECT_FALSE(is_utf8(std::string_view("\0", 1)));
}

TEST(Utf8Test, ReplacesWhatIsMalformed)
{
    EXPECT_EQ(
        to_valid_utf8("a\xFF"
                      "b"),
        "a\xEF\xBF\xBD"
        "b");
    EXPECT_EQ(to_valid_utf8("\xE2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(to_valid_utf8("a\tb\nc\x01"), "a\tb\nc\xEF\xBF\xBD");
    EXPECT_TRUE(is_utf8(to_valid_utf8("\xED\xA0\x80\xF5\xC0")));
}
