#pragma once

#include "storage/database.h"
#include "storage/media_store.h"

#include <functional>

namespace storage {

/// Copies the database that `from` reads into a new file, as it is at this moment; others may go on
/// writing. Bytes written. `progress` hears a share from 0 to 1.
Result<std::uint64_t> copy_database(
    Database& from,
    const std::filesystem::path& target,
    const std::function<void(double)>& progress);

/// Copies every stored file that the database of `from` names into `folder`/media. The caller keeps
/// MediaStore::files() shared meanwhile, so that none is deleted on the way.
Result<std::uint64_t> copy_media(
    Database& from,
    const MediaStore& media,
    const std::filesystem::path& folder,
    const std::function<void(double)>& progress);

} // namespace storage
