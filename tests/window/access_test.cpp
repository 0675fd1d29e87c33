// The window as somebody meets it who hears it: every view, overlay and menu is read from another
// process as a screen reader reads it, and walked with Tab.

#include "tests/support/models.h"
#include "tests/window/access_faults.h"
#include "tests/window/display.h"
#include "tests/window/heard.h"
#include "tests/window/percept_window.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <set>

namespace window_test {
namespace {

class AccessTest : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        folder_ = std::make_unique<support::TemporaryFolder>();
        std::filesystem::create_directory(*folder_ / "Documents");
        heard_ = std::make_unique<Heard>();
    }
    static void TearDownTestSuite()
    {
        heard_.reset();
        folder_.reset();
        std::cout << controls_ << " controls in " << views_.size() << " views, "
                  << (faults_ == 0 ? "all named" : std::to_string(faults_) + " faults") << "\n";
    }
    static void ingest(const std::string& session, const std::string& file)
    {
        const auto done = support::run_command(
            {std::string{PERCEPT_BIN_DIR} + "/percept-cli",
             "--data",
             (*folder_ / "library").string(),
             "--models",
             support::models_folder().string(),
             "--quiet",
             "ingest",
             "--new",
             session,
             sample(file).string()},
            {},
            300);
        ASSERT_EQ(done.status, 0) << done.err;
    }
    static std::unique_ptr<PerceptWindow> start(const std::string& library)
    {
        return std::make_unique<PerceptWindow>(
            *folder_ / library,
            std::vector<std::string>{},
            std::vector<std::string>{"HOME=" + folder_->path().string()});
    }

    /// What is shown now has no fault, once it has come to rest.
    static void look(const PerceptWindow& window, const std::string& view)
    {
        Node tree;
        std::vector<std::string> faults;
        eventually(
            [&] {
                tree = window.tree();
                faults = access_faults(tree);
                return faults.empty();
            },
            testing::Test::HasFailure() ? 1 : 4);
        views_.insert(view);
        controls_ += controls_in(tree);
        report(view, faults, tree);
    }
    /// And Tab comes by everything, telling where it is.
    static void look_and_walk(const PerceptWindow& window, const std::string& view)
    {
        look(window, view);
        constexpr int kMost = 90;
        std::vector<std::string> stops;
        std::vector<std::string> faults;
        Node tree = window.tree();
        heard_->focus(0);
        while (stops.size() < kMost) {
            key("Tab");
            const std::string id = heard_->focus();
            if (id.empty()) {
                faults.push_back(
                    "Tab tells nobody where it goes, after " +
                    (stops.empty() ? "nothing" : name_of(tree, stops.back())));
                break;
            }
            if (name_of(tree, id).empty()) tree = window.tree(); // rows that came into view
            stops.push_back(stop_of(tree, id));
            if (stops.size() > 1 && stops.back() == stops.front()) break;
        }
        if (stops.size() == kMost) faults.push_back("Tab never comes back to where it began");
        const auto more = tab_faults(tree, stops);
        faults.insert(faults.end(), more.begin(), more.end());
        std::string way;
        for (const std::string& stop : stops) way += "\n    " + name_of(tree, stop);
        for (std::string& fault : faults) fault += std::exchange(way, {});
        report(view + ", Tab", faults, tree);
    }
    /// The menu that this button opens.
    static void look_at_menu(const PerceptWindow& window, const std::string& button)
    {
        window.press(button, "push button");
        window.wait_for("", "popup menu");
        look(window, "menu of " + button);
        key("Down");
        look(window, "menu of " + button + ", first entry");
        key("Escape");
        window.wait_gone("", "popup menu");
    }

    static inline std::unique_ptr<support::TemporaryFolder> folder_;
    static inline std::unique_ptr<Heard> heard_;

private:
    static std::string name_of(const Node& tree, const std::string& id)
    {
        std::string name;
        walk(tree, [&](const Node& node) {
            if (node.id == id) name = "[" + node.role + "] " + node.name;
        });
        return name;
    }
    static void
    report(const std::string& view, const std::vector<std::string>& faults, const Node& tree)
    {
        faults_ += static_cast<int>(faults.size());
        for (const std::string& fault : faults) ADD_FAILURE() << view << ": " << fault;
        if (const char* folder = std::getenv("WINDOW_SHOTS")) {
            shot("access-" + view);
            std::ofstream(std::string{folder} + "/access-" + view + ".txt") << print(tree);
        }
    }

    static inline std::set<std::string> views_;
    static inline int controls_ = 0;
    static inline int faults_ = 0;
};

TEST_F(AccessTest, TheFirstPage)
{
    const auto window = start("first");
    window->wait_for("Starter model ready", "label");
    look_and_walk(*window, "first page");
    EXPECT_EQ(window->close(), 0) << window->err();
}

