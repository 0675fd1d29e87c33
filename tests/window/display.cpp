#include "tests/window/display.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>
#include <thread>

namespace window_test {

Display::Display(int width_px, int height_px)
{
    const auto number_file = runtime_ / "number";
    const std::string screen = std::to_string(width_px) + "x" + std::to_string(height_px) + "x24";
    // Xvfb writes the number that it found free to the descriptor named. Without -noreset it starts
    // over when its last client leaves, and refuses whoever comes meanwhile.
    server_ = std::make_unique<support::Command>(std::vector<std::string>{
        "sh",
        "-c",
        "exec Xvfb -displayfd 9 -screen 0 " + screen + " -nolisten tcp -noreset 9>" +
            number_file.string()});
    const bool up = server_->wait_for(
        [&] { return support::read_file(number_file).find('\n') != std::string::npos; },
        20);
    if (!up) std::abort();
    std::string number = support::read_file(number_file);
    number.pop_back();
    ::setenv("DISPLAY", (":" + number).c_str(), 1);
    ::setenv("XDG_RUNTIME_DIR", runtime_.path().c_str(), 1);
    // The bus of screen readers is started by the session's: without this it lies in the user's
    // cache folder, where a second session puts its own.
    support::run_command({"dbus-update-activation-environment", "DISPLAY", "XDG_RUNTIME_DIR"});
    ::setenv("QT_QPA_PLATFORM", "xcb", 1);
    ::setenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1", 1);
    ::setenv("NO_AT_BRIDGE", "1", 1); // the window manager needs no screen reader
    manager_ =
        std::make_unique<support::Command>(std::vector<std::string>{"xfwm4", "--compositor=off"});
    ::unsetenv("NO_AT_BRIDGE");
    const bool managed = eventually(
        [] {
            return support::run_command({"xprop", "-root", "_NET_SUPPORTING_WM_CHECK"})
                       .out.find("window id") != std::string::npos;
        },
        30);
    if (!managed) {
        std::fprintf(stderr, "No window manager on display :%s.\n", number.c_str());
        std::abort(); // no key would reach the window
    }
}

Display::~Display()
{
    manager_.reset();
    server_.reset();
}

void xdo(const std::vector<std::string>& words)
{
    std::vector<std::string> command{"xdotool"};
    command.insert(command.end(), words.begin(), words.end());
    const auto result = support::run_command(command);
    EXPECT_EQ(result.status, 0) << result.err;
}

void key(const std::string& keys)
{
    xdo({"key", "--clearmodifiers", keys});
}

void type(const std::string& text)
{
    xdo({"type", "--delay", "4", text});
}

void click(int x, int y)
{
    xdo({"mousemove", std::to_string(x), std::to_string(y), "click", "1"});
}

void shot(const std::string& name)
{
    const char* folder = std::getenv("WINDOW_SHOTS");
    const std::string file =
        (folder != nullptr ? std::string{folder} : std::string{"."}) + "/" + name + ".png";
    support::run_command({"import", "-window", "root", file});
}

bool eventually(const std::function<bool()>& seen, double limit_s)
{
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(limit_s);
    while (std::chrono::steady_clock::now() < end) {
        if (seen()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    return seen();
}

} // namespace window_test
