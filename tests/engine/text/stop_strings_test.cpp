#include "engine/text/stop_strings.h"

#include <gtest/gtest.h>

namespace engine::text {
namespace {

/// What is shown when the pieces arrive one after another.
std::string shown(StopStrings& stops, const std::vector<std::string>& pieces)
{
    std::string text;
    for (const std::string& piece : pieces) text += stops.push(piece);
    return text + stops.finish();
}

TEST(StopStringsTest, WithoutStringsEverythingPassesAtOnce)
{
    StopStrings stops({});
    EXPECT_EQ(stops.push("abc"), "abc");
    EXPECT_EQ(stops.finish(), "");
}

TEST(StopStringsTest, EndsBeforeAStringThatArrivesInPieces)
{
    StopStrings stops({"END"});
    EXPECT_EQ(shown(stops, {"one E", "N", "D two"}), "one ");
    EXPECT_TRUE(stops.stopped());
}

TEST(StopStringsTest, TheFirstOfSeveralWins)
{
    StopStrings stops({"later", "soon"});
    EXPECT_EQ(shown(stops, {"x soon y later"}), "x ");
}

TEST(StopStringsTest, ABeginningThatComesToNothingIsShown)
{
    StopStrings stops({"\n\n"});
    EXPECT_EQ(stops.push("a\n"), "a");
    EXPECT_EQ(stops.push("b\n"), "\nb");
    EXPECT_EQ(stops.finish(), "\n");
    EXPECT_FALSE(stops.stopped());
}

TEST(StopStringsTest, OverlappingBeginningsAreKeptApart)
{
    StopStrings stops({"aab"});
    EXPECT_EQ(shown(stops, {"a", "a", "a", "b", "c"}), "a");
}

TEST(StopStringsTest, AnEmptyStringStopsNothing)
{
    StopStrings stops({""});
    EXPECT_EQ(shown(stops, {"abc"}), "abc");
}

} // namespace
} // namespace engine::text