TEST_F(AccessTest, EveryView)
{
    ingest("Harbour House", "handbook.pdf");
    ingest("Workshop meeting", "meeting.ogg");
    const auto window = start("library");
    window->wait_for("Harbour House", "list item");

    key("ctrl+n");
    window->wait_for_focus("Question");
    look_and_walk(*window, "ask empty");
    key("Escape");
    window->wait_for_focus("Ask");
    look(*window, "ask, on no control");
    xdo({"key", "alt"});
    key("Down");
    for (const char* menu : {"File", "Edit", "View", "Session", "Evidence", "Help"}) {
        window->wait_for("", "popup menu");
        key("Down");
        look(*window, "menu bar, " + std::string{menu});
        key("Right");
    }
    key("Escape");
    key("Escape");
    window->wait_gone("", "popup menu");
    look_at_menu(*window, "More for this session");

    key("ctrl+k");
    window->wait_for_focus("Search everything");
    type("Harbour House");
    window->wait_for("Best", "list item");
    look(*window, "palette");
    key("Return");
    window->wait_for("1 source");
    window->wait_for_focus("Question");
    type("What does the laser cutter cost per hour?");
    key("ctrl+Return");
    window->wait_for("Copy as Markdown", "", 60);
    EXPECT_TRUE(heard_->said("9 euros an hour")) << "the answer was not announced";
    EXPECT_TRUE(act("percept", "Citation 1", "link", "Press"));
    window->wait_for("The cited lines, enlarged");
    look_and_walk(*window, "answer and page");
    look_at_menu(*window, "Sources: ");
    look_at_menu(*window, "More for this answer");
    look_at_menu(*window, "Size of the page");
    EXPECT_TRUE(act("percept", "1 source", "check box", "Toggle"));
    window->wait_for("handbook.pdf, ready", "list item");
    window->press("handbook.pdf, ready", "list item");
    look_and_walk(*window, "sources");

    EXPECT_TRUE(act("percept", "Library", "page tab", "Press"));
    window->wait_for("Workshop meeting", "list item");
    look_and_walk(*window, "library");
    window->press("Workshop meeting", "list item");
    key("F2");
    window->wait_for_focus("Sessions");
    look(*window, "library, a name being edited");
    key("Escape");
    key("ctrl+f");
    window->wait_for_focus("Search everything said");
    type("new filter");
    window->wait_for("Said: ", "list item");
    look_and_walk(*window, "library search");
    look_at_menu(*window, "Order: ");
    EXPECT_TRUE(act("percept", "Said: ", "list item", "Press"));

    window->wait_for("Transcript", "list");
    look_and_walk(*window, "transcript");
    look_at_menu(*window, "More actions");
    window->press("the laser cutter.", "list item");
    key("F2");
    window->wait_for_focus("Transcript");
    look(*window, "transcript, a line being edited");
    key("Escape");
    key("ctrl+s");
    window->wait_for("Written to");
    look_and_walk(*window, "export");
    key("Escape");
    window->wait_gone("Written to");
    EXPECT_TRUE(act("percept", "Summary", "page tab", "Press"));
    window->wait_for("Likely decisions", "", 60);
    look_and_walk(*window, "summary");
    look_at_menu(*window, "Template: ");
    window->press("we have agreed to buy", "list item");
    look(*window, "summary, a line chosen");
    EXPECT_TRUE(act("percept", "Notes", "page tab", "Press"));
    window->wait_for_focus("New note");
    type("Ask for the price");
    key("Return");
    window->wait_for("Ask for the price", "list item");
    look_and_walk(*window, "notes");

    key("F1");
    window->wait_for("Pages of the guide");
    look_and_walk(*window, "guide");
    key("Escape");
    window->wait_gone("Pages of the guide");
    key("ctrl+slash");
    window->wait_for_focus("All keys");
    look(*window, "all keys");
    key("Escape");
    window->wait_gone("Pages of the guide");

    EXPECT_TRUE(act("percept", "Models", "page tab", "Press"));
    window->wait_for("Speed test");
    look_and_walk(*window, "models");
    look_at_menu(*window, "Use a folder");
    window->press("Add a server", "push button");
    window->wait_for_focus("Name of the server");
    look_and_walk(*window, "models, a server");
    EXPECT_TRUE(act("percept", "Cancel adding a server", "push button", "Press"));
    window->wait_gone("Name of the server");

    key("ctrl+comma");
    for (const char* section :
         {"Appearance", "Storage", "Languages", "Engine", "Keys", "Privacy", "About"}) {
        window->wait_for("Sections of the settings");
        window->press(section, "list item");
        window->wait_for(section, "label");
        look_and_walk(*window, "settings, " + std::string{section});
    }
    window->press("Engine", "list item");
    window->press("Device", "combo box");
    window->wait_for_focus("Device");
    look(*window, "settings, a combo box open");
    key("Escape");
    EXPECT_EQ(window->close(), 0) << window->err();
}

TEST_F(AccessTest, F6WalksThroughAllPanes)
{
    const auto window = start("panes");
    window->wait_for("Choose files");
    std::set<std::string> panes;
    for (int i = 0; i < 5; ++i) {
        key("F6");
        panes.insert(heard_->focus());
    }
    EXPECT_GE(panes.size(), 3u) << print(window->tree());
}

} // namespace
} // namespace window_test
