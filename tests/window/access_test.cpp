// Everything that a person can press, choose or type into has a name that a screen reader can say,
// in every view and overlay.

#include "tests/window/display.h"
#include "tests/window/percept_window.h"

#include <gtest/gtest.h>
#include <iostream>
#include <set>
#include <string>
#include <vector>

namespace window_test {
namespace {

const std::set<std::string> kControls{
    "push button", "toggle button", "check box",  "radio button",  "text",
    "combo box",   "spin button",   "slider",     "list item",     "menu item",
    "link",        "page tab",      "entry",      "password text", "list",
    "tree",        "table",         "scroll bar", "progress bar",  "button menu"};

class AccessTest : public testing::Test {
protected:
    /// Controls of the present tree without words.
    static std::vector<std::string> nameless(const Node& tree)
    {
        std::vector<std::string> found;
        walk(tree, [&](const Node& node) {
            if (!kControls.contains(node.role) || node.role == "scroll bar") return;
            ++controls_seen;
            if (node.name.empty() && node.description.empty() && node.text.empty())
                found.push_back(
                    node.role + " at " + std::to_string(node.x) + "," + std::to_string(node.y));
        });
        return found;
    }
    static void expect_all_named(const PerceptWindow& window, const std::string& where)
    {
        const Node tree = window.tree();
        for (const std::string& node : nameless(tree))
            ADD_FAILURE() << where << ": no name: " << node << "\n" << print(tree);
    }
    static inline int controls_seen = 0;
    support::TemporaryFolder folder_;
};

TEST_F(AccessTest, EveryControlOfEveryViewHasAName)
{
    PerceptWindow window{
        folder_ / "library",
        {sample("handbook.pdf").string(), sample("meeting.ogg").string()}};
    window.wait_for("meeting.ogg, ");
    expect_all_named(window, "cards of files being read");
    window.wait_for("meeting.ogg, ready", "", 180); // heard beside whatever runs
    expect_all_named(window, "cards of files");
    window.wait_for_focus("Question");
    type("What does the laser cutter cost per hour?");
    key("ctrl+Return");
    window.wait_for("Copy as Markdown", "", 60);
    window.press("Citation 1", "link");
    window.wait_for("Page 2 of 3");
    expect_all_named(window, "page in the evidence pane");
    window.press("Citation 3", "link");
    window.wait_for("What is said", "list");
    expect_all_named(window, "player in the evidence pane");
    for (const auto& [keys, words] : std::vector<std::pair<std::string, std::string>>{
             {"ctrl+2", "Library"},
             {"ctrl+6", "Models"},
             {"ctrl+comma", "Settings"}}) {
        key(keys);
        window.wait_for(words);
        expect_all_named(window, words);
        shot("access-" + words);
    }
    key("ctrl+1");
    key("ctrl+k");
    window.wait_for_focus("Search everything");
    expect_all_named(window, "palette");
    key("Escape");
    key("F1");
    window.wait_for("Pages of the guide");
    expect_all_named(window, "guide");
    key("Escape");
    key("ctrl+s");
    window.wait_for("Written to");
    expect_all_named(window, "export");
    key("Escape");
    window.wait_gone("Written to");
    std::cout << controls_seen << " controls looked at\n";
    EXPECT_GT(controls_seen, 60) << "too few controls were looked at to say anything";
}

TEST_F(AccessTest, TheFocusWalksThroughAllPanes)
{
    PerceptWindow window{folder_ / "library"};
    window.wait_for("Choose files");
    std::set<std::string> focused;
    for (int i = 0; i < 5; ++i) {
        key("F6");
        const Node tree = window.tree();
        walk(tree, [&](const Node& node) {
            if (node.focused) focused.insert(node.role + " " + node.name);
        });
    }
    EXPECT_GE(focused.size(), 3u) << print(window.tree());
}

} // namespace
} // namespace window_test
