#include "app/text.h"

#include <gtest/gtest.h>

using namespace app;

TEST(TextTest, CleansWhatIsNoUtf8)
{
    EXPECT_EQ(clean_utf8("a\xFFz"), "a\xEF\xBF\xBDz");
    EXPECT_EQ(clean_utf8("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");      // overlong
    EXPECT_EQ(clean_utf8("\xED\xA0\x80").substr(0, 3), "\xEF\xBF\xBD"); // surrogate
    EXPECT_EQ(clean_utf8("a\x01\tb\n\x7F"), "a\tb\n");
    EXPECT_EQ(clean_utf8("\xEF\xBF\xBFz"), "z"); // U+FFFF
    EXPECT_EQ(clean_utf8("grüße 世界 🎧"), "grüße 世界 🎧");
}

TEST(TextTest, ShowsTimesAsAPlayerDoes)
{
    EXPECT_EQ(clock_time(0), "0:00");
    EXPECT_EQ(clock_time(65.9), "1:05");
    EXPECT_EQ(clock_time(3725), "1:02:05");
    EXPECT_EQ(clock_time(-1), "0:00");
    EXPECT_EQ(subtitle_time(3725.25, ','), "01:02:05,250");
    EXPECT_EQ(subtitle_time(0.9996, '.'), "00:00:01.000");
}

TEST(TextTest, CutsBetweenCodePoints)
{
    EXPECT_EQ(shortened("grün", 4), "grü…");
    EXPECT_EQ(shortened("grün", 3), "gr…");
    EXPECT_EQ(shortened("grün", 5), "grün");
}

TEST(TextTest, SaysSizesWithUnits)
{
    EXPECT_EQ(human_size(1), "1 byte");
    EXPECT_EQ(human_size(1'234), "1.2 kB");
    EXPECT_EQ(human_size(145'217'532), "145 MB");
    EXPECT_EQ(human_duration(125), "2 min 5 s");
    EXPECT_EQ(counted(1, "page"), "1 page");
    EXPECT_EQ(counted(2, "entry", "entries"), "2 entries");
    EXPECT_EQ(one_line("  a\n\tb  "), "a b");
}
