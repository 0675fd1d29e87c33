#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace engine::tools {

/// {"median", "p10", "p90"} by linear interpolation between the sorted values.
inline nlohmann::json spread_of(std::vector<double> values)
{
    if (values.empty()) return nullptr;
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
        const double place = share * static_cast<double>(values.size() - 1);
        const auto below = static_cast<std::size_t>(std::floor(place));
        const std::size_t above = std::min(below + 1, values.size() - 1);
        return std::lerp(values[below], values[above], place - std::floor(place));
    };
    return {{"median", at(0.5)}, {"p10", at(0.1)}, {"p90", at(0.9)}};
}

} // namespace engine::tools
