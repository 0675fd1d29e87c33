#pragma once

#include "tests/window/display.h"
#include "tests/window/guide_deeds.h"
#include "tests/window/percept_window.h"

#include <filesystem>
#include <gtest/gtest.h>

namespace window_test {

/// The real window with the keyboard alone: nothing that derives from this moves the mouse.
class KeyboardTest : public testing::Test {
protected:
    std::filesystem::path data() const { return folder_ / "library"; }
    /// The window writes exports where it has its documents: a home of its own.
    std::vector<std::string> environment() const { return {"HOME=" + folder_.path().string()}; }
    std::string note(const std::string& name) const
    {
        return folder_.write(name, "The pump of " + name + " is oiled on Mondays.\n").string();
    }
    static void ask(const PerceptWindow& window, const std::string& question)
    {
        window.wait_for_focus("Question");
        type(question);
        key("ctrl+Return");
    }
    /// What one SELECT says of the library, as any other program would see it.
    std::string stored(const std::string& sql) const
    {
        return support::run_command(
                   {"sqlite3", "-readonly", (data() / "percept.sqlite").string(), sql})
            .out;
    }
    bool stored_is(const std::string& sql, const std::string& wanted) const
    {
        return eventually([&] { return stored(sql) == wanted + "\n"; });
    }
    support::TemporaryFolder folder_;
    const bool documents_ = std::filesystem::create_directory(folder_ / "Documents");
};

} // namespace window_test
