#include "app/export/export.h"

#include "app/export/writers.h"
#include "app/text.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <utility>

namespace app::exporting {
namespace {

constexpr std::array<std::pair<std::string_view, Format>, 6> kNames{{
    {"md", Format::Markdown},
    {"json", Format::Json},
    {"srt", Format::Srt},
    {"vtt", Format::Vtt},
    {"docx", Format::Docx},
    {"pdf", Format::Pdf},
}};

Result<std::string> subtitles(const SessionContent& content, Format format)
{
    const SourceContent* spoken = nullptr;
    for (const auto& source : content.sources) {
        if (source.segments.empty()) continue;
        if (spoken != nullptr) {
            return fail(
                ErrorCode::BadUsage,
                fmt::format(
                    "Session {} holds several recordings; subtitles belong to one.",
                    content.session.id),
                "Use percept-cli transcribe FILE --format srt for one file.");
        }
        spoken = &source;
    }
    if (spoken == nullptr) {
        return fail(
            ErrorCode::NotFound,
            fmt::format(
                "Session {} holds no speech, so there are no subtitles to write.",
                content.session.id),
            "Choose md, json, docx or pdf.");
    }
    return format == Format::Srt ? srt(spoken->segments) : vtt(spoken->segments);
}

Error write_error(const std::filesystem::path& path, int number)
{
    if (number == ENOSPC || number == EDQUOT) {
        return {
            ErrorCode::NoSpace,
            fmt::format("No space left to write {}.", path.string()),
            "Free some space or choose another folder."};
    }
    if (number == ENOENT || number == ENOTDIR) {
        return {
            ErrorCode::FileNotFound,
            fmt::format("There is no folder {}.", path.parent_path().string()),
            "Make the folder first or choose another."};
    }
    if (number == EEXIST) {
        return {
            ErrorCode::AlreadyExists,
            fmt::format("{} is there already.", path.string()),
            "Choose another name, or add --force to replace it."};
    }
    return {
        ErrorCode::FileUnreadable,
        fmt::format("{} cannot be written: {}.", path.string(), std::strerror(number)),
        "Choose a folder that you may write to."};
}

/// All bytes and their fsync; the errno of what failed, else 0.
int write_all(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0 ? 0 : errno;
}

} // namespace

std::optional<Format> parse_format(std::string_view name)
{
    for (const auto& [known, format] : kNames) {
        if (known == name) return format;
    }
    return std::nullopt;
}

std::string_view name(Format format)
{
    for (const auto& [known, value] : kNames) {
        if (value == format) return known;
    }
    return "";
}

Result<std::string> render(const SessionContent& content, Format format)
{
    switch (format) {
    case Format::Markdown:
        return markdown(outline(content));
    case Format::Json:
        return session_json(content);
    case Format::Docx:
        return docx(outline(content), content.session);
    case Format::Pdf:
        return pdf(outline(content), content.session);
    case Format::Srt:
    case Format::Vtt:
        return subtitles(content, format);
    }
    return fail(ErrorCode::Internal, "An unknown export format was asked for.");
}

Result<std::uint64_t>
write_file(const std::filesystem::path& path, std::string_view bytes, bool overwrite)
{
    std::error_code ignored;
    const auto status = std::filesystem::symlink_status(path, ignored);
    if (std::filesystem::is_directory(status)) {
        return fail(
            ErrorCode::AlreadyExists,
            fmt::format("{} is a folder.", path.string()),
            "Give the name of a file in it.");
    }
    if (std::filesystem::exists(status) && !overwrite)
        return tl::unexpected(write_error(path, EEXIST));

    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path{"."};
    // Not mkstemp(): its 0600 would ignore the user's umask in the other direction.
    const std::string part =
        (folder / fmt::format(".{}.{}", path.filename().string(), ::getpid())).string();
    ::unlink(part.c_str());
    const int file =
        ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (file < 0) return tl::unexpected(write_error(path, errno));
    int failed = write_all(file, bytes);
    if (::close(file) != 0 && failed == 0) failed = errno;
    // link() refuses an existing name in the same step, so two programs cannot both win.
    if (failed == 0 && !overwrite) {
        if (::link(part.c_str(), path.c_str()) == 0) {
            ::unlink(part.c_str());
        } else if (errno == EEXIST || ::rename(part.c_str(), path.c_str()) != 0) { // file systems
                                                                                   // without hard
                                                                                   // links
            failed = errno;
        }
    } else if (failed == 0 && ::rename(part.c_str(), path.c_str()) != 0) {
        failed = errno;
    }
    if (failed != 0) {
        ::unlink(part.c_str());
        return tl::unexpected(write_error(path, failed));
    }
    const int folder_file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder_file >= 0) {
        ::fsync(folder_file);
        ::close(folder_file);
    }
    return static_cast<std::uint64_t>(bytes.size());
}

} // namespace app::exporting
