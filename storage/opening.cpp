#include "storage/opening.h"

#include "base/io.h"
#include "storage/database.h"
#include "storage/migrations.h"

#include <array>
#include <cstring>
#include <fmt/format.h>

namespace storage {
namespace {

namespace fs = std::filesystem;

// quick_check reads the whole file: 0.1 s at this size.
constexpr std::uint64_t kAlwaysCheckedBytes = 64u << 20;

tl::unexpected<Error> damaged(const fs::path& file, std::string_view why)
{
    return fail(
        ErrorCode::LibraryDamaged,
        fmt::format("The library's database {} is damaged: {}.", file.string(), why),
        "Restore a backup, or move percept.sqlite out of the data folder to begin anew.");
}

tl::unexpected<Error> too_new(const fs::path& file, std::int64_t version)
{
    return fail(
        ErrorCode::LibraryTooNew,
        fmt::format(
            "The library {} was written by a newer Percept (version {} of its form; this one knows "
            "{}).",
            file.string(),
            version,
            latest_version()),
        "Update Percept; nothing was changed.");
}

/// From the first page, so that a newer file is not even opened by SQLite. Source:
/// sqlite.org/fileformat2.html §1.3.
Result<Probed> probe_header(const fs::path& file)
{
    auto opened = base::File::open(file, base::File::Mode::Read);
    if (!opened && opened.error().code == ErrorCode::FileNotFound) return Probed{};
    if (!opened) return tl::unexpected(opened.error());
    std::array<std::byte, 100> header = {};
    const auto n = opened->read_at(header, 0);
    if (!n) return tl::unexpected(n.error());
    if (*n == 0) return Probed{};
    if (*n < header.size() || std::memcmp(header.data(), "SQLite format 3", 16) != 0)
        return damaged(file, "it does not begin like an SQLite file");
    const auto big_endian = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i)
            value = value << 8 | std::to_integer<std::uint32_t>(header[at + i]);
        return value;
    };
    const std::uint32_t application = big_endian(68);
    if (application != 0 && application != kApplicationId)
        return damaged(file, "it belongs to another program");
    const std::uint32_t version = big_endian(60);
    if (version > static_cast<std::uint32_t>(latest_version())) return too_new(file, version);
    return Probed{true, static_cast<int>(version)};
}

/// The same questions to SQLite itself: the newest version may still be in the log only.
Result<Probed> probe_contents(const fs::path& file, Database::Mode mode, bool check)
{
    auto database = Database::open(file, mode);
    if (!database) return tl::unexpected(database.error());
    const auto version = (*database)->value("PRAGMA user_version");
    if (!version) return tl::unexpected(version.error());
    if (*version > latest_version()) return too_new(file, *version);
    const auto tables = (*database)->value("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tl::unexpected(tables.error());
    if (*version == 0 && *tables > 0) return damaged(file, "it belongs to another program");
    if (check) {
        const auto verdict =
            (*database)->row("PRAGMA quick_check(1)", [](Statement& row) { return row.text(0); });
        if (!verdict) return tl::unexpected(verdict.error());
        if (verdict->value_or("ok") != "ok") return damaged(file, **verdict);
    }
    return Probed{true, static_cast<int>(*version)};
}

} // namespace

Result<Probed> probe(const fs::path& file, bool writing)
{
    std::error_code ignored;
    auto header = probe_header(file);
    // Only a library that was being made has a rollback journal; later ones have a log. Whoever may
    // write takes the half-made pages back, and for a reader there is nothing yet.
    if (fs::file_size(file.string() + "-journal", ignored) > 0 && !ignored &&
        (header || header.error().code == ErrorCode::LibraryDamaged)) {
        if (!writing) return Probed{};
        return probe_contents(file, Database::Mode::Write, true);
    }
    if (!header || !header->there) return header;
    const bool unclean = fs::file_size(file.string() + "-wal", ignored) > 0 && !ignored;
    const bool check = writing && (unclean || fs::file_size(file, ignored) <= kAlwaysCheckedBytes);
    return probe_contents(file, Database::Mode::Read, check);
}

Result<fs::path> copy_aside(const fs::path& file)
{
    std::error_code ignored;
    const auto changed = fs::last_write_time(file, ignored).time_since_epoch().count();
    const fs::path folder = file.parent_path() / "damaged";
    const fs::path copy =
        folder / fmt::format("percept-{:x}.sqlite", static_cast<std::uint64_t>(changed));
    if (fs::exists(copy, ignored)) return copy;
    if (auto made = base::make_folders(folder); !made) return tl::unexpected(made.error());
    // The log first: a copy of the database means that both are there.
    for (const char* suffix : {"-wal", ""}) {
        auto from = base::File::open(file.string() + suffix, base::File::Mode::Read);
        if (!from && from.error().code == ErrorCode::FileNotFound) continue;
        if (!from) return tl::unexpected(from.error());
        if (from->size() == std::uint64_t{0}) continue;
        const fs::path part = copy.string() + suffix + ".part";
        auto to = base::File::open(part, base::File::Mode::Create);
        if (!to) return tl::unexpected(to.error());
        auto done = base::copy_contents(*from, *to);
        if (done) done = to->sync();
        if (done) done = base::rename_atomically(part, copy.string() + suffix);
        if (!done) {
            static_cast<void>(base::remove_file(part));
            return tl::unexpected(done.error());
        }
    }
    return copy;
}

} // namespace storage
