#include "tests/ui/palette/hits.h"
#include "ui/palette/hit_words.h"

#include <gtest/gtest.h>

namespace ui {
namespace {

using namespace test;

TEST(HitWordsTest, DaysAreNamedAsPeopleNameThem)
{
    const QDate today(2026, 11, 28);
    EXPECT_EQ(dayWords(today, today), QStringLiteral("Today"));
    EXPECT_EQ(dayWords(today.addDays(-1), today), QStringLiteral("Yesterday"));
    EXPECT_EQ(dayWords({2026, 11, 11}, today), QStringLiteral("Wednesday 11 November"));
    EXPECT_EQ(dayWords({2025, 10, 15}, today), QStringLiteral("Wednesday 15 October 2025"));
    EXPECT_EQ(shortDayWords({2026, 11, 24}, today), QStringLiteral("Tue"));
    EXPECT_EQ(shortDayWords({2026, 11, 21}, today), QStringLiteral("21 November"));
}

TEST(HitWordsTest, PlacesAreCountedInOneAndMany)
{
    EXPECT_EQ(placesWords(resultOf("x", {})), QStringLiteral("nothing found"));
    SearchResult result = resultOf("x", {onPage("x", "x", "a.pdf", 1, at(1))});
    EXPECT_EQ(placesWords(result), QStringLiteral("1 place in 1 session"));
    result.counts[0] = 17;
    result.sessions = 7;
    EXPECT_EQ(placesWords(result), QStringLiteral("18 places in 7 sessions"));
    result.more = true;
    EXPECT_EQ(placesWords(result), QStringLiteral("more than 18 places in 7 sessions"));
}

TEST(HitWordsTest, AHitIsReadAsOneSentence)
{
    Hit said = atTime(
        HitGroup::Said,
        PlaceKind::Sound,
        "We run the test.",
        "test",
        "Kick-off.ogg",
        1864,
        at(11));
    said.speaker = "Gareth Pugh";
    EXPECT_EQ(hitSourceWords(said), QStringLiteral("Kick-off.ogg, Gareth Pugh · 11:08"));
    EXPECT_EQ(
        hitSentence(said),
        QStringLiteral("Said: We run the test. Kick-off.ogg, Gareth Pugh · 11:08, 31:04"));
    EXPECT_EQ(hitPlaceWords(answered("a", "a", "s", 2, at(9))), QStringLiteral("answer 2"));
    EXPECT_EQ(hitPlaceWords(onPage("a", "a", "b.pdf", 17, at(9))), QStringLiteral("p. 17"));
    EXPECT_EQ(hitPlaceWords(aSession(1, "a", {}, at(9))), QString());
}

TEST(HitWordsTest, MeaningIsSaidOnlyWhenItIsKnown)
{
    SearchResult result = resultOf("x", {});
    result.meaning = MeaningSearch::Pending;
    EXPECT_TRUE(meaningWords(result).isEmpty());
    result.meaning = MeaningSearch::NotInstalled;
    EXPECT_TRUE(meaningWords(result).contains(QStringLiteral("not installed")));
    result.meaning = MeaningSearch::EnglishOnly;
    EXPECT_TRUE(meaningWords(result).contains(QStringLiteral("English only")));
}

} // namespace
} // namespace ui
