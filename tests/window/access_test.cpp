// Everything that a person can press, choose or type into has a name that a screen reader can say,
// in every view and overlay.

#include "tests/window/display.h"
#include "tests/window/percept_window.h"

#include <gtest/gtest.h>
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
            ++seen_;
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
    static inline int seen_ = 0;
    support::TemporaryFolder folder_;
};

TEST_F(AccessTest, EveryControlOfEveryViewHasAName)
{
    PerceptWindow window{folder_ / "library", {sample("handbook.pdf").string()}};
    window.wait_for("Ready", "", 60);
    expect_all_named(window, "Ask");
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
    window.wait_for("Search everything");
    expect_all_named(window, "palette");
    key("Escape");
    key("F1");
    expect_all_named(window, "guide");
    key("Escape");
    EXPECT_GT(seen_, 60) << "too few controls were looked at to say anything";
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
