#include "storage/writer_lock.h"

#include "storage/clock.h"

#include <cerrno>
#include <fmt/format.h>
#include <unistd.h>

namespace storage {
namespace {

constexpr const char* kName = "writer.lock";

} // namespace

Result<WriterLock> WriterLock::take(const std::filesystem::path& data_dir)
{
    auto file = base::File::open(data_dir / kName, base::File::Mode::Update);
    if (!file) return tl::unexpected(file.error());
    const auto locked = file->try_lock();
    if (!locked) return tl::unexpected(locked.error());
    if (!*locked) {
        const std::string holder = holder_of(data_dir);
        return fail(
            ErrorCode::LibraryInUse,
            fmt::format(
                "The library in {} is in use by {}.",
                data_dir.string(),
                holder.empty() ? "another program" : holder),
            "Close that program or do this there; reading works meanwhile.");
    }
    // A lock without a name still locks: a full disk must not keep the user from deleting
    // something.
    const std::string holder = fmt::format(
        "{} (process {}, since {})\n",
        program_invocation_short_name,
        ::getpid(),
        utc_now());
    if (file->truncate(0)) static_cast<void>(file->write_all(holder));
    return WriterLock(std::move(*file));
}

std::string holder_of(const std::filesystem::path& data_dir)
{
    auto text = base::read_text(data_dir / kName, 4096);
    if (!text) return {};
    return text->substr(0, text->find('\n'));
}

} // namespace storage
