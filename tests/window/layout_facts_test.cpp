// The checks of the layout are worth what they find: a page that is right, spoilt fact by fact.

#include "tests/window/looked_at.h"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>

namespace window_test {
namespace {

class LayoutFactsTest : public testing::Test {
protected:
    void SetUp() override
    {
        const Size size{1280, 800};
        LookedAt at{folder_.path(), "first", 1, false};
        at.window().wait_for("Starter model ready", "label");
        at.resize(size);
        right_ = at.settled(size);
        EXPECT_EQ(at.window().close(), 0) << at.window().err();
        const auto found = std::find_if(right_.texts.begin(), right_.texts.end(), [](auto& text) {
            return text.text.find("Everything runs on this computer") == 0;
        });
        ASSERT_NE(found, right_.texts.end());
        text_ = static_cast<std::size_t>(found - right_.texts.begin());
        widget_ = static_cast<std::size_t>(found->widget);
    }
    Facts spoilt(const std::function<void(Facts&)>& spoil) const
    {
        Facts facts = right_;
        spoil(facts);
        return facts;
    }
    /// With another text in that place.
    Facts with_text(const std::function<void(Text&)>& change) const
    {
        return spoilt([&](Facts& facts) { change(facts.texts[text_]); });
    }

    support::TemporaryFolder folder_;
    const Design design_ = read_design(false);
    Facts right_;
    std::size_t text_ = 0;   // in the facts
    std::size_t widget_ = 0; // that draws it
};

TEST_F(LayoutFactsTest, ARightPageHasNoFault)
{
    for (const auto& [what, faults] : all_faults(right_, design_))
        EXPECT_TRUE(faults.empty()) << what << ": " << faults.front();
    EXPECT_TRUE(focus_unseen(right_, design_).empty());
}

TEST_F(LayoutFactsTest, PlacesThatAreWrongAreFound)
{
    EXPECT_FALSE(things_outside(spoilt([&](Facts& facts) {
                     facts.widgets[widget_].rect.x += 2000;
                 })).empty());
    EXPECT_FALSE(siblings_over_each_other(spoilt([&](Facts& facts) {
                     facts.widgets.push_back(facts.widgets[widget_]);
                 })).empty());
    const Facts narrow = spoilt([](Facts& facts) {
        for (Widget& each : facts.widgets)
            if (each.is("ui::Rail")) each.rect.width -= 2;
    });
    EXPECT_FALSE(wrong_measures(narrow, design_).empty());
    EXPECT_FALSE(wrong_columns(
                     spoilt([](Facts& facts) {
                         for (Widget& each : facts.widgets)
                             if (each.is("QStackedWidget")) each.rect.width = 479 - 1;
                     }),
                     design_)
                     .empty());
}

TEST_F(LayoutFactsTest, TextsThatAreWrongAreFound)
{
    EXPECT_FALSE(texts_cut(with_text([](Text& text) { text.room.width = 40; })).empty());
    EXPECT_FALSE(texts_cut(with_text([](Text& text) { text.room.height = 5; })).empty());
    EXPECT_FALSE(texts_cut(with_text([](Text& text) { text.ellipsis = "lost"; })).empty());
    EXPECT_FALSE(texts_over_each_other(spoilt([&](Facts& facts) {
                     facts.texts.push_back(facts.texts[text_]);
                 })).empty());
    EXPECT_FALSE(wrong_fonts(with_text([](Text& text) { text.font_px = 10; }), design_).empty());
    EXPECT_FALSE(wrong_fonts(with_text([](Text& text) { text.weight = 700; }), design_).empty());
    EXPECT_FALSE(
        wrong_fonts(with_text([](Text& text) { text.family = "Serif"; }), design_).empty());
}

TEST_F(LayoutFactsTest, ColoursThatAreWrongAreFound)
{
    const Rgb line_of_fields{0x82, 0x8D, 0x8E, 1}; // 3.4 on white: enough for an edge
    EXPECT_FALSE(
        weak_contrast(with_text([&](Text& text) { text.color = line_of_fields; })).empty());
    EXPECT_FALSE(
        wrong_colors(with_text([](Text& text) { text.color.blue += 40; }), design_).empty());
    EXPECT_FALSE(wrong_colors(
                     spoilt([](Facts& facts) {
                         facts.fills.at(0).color = {240, 240, 224, 1};
                     }),
                     design_)
                     .empty());
    EXPECT_FALSE(
        focus_unseen(spoilt([](Facts& facts) { facts.strokes.clear(); }), design_).empty());
}

} // namespace
} // namespace window_test
