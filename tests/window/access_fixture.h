#pragma once

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
#include <utility>

namespace window_test {

/// The window as somebody meets it who hears it: looked at and walked through, and counted over all
/// tests of the program.
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
    /// On a handbook and a meeting, which are read once for all tests here; what an earlier window
    /// did is not in this one.
    static std::unique_ptr<PerceptWindow> start_filled(const std::string& name)
    {
        static bool filled = false;
        if (!std::exchange(filled, true)) {
            ingest_sample(*folder_ / "library", "Harbour House", "handbook.pdf");
            ingest_sample(*folder_ / "library", "Workshop meeting", "meeting.ogg");
        }
        std::filesystem::copy(
            *folder_ / "library",
            *folder_ / name,
            std::filesystem::copy_options::recursive);
        return start(name);
    }
    static std::unique_ptr<PerceptWindow>
    start(const std::string& library, const std::vector<std::string>& files = {})
    {
        return std::make_unique<PerceptWindow>(
            *folder_ / library,
            files,
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
    /// The menu of what has the keyboard, by both keys for it.
    static void look_at_context_menu(const PerceptWindow& window, const std::string& of)
    {
        for (const std::string keys : {"Menu", "shift+F10"}) {
            key(keys);
            window.wait_for("", "popup menu");
            look(window, "context menu of " + of);
            key("Down");
            look(window, "context menu of " + of + ", first entry");
            key("Escape");
            window.wait_gone("", "popup menu");
        }
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

} // namespace window_test
