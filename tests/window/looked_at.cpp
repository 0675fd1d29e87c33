#include "tests/window/looked_at.h"

#include "tests/support/run_command.h"
#include "tests/window/display.h"

#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <stdexcept>
#include <unistd.h>

namespace window_test {
namespace {

/// Light or dark as the desktop says it, not as a setting of the program.
std::string desktop(bool dark)
{
    const std::string ground = dark ? "30,30,30" : "240,240,240";
    const std::string text = dark ? "230,230,230" : "20,20,20";
    std::string file = "[General]\nfont=Noto Sans,9.75,-1,5,50,0,0,0,0,0\n";
    for (const char* group : {"Button", "Window", "View"})
        file.append("[Colors:")
            .append(group)
            .append("]\nBackgroundNormal=")
            .append(ground)
            .append("\nForegroundNormal=")
            .append(text)
            .append("\n");
    return file;
}

} // namespace

LookedAt::LookedAt(
    const std::filesystem::path& folder,
    const std::string& library,
    int scale,
    bool dark)
    : folder_(folder / (library + "-probe")), scale_(scale)
{
    std::filesystem::create_directories(folder_ / "config");
    std::ofstream(folder_ / "config/kdeglobals") << desktop(dark);
    window_ = std::make_unique<PerceptWindow>(
        folder / library,
        std::vector<std::string>{},
        std::vector<std::string>{
            std::string{"QT_PLUGIN_PATH="} + PERCEPT_PLUGINS,
            "QT_QPA_GENERIC_PLUGINS=layoutprobe",
            "PERCEPT_PROBE=" + folder_.string(),
            "QT_SCALE_FACTOR=" + std::to_string(scale),
            "KDE_SESSION_VERSION=5",
            "QT_QPA_PLATFORMTHEME=kde",
            "XDG_CONFIG_HOME=" + (folder_ / "config").string()});
}

void LookedAt::resize(Size size) const
{
    // The window's own number: a class is looked for in all windows of the display.
    xdo(
        {"search",
         "--onlyvisible",
         "--class",
         "percept",
         "windowsize",
         std::to_string(size.width_px * scale_),
         std::to_string(size.height_px * scale_),
         "windowmove",
         "0",
         "0"});
}

void LookedAt::press(const std::string& words, const std::string& role) const
{
    const Node node = window_->wait_for(words, role);
    if (node.width == 0) return;
    click(node.centre_x() * scale_, node.centre_y() * scale_);
    xdo({"mousemove", "3899", "2299"});
}

Facts LookedAt::settled(Size size)
{
    Facts facts;
    last_.clear();
    const bool same = eventually(
        [&] {
            const auto file = look();
            std::string now = support::read_file(file);
            facts = read_facts(file);
            std::filesystem::remove(file);
            const bool there = facts.widgets.front().rect.width == size.width_px &&
                               facts.widgets.front().rect.height == size.height_px;
            const bool still = there && now == last_;
            last_ = std::move(now);
            return still;
        },
        60); // a look takes seconds on a busy machine
    EXPECT_TRUE(same) << "the window never comes to rest at " << size.width_px << "x"
                      << size.height_px;
    return facts;
}

std::filesystem::path LookedAt::look()
{
    const std::string name = std::to_string(++looks_);
    auto file = folder_ / (name + ".json");
    const auto ask = [&] {
        const int to = ::open((folder_ / "ask").c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
        if (to < 0) return false;
        const bool written = ::write(to, name.data(), name.size()) > 0;
        ::close(to);
        return written;
    };
    if (!eventually(ask, 20)) throw std::runtime_error("no probe in the window");
    if (!eventually([&] { return std::filesystem::exists(file); }, 20))
        throw std::runtime_error("the probe does not answer");
    return file;
}

} // namespace window_test
