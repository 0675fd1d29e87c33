#include "capture/reader/frame_change.h"
#include "capture/reader/frame_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

using namespace capture::reader;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

constexpr int kWidth = 640, kHeight = 360, kLine = 20;

/// A screen on which line `i` of `lines` stands at 20 * i rows: strokes that differ from line to
/// line, as letters do. 0: the line is blank.
class Screen {
public:
    explicit Screen(const std::vector<unsigned>& lines)
        : gray_(static_cast<std::size_t>(kWidth) * kHeight, 30)
    {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines[i] != 0) draw(static_cast<int>(i) * kLine, lines[i]);
        }
    }
    RowProfile profile() const { return {kWidth, kHeight, gray_}; }

private:
    void draw(int top, unsigned seed)
    {
        std::mt19937 random(seed);
        for (int x = 20; x < 420; x += 6) {
            const int begin = top + 2 + static_cast<int>(random() % 5);
            const int end = top + 9 + static_cast<int>(random() % 7);
            for (int y = begin; y < end; ++y) {
                gray_[static_cast<std::size_t>(y) * kWidth + static_cast<std::size_t>(x)] = 220;
                gray_[static_cast<std::size_t>(y) * kWidth + static_cast<std::size_t>(x) + 1] = 220;
            }
        }
    }
    std::vector<std::uint8_t> gray_;
};

FrameLine line_at(int index)
{
    const float top = static_cast<float>(index * kLine + 2) / kHeight;
    const float bottom = static_cast<float>(index * kLine + 16) / kHeight;
    FrameLine line;
    line.text = "line " + std::to_string(index);
    line.words = {{0, 4, {0.1f, top, 0.3f, bottom}, 1}};
    return line;
}

} // namespace

TEST(FrameChangeTest, SeesThatNothingChanged)
{
    const auto screen = Screen({1, 2, 3}).profile();
    const FrameChange change = compare(screen, screen);

    EXPECT_THAT(change.fresh, IsEmpty());
    EXPECT_THAT(still_seen({line_at(0), line_at(1)}, change, kHeight).kept, SizeIs(2));
}

TEST(FrameChangeTest, ReadsAllOfTheFirstPictureAndOfOneOfAnotherSize)
{
    const auto screen = Screen({1, 2, 3, 0, 0, 4}).profile();
    const FrameChange first = compare({}, screen);

    ASSERT_THAT(first.fresh, SizeIs(2));
    EXPECT_LE(first.fresh[0].begin, 3);
    EXPECT_GE(first.fresh[0].end, 2 * kLine + 14);
    EXPECT_LE(first.fresh[1].begin, 5 * kLine + 3);
}

TEST(FrameChangeTest, FindsTheOneNewLine)
{
    const FrameChange change =
        compare(Screen({1, 2, 3}).profile(), Screen({1, 2, 3, 0, 9}).profile());

    ASSERT_THAT(change.fresh, SizeIs(1));
    EXPECT_NEAR(change.fresh[0].begin, 4 * kLine + 2, 3);
    EXPECT_NEAR(change.fresh[0].end, 4 * kLine + 15, 3);
}

TEST(FrameChangeTest, FollowsWhatIsScrolled)
{
    const FrameChange change =
        compare(Screen({1, 2, 3, 4, 5, 6}).profile(), Screen({2, 3, 4, 5, 6, 7}).profile());

    EXPECT_EQ(change.shift, -kLine);
    ASSERT_THAT(change.fresh, SizeIs(1));
    EXPECT_GE(change.fresh[0].begin, 5 * kLine);

    const SeenLines seen = still_seen({line_at(0), line_at(1), line_at(5)}, change, kHeight);
    ASSERT_THAT(seen.kept, SizeIs(2)); // the first one has left the screen
    EXPECT_EQ(seen.kept[0].text, "line 1");
    EXPECT_NEAR(seen.kept[0].words[0].box.y0, line_at(0).words[0].box.y0, 1e-4);
    EXPECT_EQ(seen.kept[1].text, "line 5");
    EXPECT_NEAR(seen.kept[1].words[0].box.y0, line_at(4).words[0].box.y0, 1e-4);
}

TEST(FrameChangeTest, ForgetsALineThatGaveWayToAnother)
{
    const FrameChange change = compare(Screen({1, 2, 3}).profile(), Screen({1, 8, 3}).profile());
    const SeenLines seen = still_seen({line_at(0), line_at(1), line_at(2)}, change, kHeight);

    ASSERT_THAT(seen.kept, SizeIs(2));
    EXPECT_EQ(seen.kept[0].text, "line 0");
    EXPECT_EQ(seen.kept[1].text, "line 2");
    EXPECT_THAT(change.fresh, SizeIs(1));
}

TEST(FrameChangeTest, NeedsNoReadingWhereTextWentAway)
{
    const FrameChange change = compare(Screen({1, 2, 3}).profile(), Screen({1, 0, 3}).profile());

    EXPECT_THAT(change.fresh, IsEmpty());
    EXPECT_THAT(still_seen({line_at(0), line_at(1), line_at(2)}, change, kHeight).kept, SizeIs(2));
}

TEST(FrameLinesTest, SplitsAndJoinsText)
{
    const std::string text = "One two\nthree\n\nfour\n";
    const std::vector<capture::Word> words = {
        {0, 3, {0, 0, 0.2f, 0.2f}, 1},
        {4, 7, {0.3f, 0, 0.5f, 0.2f}, 1},
        {8, 13, {0, 0.3f, 0.2f, 0.5f}, 1},
        {15, 19, {0, 0.8f, 0.2f, 1}, 1}};
    const auto lines = split_lines(text, words, {0, kHeight}, kHeight);

    ASSERT_THAT(lines, SizeIs(3));
    EXPECT_EQ(lines[1].text, "three");
    EXPECT_TRUE(lines[2].new_paragraph);

    std::string again;
    std::vector<capture::Word> words_again;
    join_lines(lines, again, words_again);
    EXPECT_EQ(again, text);
    ASSERT_THAT(words_again, SizeIs(4));
    EXPECT_EQ(words_again[3].begin, 15u);
    EXPECT_EQ(words_again[3].end, 19u);
}

TEST(FrameLinesTest, BringsBoxesOfABandToTheWholePicture)
{
    const auto lines =
        split_lines("word\n", {{0, 4, {0.1f, 0.5f, 0.2f, 1}, 1}}, {180, 360}, kHeight);

    ASSERT_THAT(lines, SizeIs(1));
    EXPECT_FLOAT_EQ(lines[0].words[0].box.y0, 0.75f);
    EXPECT_FLOAT_EQ(lines[0].words[0].box.y1, 1.0f);
}
