#include "app/models/package_index.h"

#include "app/models/run_program.h"
#include "app/network_use.h"
#include "base/io.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <memory>

namespace app::models {
namespace {

namespace fs = std::filesystem;

/// Its host is pip's setting: the public one, or a mirror.
constexpr std::string_view kIndexName = "Python package index";

std::uint64_t bytes_below(const fs::path& folder)
{
    std::uint64_t bytes = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored)) bytes += entry->file_size(ignored);
    }
    return bytes;
}

fs::path wheel_in(const fs::path& folder)
{
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
        if (entry->path().extension() == ".whl") return entry->path();
    return {};
}

/// What pip's words mean to the user.
Error pip_error(const ProgramResult& run, const std::string& package)
{
    const std::string& said = run.last_error_line;
    if (run.status == 127)
        return {
            ErrorCode::MissingTool,
            "python3 is not installed; it is needed to fetch packages of the Python index.",
            "Install it with: apt-get install python3-pip"};
    if (said.find("No module named pip") != said.npos)
        return {
            ErrorCode::MissingTool,
            "pip is not installed; it is needed to fetch packages of the Python index.",
            "Install it with: apt-get install python3-pip"};
    if (said.find("No space left") != said.npos)
        return {
            ErrorCode::NoSpace,
            fmt::format("The disk is full; the package {} could not be stored.", package),
            "Free some space on the disk of the models folder and try again."};
    return {
        ErrorCode::NetworkUnavailable,
        fmt::format("pip could not fetch the package {} ({}).", package, said),
        "Check the connection, and pip's own settings where there is a mirror."};
}

struct FreeArchive {
    void operator()(archive* reader) const { archive_read_free(reader); }
};

Error zip_error(archive* reader, const fs::path& zip)
{
    const char* said = archive_error_string(reader);
    return {
        ErrorCode::BadFile,
        fmt::format("{} is not a whole package ({}).", zip.string(), said ? said : "unknown"),
        "It is fetched again next time."};
}

Result<void> copy_data(
    archive* reader,
    const fs::path& zip,
    base::File& target,
    std::uint64_t limit_bytes,
    const std::stop_token& stop)
{
    std::vector<char> block(std::size_t{1} << 18);
    std::uint64_t copied = 0;
    for (;;) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "The unpacking was stopped.");
        const auto n = archive_read_data(reader, block.data(), block.size());
        if (n < 0) return tl::unexpected(zip_error(reader, zip));
        if (n == 0) return target.sync();
        copied += static_cast<std::uint64_t>(n);
        if (copied > limit_bytes)
            return fail(
                ErrorCode::ChecksumMismatch,
                fmt::format("{} holds more bytes than were published.", zip.filename().string()));
        const std::string_view bytes(block.data(), static_cast<std::size_t>(n));
        if (auto written = target.write_all(bytes); !written) return written;
    }
}

} // namespace

fs::path PackageIndex::folder_of(const PackageMember& member) const
{
    return folder_ / fmt::format("{}-{}", member.package, member.version);
}

Result<fs::path> PackageIndex::wheel(
    const PackageMember& member,
    const std::function<void(std::uint64_t)>& on_progress,
    const std::stop_token& stop) const
{
    const fs::path folder = folder_of(member);
    if (auto there = wheel_in(folder); !there.empty()) return there;
    // pip's own temporary files too: they are counted for progress and go with the folder.
    const fs::path temporary = folder / "tmp";
    std::error_code ignored;
    fs::remove_all(temporary, ignored);
    if (auto made = base::make_folders(temporary); !made) return tl::unexpected(made.error());
    ProgramCall call;
    call.words = {
        python_,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--no-cache-dir",
        "--disable-pip-version-check",
        "--progress-bar=off",
        "--no-input",
        "--dest",
        folder.string(),
        fmt::format("{}=={}", member.package, member.version)};
    call.environment = {{"TMPDIR", temporary.string()}};
    std::uint64_t counted = 0; // as network use: pip's temporary files until it copies the wheel
    const auto count_up_to = [&](std::uint64_t bytes) {
        if (bytes > counted) count_received(kIndexName, bytes - counted);
        counted = std::max(counted, bytes);
    };
    call.on_wait = [&] {
        count_up_to(bytes_below(temporary));
        if (on_progress) on_progress(bytes_below(folder));
    };
    const auto run = run_program(call, stop);
    fs::remove_all(temporary, ignored);
    if (!run) return tl::unexpected(run.error());
    if (run->status != 0) return tl::unexpected(pip_error(*run, member.package));
    if (auto fetched = wheel_in(folder); !fetched.empty()) {
        count_up_to(bytes_below(folder));
        return fetched;
    }
    return fail(
        ErrorCode::NetworkUnavailable,
        fmt::format("pip fetched no wheel of the package {}.", member.package));
}

void PackageIndex::forget(const PackageMember& member) const
{
    std::error_code ignored;
    fs::remove_all(folder_of(member), ignored);
}

Result<void> append_member(
    const fs::path& zip,
    const std::string& member,
    const fs::path& target,
    std::uint64_t limit_bytes,
    const std::stop_token& stop)
{
    const std::unique_ptr<archive, FreeArchive> reader(archive_read_new());
    archive_read_support_format_zip_seekable(reader.get());
    if (archive_read_open_filename(reader.get(), zip.c_str(), 1 << 16) != ARCHIVE_OK)
        return tl::unexpected(zip_error(reader.get(), zip));
    for (;;) {
        archive_entry* entry = nullptr;
        const int code = archive_read_next_header(reader.get(), &entry);
        if (code == ARCHIVE_EOF)
            return fail(
                ErrorCode::FileNotFound,
                fmt::format("{} holds no {}.", zip.filename().string(), member));
        if (code != ARCHIVE_OK) return tl::unexpected(zip_error(reader.get(), zip));
        const char* name = archive_entry_pathname_utf8(entry);
        if (name && member == name) break;
    }
    auto file = base::File::open(target, base::File::Mode::Append);
    if (!file) return tl::unexpected(file.error());
    return copy_data(reader.get(), zip, *file, limit_bytes, stop);
}

} // namespace app::models
