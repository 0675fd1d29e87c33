#pragma once

#include "storage/result.h"

#include <filesystem>
#include <string>

namespace storage {

/// What a database file is, found out without changing a byte of it.
struct Probed {
    bool there = false; // false: nothing, or an empty file
    int version = 0;
};
/// `writing`: the caller holds the writer lock and is about to write. Then SQLite's quick_check
/// runs too, always for small files and after an unclean end for large ones. Errors: LibraryTooNew;
/// LibraryDamaged, also for files of other programs; FileUnreadable.
Result<Probed> probe(const std::filesystem::path& file, bool writing);

/// Copies the database and its log into `damaged/` beside it, once for each state of the file.
/// Where the copy lies.
Result<std::filesystem::path> copy_aside(const std::filesystem::path& file);

} // namespace storage
