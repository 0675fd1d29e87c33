#pragma once

#include "app/own_model.h"
#include "app/speed_test.h"
#include "storage/library.h"

#include <string>
#include <vector>

/// What the library keeps of models besides the settings: those of the user's own, and how fast
/// this machine was. Reading blocks: in a lane.
namespace app::desktop {

inline constexpr const char* kSpeed = "speed"; // key of the library's settings

struct StoredModels {
    std::vector<OwnModel> own;
    std::vector<std::string> writing; // see published_model.h
    Speed speed;
};
StoredModels readStoredModels(storage::Library& library);
std::string jsonOf(const Speed& speed);

} // namespace app::desktop
