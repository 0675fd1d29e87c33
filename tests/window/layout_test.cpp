// What the design says of the window, held against what the real window shows: in three sizes, at
// two scales, light and dark, in every view. Facts, not pictures: nothing cut or outside, nothing
// over its neighbour, contrast, focus, measures, type and colours.

#include "tests/support/models.h"
#include "tests/window/display.h"
#include "tests/window/layout_facts.h"
#include "tests/window/looked_at.h"
#include "tests/window/percept_window.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <tuple>

namespace window_test {
namespace {

/// Scale, dark.
class LayoutTest : public testing::TestWithParam<std::tuple<int, bool>> {
protected:
    static void SetUpTestSuite()
    {
        folder_ = std::make_unique<support::TemporaryFolder>();
        ingest_sample(*folder_ / "library", "Harbour House", "handbook.pdf");
        ingest_sample(*folder_ / "library", "Workshop meeting", "meeting.ogg");
        xdo({"mousemove", "3899", "2299"}); // nothing looks hovered
    }
    static void TearDownTestSuite() { folder_.reset(); }

    static int scale() { return std::get<0>(GetParam()); }
    static bool dark() { return std::get<1>(GetParam()); }
    /// 1000x640 and 1280x800 where a pixel is one, 1920x1080 where it is four.
    static std::vector<Size> sizes()
    {
        if (scale() == 2) return {{1920, 1080}};
        return {{1000, 640}, {1280, 800}};
    }
    /// In a library of its own: what an earlier window did is not in it.
    LookedAt start(const std::string& copy) const
    {
        const std::string name = copy + std::to_string(scale()) + (dark() ? "-dark" : "-light");
        if (copy != "first")
            std::filesystem::copy(
                *folder_ / "library",
                *folder_ / name,
                std::filesystem::copy_options::recursive);
        return LookedAt{folder_->path(), name, scale(), dark()};
    }
    static void ask(const PerceptWindow& window)
    {
        window.wait_for("Harbour House", "list item");
        key("ctrl+k");
        window.wait_for_focus("Search everything");
        type("Harbour House");
        window.wait_for("Best", "list item");
        key("Return");
        window.wait_for("1 source");
        window.wait_for_focus("Question");
        type("What does the laser cutter cost per hour?");
        key("ctrl+Return");
        window.wait_for("Copy as Markdown", "", 60);
    }

    /// All facts of what is shown now, in every size.
    void look(LookedAt& at, const std::string& state) const
    {
        for (const Size size : sizes()) {
            at.resize(size);
            const Facts facts = at.settled(size);
            const std::string where = state + (dark() ? ", dark, " : ", light, ") +
                                      std::to_string(size.width_px) + "x" +
                                      std::to_string(size.height_px);
            if (const char* folder = std::getenv("WINDOW_SHOTS")) {
                shot("layout-" + where);
                std::ofstream(std::string{folder} + "/" + where + ".json") << at.last();
            }
            judge(facts, where);
        }
    }
    void judge(const Facts& facts, const std::string& where) const
    {
        ASSERT_EQ(facts.font_px, 13) << where;
        ASSERT_EQ(facts.ratio, scale()) << where;
        EXPECT_GT(facts.texts.size(), 15u) << where;
        const Design design = read_design(dark());
        for (const auto& [what, faults] : all_faults(facts, design))
            for (const std::string& fault : faults)
                ADD_FAILURE() << where << ": " << what << ": " << fault;
    }
    static inline std::unique_ptr<support::TemporaryFolder> folder_;
};

TEST_P(LayoutTest, TheFirstPage)
{
    LookedAt at = start("first");
    at.window().wait_for("Starter model ready", "label");
    look(at, "first page");
    EXPECT_EQ(at.window().close(), 0) << at.window().err();
}

TEST_P(LayoutTest, EveryView)
{
    LookedAt at = start("views");
    const PerceptWindow& window = at.window();
    window.wait_for("Harbour House", "list item");
    key("ctrl+1");
    key("ctrl+n");
    window.wait_for_focus("Question");
    look(at, "ask empty");

    key("ctrl+k");
    window.wait_for_focus("Search everything");
    type("filter");
    window.wait_for("Said: ", "list item");
    look(at, "palette");
    key("Escape");
    ask(window);
    key("Escape");
    key("n");
    window.wait_for("citation 1 of");
    window.wait_for("The cited lines, enlarged");
    look(at, "answer");

    key("ctrl+2");
    window.wait_for("Workshop meeting", "list item");
    look(at, "library");
    window.wait_for_focus("Search everything said");
    type("new filter");
    window.wait_for("Said: ", "list item");
    look(at, "library search");
    key("Down");
    key("Return");
    window.wait_for("Transcript");
    look(at, "transcript");
    key("ctrl+s");
    window.wait_for("Written to");
    look(at, "export");
    key("Escape");
    window.wait_gone("Written to");
    key("ctrl+2");
    window.wait_for_focus("Search everything said");
    key("Escape");
    key("Down");
    window.wait_for_focus("Workshop meeting");
    key("Return");
    window.wait_for("You can ask now.");
    look(at, "sources");
    at.press("meeting.ogg, ready", "list item");
    key("Return"); // as its button “Summary and transcript”; it comes back where it was left
    at.press("Summary", "page tab");
    window.wait_for("Likely decisions", "", 60);
    look(at, "summary");
    key("F1");
    window.wait_for("Pages of the guide");
    look(at, "guide");
    key("Escape");
    window.wait_gone("Pages of the guide");

    key("ctrl+6");
    window.wait_for("Speed test");
    look(at, "models");
    key("ctrl+comma");
    window.wait_for("Sections of the settings");
    for (const char* section :
         {"Appearance", "Storage", "Languages", "Engine", "Keys", "Privacy", "About"}) {
        at.resize(sizes().back()); // where it is narrow the list of sections is not shown
        window.wait_for("Sections of the settings");
        at.press(section, "list item");
        window.wait_for(section, "label");
        look(at, "settings, " + std::string{section});
    }
    EXPECT_EQ(at.window().close(), 0) << at.window().err();
}

TEST_P(LayoutTest, TheFocusIsSeenWhereverTabBringsIt)
{
    constexpr int kTabs = 7;
    LookedAt at = start("focus");
    const PerceptWindow& window = at.window();
    ask(window);
    const Size size = sizes().back();
    at.resize(size);
    std::set<std::string> places;
    for (const auto& [keys, words] : std::vector<std::pair<std::string, std::string>>{
             {"ctrl+1", "Copy as Markdown"},
             {"ctrl+2", "Workshop meeting"},
             {"ctrl+6", "Speed test"},
             {"ctrl+comma", "Sections of the settings"}}) {
        key(keys);
        window.wait_for(words);
        for (int i = 0; i < kTabs; ++i) {
            key("Tab");
            const Facts facts = at.settled(size);
            for (const std::string& fault : focus_unseen(facts, read_design(dark())))
                ADD_FAILURE() << words << ", Tab " << i + 1 << ": " << fault;
            places.insert(words + " " + facts.path(facts.focus));
        }
    }
    EXPECT_GT(places.size(), 12u) << "Tab does not move the focus";
    EXPECT_EQ(at.window().close(), 0) << at.window().err();
}

INSTANTIATE_TEST_SUITE_P(
    Window,
    LayoutTest,
    testing::Combine(testing::Values(1, 2), testing::Bool()),
    [](const auto& each) {
        return std::string{std::get<1>(each.param) ? "Dark" : "Light"} +
               (std::get<0>(each.param) == 2 ? "TwoPixels" : "OnePixel");
    });

} // namespace
} // namespace window_test
