#include "app/graphics_card.h"

#include <fstream>

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kNvidia = "0x10de";
constexpr std::string_view kDisplayClass = "0x03"; // of PCI: VGA, 3D and other display controllers

std::string first_line(const fs::path& path)
{
    std::ifstream file{path};
    std::string line;
    std::getline(file, line);
    return line;
}

std::string trimmed(const std::string& text)
{
    const auto begin = text.find_first_not_of(" \t");
    return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t") + 1);
}

/// "Model: \t\t NVIDIA GeForce RTX 4090" of the driver's first card.
std::string name_by_driver(const fs::path& root)
{
    std::error_code failed;
    for (const auto& card : fs::directory_iterator{root / "proc/driver/nvidia/gpus", failed}) {
        std::ifstream file{card.path() / "information"};
        for (std::string line; std::getline(file, line);) {
            constexpr std::string_view kModel = "Model:";
            if (line.starts_with(kModel)) return trimmed(line.substr(kModel.size()));
        }
    }
    return {};
}

} // namespace

GraphicsCard find_graphics_card(const fs::path& root)
{
    GraphicsCard card;
    card.name = name_by_driver(root);
    if (!card.name.empty()) {
        card.state = GraphicsCard::State::Ready;
        card.driver = first_line(root / "sys/module/nvidia/version");
        return card;
    }
    std::error_code failed;
    for (const auto& device : fs::directory_iterator{root / "sys/bus/pci/devices", failed}) {
        if (!first_line(device.path() / "class").starts_with(kDisplayClass)) continue;
        if (first_line(device.path() / "vendor") == kNvidia) {
            card.state = GraphicsCard::State::NoDriver;
            return card;
        }
        card.state = GraphicsCard::State::OtherOnly;
    }
    return card;
}

} // namespace app
