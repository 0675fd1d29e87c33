// The walk is worth what it finds: a page that is right, spoilt node by node.

#include "tests/window/access_faults.h"

#include <functional>
#include <gmock/gmock.h>

namespace window_test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

Node node(const std::string& role, const std::string& name, std::vector<Node> children = {})
{
    static int made = 0;
    Node made_node;
    made_node.id = "/node/" + std::to_string(++made);
    made_node.role = role;
    made_node.name = name;
    made_node.width = 100;
    made_node.height = 20;
    made_node.y = made * 30;
    made_node.showing = made_node.enabled = true;
    made_node.children = std::move(children);
    return made_node;
}

Node control(const std::string& role, const std::string& name, const std::string& action = {})
{
    Node made = node(role, name);
    made.focusable = true;
    if (!action.empty()) made.actions = {action};
    return made;
}

/// One of each, as a screen reader should meet them.
class AccessFaultsTest : public testing::Test {
protected:
    AccessFaultsTest()
    {
        Node tab = control("page tab", "Summary", "Press");
        tab.selectable = tab.selected = true;
        Node other = control("page tab", "Notes", "Press");
        other.selectable = true;
        Node check = control("check box", "Follow", "Toggle");
        check.checked = true;
        Node row = control("list item", "Harbour House", "Press");
        row.selectable = row.selected = row.focused = true;
        Node list = node("list", "Sessions", {row});
        list.focusable = true;
        Node combo = control("combo box", "Device", "ShowMenu");
        combo.text = "Automatic";
        combo.expandable = true;
        Node slider = control("slider", "Position");
        slider.has_value = true;
        slider.maximum = 10;
        Node field = control("text", "Question");
        field.editable = true;
        right_ = node(
            "application",
            "percept",
            {node(
                "frame",
                "Percept",
                {node("page tab list", "Parts", {tab, other}),
                 check,
                 list,
                 combo,
                 slider,
                 field,
                 control("push button", "Send", "Press")})});
        right_.showing = false;
    }
    Node& window() { return right_.children[0]; }
    Node& of_role(const std::string& role)
    {
        Node* found = nullptr;
        const std::function<void(Node&)> look = [&](Node& at) {
            if (at.role == role && found == nullptr) found = &at;
            for (Node& child : at.children) look(child);
        };
        look(right_);
        return *found;
    }
    void expect_fault(const std::string& words) const
    {
        EXPECT_THAT(access_faults(right_), Contains(HasSubstr(words)));
    }
    std::vector<std::string> all_stops()
    {
        std::vector<std::string> stops{of_role("page tab").id};
        for (const char* role : {"check box", "list", "combo box", "slider", "text", "push button"})
            stops.push_back(of_role(role).id);
        return stops;
    }

    Node right_;
};

TEST_F(AccessFaultsTest, ARightPageHasNone)
{
    EXPECT_THAT(access_faults(right_), IsEmpty());
    EXPECT_THAT(tab_faults(right_, all_stops()), IsEmpty());
    EXPECT_EQ(controls_in(right_), 8);
}

TEST_F(AccessFaultsTest, AControlWithoutANameIsNamedByItsPlace)
{
    for (const char* role : {"push button", "text", "list item", "list", "slider", "check box"}) {
        Node& spoilt = of_role(role);
        const std::string name = std::exchange(spoilt.name, "");
        expect_fault(std::string{"Percept > "});
        expect_fault(std::string{"["} + role + "] “” has no name");
        spoilt.name = name;
    }
    window().children.push_back(node("image", ""));
    expect_fault("[image] “” has no name");
}

TEST_F(AccessFaultsTest, WrongRoles)
{
    window().children.push_back(node("unknown", ""));
    expect_fault("[unknown] “” has no role");
    Node& button = of_role("push button");
    button.role = "filler";
    expect_fault("can have the focus and is no control");
}

TEST_F(AccessFaultsTest, WrongStates)
{
    const Node right = right_;
    const auto spoil = [&](const std::string& role,
                           const std::function<void(Node&)>& spoil_it,
                           const std::string& words) {
        right_ = right;
        spoil_it(of_role(role));
        expect_fault(words);
    };
    spoil(
        "page tab",
        [](Node& at) { at.selected = false; },
        "0 of its tabs are selected");
    spoil(
        "page tab",
        [](Node& at) { at.selectable = false; },
        "cannot be selected");
    spoil(
        "combo box",
        [](Node& at) { at.name = at.text; },
        "is named by what is chosen");
    spoil(
        "combo box",
        [](Node& at) { at.text.clear(); },
        "does not say what is chosen");
    spoil(
        "combo box",
        [](Node& at) { at.expandable = false; },
        "cannot be opened");
    spoil(
        "slider",
        [](Node& at) { at.value = 11; },
        "has a value out of range");
    spoil(
        "slider",
        [](Node& at) { at.has_value = false; },
        "has no value");
    spoil(
        "list item",
        [](Node& at) { at.expanded = true; },
        "is unfolded and cannot be");
    for (const char* role : {"push button", "check box", "list item", "page tab", "combo box"})
        spoil(
            role,
            [](Node& at) { at.actions.clear(); },
            "cannot be pressed");
}

TEST_F(AccessFaultsTest, TheFocusIsInOnePlace)
{
    of_role("text").focused = true;
    expect_fault("[text] “Question” has the focus, as 1 more have");
    of_role("text").focused = of_role("list item").focused = false;
    expect_fault("nothing has the focus");
    // With a menu open the focus is there, and its button keeps that of the window.
    of_role("push button").focused = true;
    Node entry = control("menu item", "Export…", "Press");
    right_.children.push_back(node("popup menu", "More", {entry}));
    expect_fault("nothing has the focus");
    right_.children.back().children[0].focused = true;
    EXPECT_THAT(access_faults(right_), IsEmpty());
}

TEST_F(AccessFaultsTest, TwoOfOneName)
{
    window().children.push_back(control("push button", "Send", "Press"));
    expect_fault("is called as another one is");
}

TEST_F(AccessFaultsTest, WhatTabLeavesOut)
{
    auto stops = all_stops();
    stops.pop_back();
    EXPECT_THAT(
        tab_faults(right_, stops),
        Contains(HasSubstr("[push button] “Send” is not reached by Tab")));
}

TEST_F(AccessFaultsTest, TabThatGoesUpThePage)
{
    auto stops = all_stops();
    std::swap(stops[1], stops[4]);
    EXPECT_THAT(tab_faults(right_, stops), Contains(HasSubstr("comes after what is below it")));
}

TEST_F(AccessFaultsTest, WhatIsScrolledAwayHasNoPlaceOnThePage)
{
    auto stops = all_stops();
    std::swap(stops[1], stops[4]);
    // The page begins below the second of them: that one is scrolled out at its top.
    Node& early = of_role("check box");
    window().y = early.y + early.height;
    window().height = 1'000;
    right_.height = 0;
    const auto follow = HasSubstr("“Follow” comes after what is below it");
    EXPECT_THAT(tab_faults(right_, stops), testing::Not(Contains(follow)));
    window().y = 0;
    EXPECT_THAT(tab_faults(right_, stops), Contains(follow));
}

} // namespace
} // namespace window_test
