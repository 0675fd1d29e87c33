#pragma once

#include "storage/database.h"
#include "storage/media_store.h"

#include <functional>
#include <stop_token>

namespace storage {

/// Copies the database that `from` reads into a new file, as it is at this moment; others may go on
/// writing. Bytes written. `progress` hears a share from 0 to 1. Errors: LibraryDamaged where the
/// copy fails SQLite's integrity_check, Cancelled, those of writing.
Result<std::uint64_t> copy_database(
    Database& from,
    const std::filesystem::path& target,
    const std::function<void(double)>& progress,
    const std::stop_token& stop = {});

/// Writes the library that `from` reads into one tar file: percept.sqlite and media/ as they lie in
/// the data folder, so that unpacking it into an empty folder restores the library. The database
/// copy passes SQLite's integrity_check, each stored file its SHA-256, and the tar file is read
/// back and compared before it gets its name. It is there whole or not at all. Bytes written. The
/// caller keeps MediaStore::files() shared meanwhile, so that none is deleted on the way. Errors:
/// AlreadyExists, LibraryDamaged (names what), NoSpace, Cancelled and those of writing.
Result<std::uint64_t> write_backup(
    Database& from,
    const MediaStore& media,
    const std::filesystem::path& target,
    const std::function<void(double)>& progress,
    const std::stop_token& stop);

} // namespace storage
