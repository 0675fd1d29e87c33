#include "tests/window/looked_at.h"

#include "tests/support/run_command.h"
#include "tests/window/display.h"

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <unistd.h>
#include <utility>
#include <vector>

namespace window_test {
namespace {

using nlohmann::json;

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

/// A look without the figures that are measured anew every second, of memory, disk and queue: on a
/// busy machine they never stay the same from one look to the next.
json at_rest(const std::filesystem::path& file)
{
    static const std::set<std::string> kMeasured{"ui::StatusBar", "ui::MachinePanel"};
    std::ifstream in{file};
    json look = json::parse(in);
    std::vector<bool> measured;
    for (const json& widget : look["widgets"]) {
        const int parent = widget["parent"];
        const auto& kinds = widget["kinds"];
        measured.push_back(
            (parent >= 0 && measured[static_cast<std::size_t>(parent)]) ||
            std::any_of(kinds.begin(), kinds.end(), [](const json& kind) {
                return kMeasured.contains(kind.get<std::string>());
            }));
    }
    for (std::size_t i = 0; i < measured.size(); ++i)
        if (measured[i]) look["widgets"][i] = nullptr;
    for (const char* part : {"texts", "fills", "strokes", "marks", "rows"}) {
        json kept = json::array();
        for (json& each : look[part])
            if (!measured[each["widget"].get<std::size_t>()]) kept.push_back(std::move(each));
        look[part] = std::move(kept);
    }
    return look;
}

/// What moved, for a failed test.
std::string moved(const json& before, const json& after)
{
    constexpr std::size_t kMost = 5;
    if (before.is_null()) return " one look took all the time";
    std::string out;
    const json changes = json::diff(before, after);
    for (std::size_t i = 0; i < std::min(kMost, changes.size()); ++i)
        out += "\n  " + changes[i].dump() +
               " before: " + before.value(json::json_pointer(changes[i]["path"]), json{}).dump();
    return out;
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
    json before, now;
    const bool same = eventually(
        [&] {
            const auto file = look();
            last_ = support::read_file(file);
            facts = read_facts(file);
            before = std::exchange(now, at_rest(file));
            std::filesystem::remove(file);
            const bool there = facts.widgets.front().rect.width == size.width_px &&
                               facts.widgets.front().rect.height == size.height_px;
            return there && now == before;
        },
        60); // a look takes seconds on a busy machine
    EXPECT_TRUE(same) << "the window never comes to rest at " << size.width_px << "x"
                      << size.height_px << ":" << moved(before, now);
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
