#pragma once

#include "tests/support/run_command.h"

#include <memory>
#include <string>
#include <vector>

namespace window_test {

/// A display with a window manager, for the length of a test program; DISPLAY and what Qt needs for
/// screen readers are set in the environment. One at a time.
class Display {
public:
    Display(int width_px, int height_px);
    ~Display();

private:
    support::TemporaryFolder runtime_;
    std::unique_ptr<support::Command> server_;
    std::unique_ptr<support::Command> manager_;
};

/// xdotool with these words; fails the test where it fails.
void xdo(const std::vector<std::string>& words);
void key(const std::string& keys); // "ctrl+k"
void type(const std::string& text);
void click(int x, int y);
/// A picture of the whole display, beside the test results (WINDOW_SHOTS names another folder).
void shot(const std::string& name);

/// Looks until `seen` says yes; false where the limit passes. Waits for another program's window,
/// which tells nobody when it is ready.
bool eventually(const std::function<bool()>& seen, double limit_s = 30);

} // namespace window_test
