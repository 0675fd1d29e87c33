#include "storage/archive.h"

#include "base/hash.h"

#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <fmt/format.h>
#include <vector>

namespace storage {
namespace {

constexpr std::size_t kPieceBytes = 1 << 20;

struct FreeEntry {
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
struct FreeReader {
    void operator()(archive* reader) const { archive_read_free(reader); }
};

tl::unexpected<Error> cancelled()
{
    return fail(ErrorCode::Cancelled, "The backup was stopped; nothing of it was kept.");
}

} // namespace

Result<std::unique_ptr<ArchiveWriter>> ArchiveWriter::create(const std::filesystem::path& path)
{
    auto file = base::File::open(path, base::File::Mode::Create);
    if (!file) return tl::unexpected(file.error());
    std::unique_ptr<ArchiveWriter> writer(new ArchiveWriter(std::move(*file)));
    // Through our own file layer: it completes short writes and knows a full disk by name.
    const auto on_write =
        [](archive* handle, void* self, const void* data, std::size_t size) -> la_ssize_t {
        auto& to = *static_cast<ArchiveWriter*>(self);
        if (to.write(data, size)) return static_cast<la_ssize_t>(size);
        archive_set_error(handle, EIO, "write failed");
        return -1;
    };
    archive_write_set_format_pax_restricted(writer->handle_);
    archive_write_set_bytes_per_block(writer->handle_, kPieceBytes);
    archive_write_set_bytes_in_last_block(writer->handle_, 512);
    if (archive_write_open(writer->handle_, writer.get(), nullptr, on_write, nullptr) != ARCHIVE_OK)
        return tl::unexpected(writer->failure());
    return writer;
}

ArchiveWriter::ArchiveWriter(base::File file) : file_(std::move(file)), handle_(archive_write_new())
{
    if (handle_ == nullptr) throw std::bad_alloc();
}

ArchiveWriter::~ArchiveWriter()
{
    archive_write_free(handle_);
}

Result<void> ArchiveWriter::write(const void* data, std::size_t size)
{
    auto done = file_.write_all(std::span(static_cast<const std::byte*>(data), size));
    if (!done) write_error_ = done.error();
    return done;
}

Error ArchiveWriter::failure() const
{
    if (write_error_) return *write_error_;
    const char* said = archive_error_string(handle_);
    return {
        ErrorCode::Internal,
        fmt::format("The backup cannot be written: {}.", said != nullptr ? said : "unknown")};
}

Result<std::string> ArchiveWriter::add(
    const std::string& name,
    const std::filesystem::path& path,
    const std::function<void(std::uint64_t)>& on_bytes,
    const std::stop_token& stop)
{
    auto file = base::File::open(path, base::File::Mode::Read);
    if (!file) return tl::unexpected(file.error());
    const auto size = file->size();
    if (!size) return tl::unexpected(size.error());
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    if (!entry) throw std::bad_alloc();
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(*size));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    archive_entry_set_mtime(entry.get(), std::time(nullptr), 0);
    if (archive_write_header(handle_, entry.get()) != ARCHIVE_OK) return tl::unexpected(failure());
    base::Sha256 hash;
    std::vector<std::byte> piece(kPieceBytes);
    for (;;) {
        if (stop.stop_requested()) return cancelled();
        const auto count = file->read(piece);
        if (!count) return tl::unexpected(count.error());
        if (*count == 0) break;
        hash.add(std::span(piece).first(*count));
        if (archive_write_data(handle_, piece.data(), *count) != static_cast<la_ssize_t>(*count))
            return tl::unexpected(failure());
        if (on_bytes) on_bytes(*count);
    }
    return hash.hex();
}

Result<std::uint64_t> ArchiveWriter::finish()
{
    if (archive_write_close(handle_) != ARCHIVE_OK) return tl::unexpected(failure());
    if (auto done = file_.sync(); !done) return tl::unexpected(done.error());
    return file_.size();
}

Result<std::map<std::string, std::string>>
archive_hashes(const std::filesystem::path& path, const std::stop_token& stop)
{
    const auto damaged = [&](archive* reader) {
        const char* said = archive_error_string(reader);
        return fail(
            ErrorCode::LibraryDamaged,
            fmt::format("{} cannot be read back: {}.", path.string(), said ? said : "unknown"),
            "Check the disk, or write the backup to another one.");
    };
    const auto file = base::File::open(path, base::File::Mode::Read);
    if (!file) return tl::unexpected(file.error());
    ::posix_fadvise(file->descriptor(), 0, 0, POSIX_FADV_DONTNEED);
    const std::unique_ptr<archive, FreeReader> reader(archive_read_new());
    if (!reader) throw std::bad_alloc();
    archive_read_support_format_tar(reader.get());
    if (archive_read_open_fd(reader.get(), file->descriptor(), kPieceBytes) != ARCHIVE_OK)
        return damaged(reader.get());
    std::map<std::string, std::string> hashes;
    std::vector<std::byte> piece(kPieceBytes);
    archive_entry* entry = nullptr;
    int step = ARCHIVE_OK;
    while ((step = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK) {
        const std::string name = archive_entry_pathname(entry);
        base::Sha256 hash;
        for (;;) {
            if (stop.stop_requested()) return cancelled();
            const auto count = archive_read_data(reader.get(), piece.data(), piece.size());
            if (count < 0) return damaged(reader.get());
            if (count == 0) break;
            hash.add(std::span(piece).first(static_cast<std::size_t>(count)));
        }
        hashes.emplace(name, hash.hex());
    }
    if (step != ARCHIVE_EOF) return damaged(reader.get());
    return hashes;
}

} // namespace storage
