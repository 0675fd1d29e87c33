// The table in the code is the design's file, and every pair that the design lists can be read.
#include "ui/theme/palette.h"
#include "ui/theme/tokens.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>

namespace ui::theme {
namespace {

nlohmann::ordered_json designFile()
{
    std::ifstream file(PERCEPT_SOURCE_DIR "/resources/design/tokens.json");
    return nlohmann::ordered_json::parse(file);
}

unsigned parsed(const std::string& hex)
{
    return static_cast<unsigned>(std::stoul(hex.substr(1), nullptr, 16));
}

/// WCAG 2 relative luminance.
double luminance(unsigned rgb)
{
    const auto part = [&](int shift) {
        const double v = ((rgb >> shift) & 0xFF) / 255.0;
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0);
}

double contrast(unsigned a, unsigned b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

unsigned named(const std::string& name, bool dark)
{
    if (name.starts_with("#")) return parsed(name);
    for (const Token& each : kTokens)
        if (each.name == name) return dark ? each.dark : each.light;
    ADD_FAILURE() << "no token named " << name;
    return 0;
}

TEST(TokensTest, AreThoseOfTheDesignFileInItsOrder)
{
    const auto file = designFile();
    ASSERT_EQ(file["light"].size(), kTokens.size());
    std::size_t i = 0;
    for (const auto& [name, value] : file["light"].items()) {
        EXPECT_EQ(kTokens[i].name, name);
        EXPECT_EQ(kTokens[i].light, parsed(value)) << name;
        EXPECT_EQ(kTokens[i].dark, parsed(file["dark"][name])) << name;
        ++i;
    }
}

TEST(TokensTest, EnumerationNamesTheRowsOfTheTable)
{
    EXPECT_EQ(token(Color::Window).name, "window");
    EXPECT_EQ(token(Color::LineControl).name, "line-control");
    EXPECT_EQ(token(Color::OnRecord).name, "on-record");
    EXPECT_EQ(token(Color::OnCite).name, "on-cite");
    EXPECT_EQ(token(Color::MeterTrack).name, "meter-track");
    EXPECT_EQ(token(Color::Speaker6).name, "speaker-6");
    EXPECT_EQ(static_cast<std::size_t>(Color::Speaker6) + 1, kTokens.size());
}

TEST(TokensTest, StepsOfTypeAreThoseOfTheDesignFile)
{
    const auto file = designFile();
    ASSERT_EQ(file["type"].size(), kTypeSteps.size());
    for (const TypeStep& step : kTypeSteps) {
        const auto& said = file["type"][std::string(step.name)];
        EXPECT_EQ(step.size_px, said[0]) << step.name;
        EXPECT_EQ(step.line_px, said[1]) << step.name;
        EXPECT_EQ(std::lround(kBase_px * step.factor), step.size_px) << step.name;
    }
    EXPECT_EQ(file["radius"]["chip"], kChipRadius_px);
    EXPECT_EQ(file["radius"]["control"], kControlRadius_px);
    EXPECT_EQ(file["radius"]["card"], kCardRadius_px);
}

TEST(TokensTest, MeasuresAreThoseOfTheDesignFile)
{
    std::ifstream file(PERCEPT_SOURCE_DIR "/resources/design/measures.json");
    const auto measures = nlohmann::json::parse(file);
    const auto widget = [&](const std::string& thing) {
        for (const auto& each : measures["widgets"])
            if (each["thing"] == thing) return each;
        ADD_FAILURE() << "no measure of a " << thing;
        return nlohmann::json();
    };
    EXPECT_EQ(widget("rail")["width"], kRail_px);
    EXPECT_EQ(widget("header bar")["height"], kHeader_px);
    EXPECT_EQ(widget("status bar")["height"], kStatus_px);
    const auto& normal = measures["windows"][1];
    EXPECT_EQ(normal["from"], 1180);
    EXPECT_EQ(normal["list"][0], kList_px);
    EXPECT_EQ(normal["evidence"][0], kEvidence_px);
}

TEST(TokensTest, EveryListedPairReachesItsContrastInBothModes)
{
    const auto file = designFile();
    int checked = 0;
    for (const char* list : {"pairs", "fixed_pairs"})
        for (const auto& pair : file[list])
            for (const bool dark : {false, true}) {
                const double found = contrast(named(pair[0], dark), named(pair[1], dark));
                EXPECT_GE(found, pair[2].get<double>())
                    << pair[0] << " on " << pair[1] << (dark ? ", dark" : ", light");
                ++checked;
            }
    EXPECT_GT(checked, 150);
}

TEST(TokensTest, TextOnTheActiveChipIsThatOfTheDesign)
{
    EXPECT_EQ(designFile()["fixed_pairs"][0][0].get<std::string>(), "#3E3100");
    EXPECT_EQ(kOnCiteActive, 0x3E3100u);
}

TEST(PaletteTest, RolesAreTheDesignsInBothModes)
{
    for (const Mode mode : {Mode::Light, Mode::Dark}) {
        const QPalette palette = makePalette(mode, false);
        const auto is = [&](QPalette::ColorRole role, Color which) {
            EXPECT_EQ(palette.color(QPalette::Active, role), tokenColor(which, mode, false))
                << role;
            EXPECT_EQ(palette.color(QPalette::Inactive, role), tokenColor(which, mode, false));
        };
        is(QPalette::Window, Color::Window);
        is(QPalette::Base, Color::Surface);
        is(QPalette::AlternateBase, Color::Pane);
        is(QPalette::Button, Color::Raised);
        is(QPalette::ToolTipBase, Color::Raised);
        is(QPalette::Text, Color::Text);
        is(QPalette::ButtonText, Color::Text);
        is(QPalette::PlaceholderText, Color::Text3);
        is(QPalette::Highlight, Color::AccentTint);
        is(QPalette::HighlightedText, Color::Text);
        is(QPalette::Link, Color::Accent);
        is(QPalette::Mid, Color::Line);
        is(QPalette::Dark, Color::LineControl);
        is(QPalette::BrightText, Color::OnAccent);
    }
}

TEST(PaletteTest, DisabledTextIsText3At55PercentOverItsGround)
{
    const QColor found = makePalette(Mode::Light, false).color(QPalette::Disabled, QPalette::Text);
    // 0x5C6668 * 0.55 + 0xFFFFFF * 0.45
    EXPECT_EQ(found.name().toStdString(), "#a5abac");
}

TEST(PaletteTest, HighContrastMakesLinesAndTextStrong)
{
    EXPECT_EQ(
        tokenColor(Color::Line, Mode::Light, true),
        tokenColor(Color::LineControl, Mode::Light, false));
    for (const Color weak : {Color::Text2, Color::Text3})
        EXPECT_EQ(tokenColor(weak, Mode::Dark, true), tokenColor(Color::Text, Mode::Dark, false));
}

} // namespace
} // namespace ui::theme
