#include "app/answer/line_looks.h"
#include "app/answer/passages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

using app::answer::kLarger;
using app::answer::LineLooks;
using app::answer::PassageBuilder;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

namespace {

/// A page of A4 that is set line by line; "|" in a line is a gap between the cells of a table.
class Typesetter {
public:
    Typesetter()
    {
        page_.source = 7;
        page_.number = 1;
        page_.width_pt = 595;
        page_.height_pt = 842;
    }

    Typesetter& line(const std::string& text, double points = 10)
    {
        page_.line_starts.push_back(static_cast<std::uint32_t>(page_.text.size()));
        double x = 50;
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find(' ', at), text.size());
            const auto word = text.substr(at, end - at);
            at = end + 1;
            if (word == "|") {
                x += 10 * points;
                continue;
            }
            if (page_.text.size() > page_.line_starts.back()) page_.text += ' ';
            storage::Word placed;
            placed.begin = static_cast<std::uint32_t>(page_.text.size());
            page_.text += word;
            placed.end = static_cast<std::uint32_t>(page_.text.size());
            const double width = 0.5 * points * static_cast<double>(word.size());
            placed.box = {across(x), down(y_), across(x + width), down(y_ + points)};
            page_.words.push_back(placed);
            x += width + 0.3 * points;
        }
        page_.text += '\n';
        y_ += 1.2 * points;
        return *this;
    }

    Typesetter& gap()
    {
        page_.text += '\n';
        y_ += 10;
        return *this;
    }

    Typesetter& labelled(std::string label)
    {
        page_.label = std::move(label);
        return *this;
    }

    const storage::Page& page() const { return page_; }

private:
    float across(double x) const { return static_cast<float>(x / page_.width_pt); }
    float down(double y) const { return static_cast<float>(y / page_.height_pt); }

    storage::Page page_;
    double y_ = 50;
};

/// A letter with titles in two sizes above the text, and a price list.
Typesetter letter()
{
    Typesetter set;
    set.line("Class trip to the lake", 20).gap();
    set.line("Dear parents, this letter tells you what your child needs for the trip and what we")
        .line("ask of you, so please read it to the end.")
        .gap();
    set.line("§ 1 The costs of it", 14).gap();
    set.line("Coach, there and back | 62 euros").gap();
    set.line("Total for each child | 245 euros").gap();
    set.line("Please transfer the sum in two parts, the first of them in March.").gap();
    set.line("§ 2 What to pack", 14).gap();
    set.line("Towels must be brought, while the hostel provides the linen for every bed.");
    return set;
}

storage::Source pdf()
{
    storage::Source source;
    source.id = 7;
    source.kind = "pdf";
    return source;
}

} // namespace

TEST(LineLooksTest, TellTitlesAndRowsFromText)
{
    const auto set = letter();
    LineLooks looks;
    const auto seen = looks.see(set.page());

    ASSERT_EQ(seen.lines.size(), set.page().line_starts.size());
    for (std::size_t i = 0; i < seen.lines.size(); ++i)
        EXPECT_EQ(seen.lines[i].begin, set.page().line_starts[i]);
    EXPECT_NEAR(seen.lines[0].size, 2.0, 0.05);
    EXPECT_NEAR(seen.lines[1].size, 1.0, 0.05);
    EXPECT_GE(seen.lines[3].size, kLarger);
    EXPECT_FALSE(seen.lines[3].cells);
    EXPECT_TRUE(seen.lines[4].cells);
    EXPECT_TRUE(seen.titles_are_larger);
}

TEST(LineLooksTest, SayNothingOfScansAndOfPagesWithoutPlaces)
{
    LineLooks looks;
    auto scan = letter().page();
    scan.by_ocr = true;
    EXPECT_THAT(looks.see(scan).lines, IsEmpty());
    storage::Page text;
    text.text = "A text file has no places.\n";
    EXPECT_THAT(looks.see(text).lines, IsEmpty());
}

TEST(LineLooksTest, DoNotBelievePlacesThatCannotBe)
{
    auto page = letter().page();
    const auto honest = LineLooks().see(page).lines.size();
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const auto end = static_cast<std::uint32_t>(page.text.size());
    page.words.push_back({end + 100, end + 200, {0, 0, 1, 1}}); // outside the text
    page.words.push_back({9, 3, {0, 0, 1, 1}});                 // backwards
    page.words.push_back({0, 4, {0, 0, 1, 1}});                 // out of order
    page.words.push_back({end - 1, end, {0, 0, nan, nan}});
    page.words.push_back({end - 1, end, {0, 0, 1, 1e30F}});
    EXPECT_EQ(LineLooks().see(page).lines.size(), honest);
}

TEST(LineLooksTest, AreLearntOverPages)
{
    LineLooks looks;
    Typesetter cover;
    cover.line("Everything about boats", 24);
    EXPECT_NEAR(looks.see(cover.page()).lines.front().size, 1.0, 0.01); // all that was seen so far
    looks.see(letter().page());
    Typesetter next;
    next.line("Everything about boats", 24);
    EXPECT_NEAR(looks.see(next.page()).lines.front().size, 2.4, 0.1);
}

TEST(LineLooksTest, GiveAPassageItsTitlesAndKeepRowsQuotable)
{
    PassageBuilder builder(pdf());
    const auto passages = builder.add_page(letter().page());

    ASSERT_FALSE(passages.empty());
    EXPECT_THAT(passages.front().text, HasSubstr("\t§ 1 The costs of it\n"));
    EXPECT_THAT(passages.front().text, HasSubstr("\nTotal for each child 245 euros"));
    EXPECT_THAT(passages.front().text, Not(HasSubstr("\tTotal")));

    Typesetter next;
    next.line("A second pair of shoes may get wet, and the luggage has to fit into one suitcase.");
    const auto below = builder.add_page(next.page());
    ASSERT_EQ(below.size(), 1u);
    EXPECT_THAT(
        below.front().text,
        StartsWith("\t\tClass trip to the lake\n\t\t§ 2 What to pack\nA second pair"));
}

TEST(LineLooksTest, DropTheHeadOfTheFirstPageByItsNumber)
{
    PassageBuilder builder(pdf());
    Typesetter set;
    set.line("The manual of boats | 3").labelled("3").gap();
    set.line("A boat floats because it is lighter than the water that it drives away.");
    const auto passages = builder.add_page(set.page());

    ASSERT_EQ(passages.size(), 1u);
    EXPECT_THAT(passages.front().text, Not(HasSubstr("manual")));

    PassageBuilder other(pdf());
    Typesetter table;
    table.line("The price of boats | 4").labelled("3").gap();
    table.line("A boat floats because it is lighter than the water that it drives away.");
    EXPECT_THAT(other.add_page(table.page()).front().text, HasSubstr("The price of boats 4"));
}

TEST(LineLooksTest, LeaveOutChaptersInATableOfContents)
{
    PassageBuilder builder(pdf());
    Typesetter set;
    set.line("1 Boats and what they are | 1").gap();
    for (const char* entry : {"1.1 Oars", "1.2 Sails", "1.3 Anchors"})
        set.line(std::string(entry) + " . . . . . . . . . . . 2").gap();
    set.line("Some boats have oars and others have sails, and all of them have anchors.");
    const auto passages = builder.add_page(set.page());

    ASSERT_EQ(passages.size(), 1u);
    EXPECT_THAT(passages.front().text, StartsWith("Some boats have oars"));
}
