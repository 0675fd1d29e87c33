#pragma once

#include "app/paths.h"
#include "app/result.h"
#include "storage/library.h"

#include <filesystem>
#include <functional>
#include <stop_token>

namespace app {

/// Moves the library, and the models where they lie in it, to another folder: copies, reads back,
/// compares, then lets the old folder point to the new one, which every later start follows. The
/// old copy stays until forget_old_place(). Blocks. Errors: those of Library::move_to(); the old
/// place is in use then as before.
Result<void> move_library(
    const Paths& paths,
    storage::Library& library,
    const std::filesystem::path& target,
    const std::function<void(double)>& progress,
    const std::stop_token& stop);

/// Deletes what a moved library left in its old folder, all but the pointer; bytes that went.
/// Errors: BadUsage where the library has not moved away from there.
Result<std::uint64_t> forget_old_place(const std::filesystem::path& old_data);

/// Deletes everything that the program keeps in `data`: library, media, backups, log, and the
/// models with `models_too`. The caller has closed the library. Errors: those of deleting.
Result<void> delete_all_data(const Paths& paths, bool models_too);

} // namespace app
