#pragma once

#include <filesystem>
#include <string>

namespace app {

/// The graphics card that models could run on, by what the system says of it; CUDA is not asked, so
/// that a build without it says the same.
struct GraphicsCard {
    enum class State {
        None,      // nothing that draws
        OtherOnly, // a card, but none that models run on
        NoDriver,  // of NVIDIA, without the driver that computes
        Ready,
    };
    State state = State::None;
    std::string name = {};   // "NVIDIA GeForce RTX 4090"; where Ready
    std::string driver = {}; // "570.86.15"; where Ready and known
};

/// Reads a handful of small files of the kernel. `root` stands before /proc and /sys.
GraphicsCard find_graphics_card(const std::filesystem::path& root = "/");

} // namespace app
