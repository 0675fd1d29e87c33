#include "capture/office.h"

#include "capture/fenced_program.h"
#include "capture/spawn.h"
#include "capture/temporary_folder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace capture {
namespace {

namespace fs = std::filesystem;

constexpr int kFirstRun = 81; // LibreOffice made its profile and wants to be started again

/// Which part of LibreOffice opens a format: the library that must be there, and Debian's package
/// of it.
struct Part {
    const char* library;
    const char* package;
};

Part part_for(const std::string& format)
{
    constexpr Part kWriter{"libswlo.so", "libreoffice-writer-nogui"};
    constexpr Part kCalc{"libsclo.so", "libreoffice-calc-nogui"};
    constexpr Part kImpress{"libsdlo.so", "libreoffice-impress-nogui"};
    if (format == "PPTX" || format == "ODP" || format == "ODG") return kImpress;
    if (format == "XLSX" || format == "XLSB" || format == "ODS") return kCalc;
    return kWriter;
}

std::string extension_for(const std::string& format)
{
    if (format.find(',') != std::string::npos) return "doc";
    std::string out = format;
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return out;
}

fs::path find_on_path(const std::string& program)
{
    const char* path = std::getenv("PATH");
    std::string_view rest = path != nullptr ? path : "/usr/bin:/bin";
    while (!rest.empty()) {
        const auto end = std::min(rest.find(':'), rest.size());
        fs::path candidate = fs::path(rest.substr(0, end)) / program;
        if (access(candidate.c_str(), X_OK) == 0) return candidate;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
}

/// The program itself rather than the script around it: one process to hold.
Result<fs::path>
find_office(const fs::path& wanted, const std::string& format, const std::string& name)
{
    const Part part = part_for(format);
    const auto missing = [&] {
        return fail(
            ErrorCode::MissingTool,
            fmt::format("Reading {} ({}) needs LibreOffice, which is not installed.", name, format),
            fmt::format("Install it with: sudo apt install {}", part.package));
    };
    std::error_code error;
    const fs::path found = fs::canonical(wanted.empty() ? find_on_path("soffice") : wanted, error);
    if (error || found.empty()) return missing();
    const fs::path program = found.parent_path() / "soffice.bin";
    if (!fs::exists(program, error)) return found;
    if (!fs::exists(found.parent_path() / part.library, error)) return missing();
    return program;
}

Error no_room(const std::string& name)
{
    return {
        errno == ENOSPC ? ErrorCode::NoSpace : ErrorCode::FileUnreadable,
        fmt::format("{} cannot be copied for LibreOffice: {}.", name, std::strerror(errno)),
        "Free some space, or set TMPDIR to another folder."};
}

Result<void> copy_to(int from, const fs::path& to, const std::string& name)
{
    const OpenFile out(open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (out.fd() < 0) return tl::unexpected(no_room(name));
    std::array<char, 1u << 16> block{};
    off_t at = 0;
    while (true) {
        const ssize_t got = pread(from, block.data(), block.size(), at);
        if (got == 0) return {};
        if (got < 0 || write(out.fd(), block.data(), static_cast<std::size_t>(got)) != got) {
            return tl::unexpected(no_room(name));
        }
        at += got;
    }
}

/// Macros, active content and links to other files stay off, whatever the system's default is.
bool write_profile(const fs::path& profile)
{
    std::error_code error;
    fs::create_directories(profile / "user", error);
    std::ofstream out(profile / "user" / "registrymodifications.xcu");
    const auto set = [&](const char* path, const char* property, const char* value) {
        out << "<item oor:path=\"/org.openoffice.Office." << path << "\"><prop oor:name=\""
            << property << "\" oor:op=\"fuse\"><value>" << value << "</value></prop></item>\n";
    };
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<oor:items "
           "xmlns:oor=\"http://openoffice.org/2001/registry\" "
           "xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "
           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n";
    set("Common/Security/Scripting", "DisableMacrosExecution", "true");
    set("Common/Security/Scripting", "DisableActiveContent", "true");
    set("Common/Security/Scripting", "MacroSecurityLevel", "3");
    set("Writer/Content/Update", "Link", "2");
    set("Calc/Content/Update", "Link", "2");
    out << "</oor:items>\n";
    return out.good();
}

FencedProgram describe(
    const fs::path& program,
    const fs::path& folder,
    const fs::path& copy,
    const ReaderOptions& options)
{
    FencedProgram out;
    out.fence = options.program.empty() ? own_folder() / "percept-reader" : options.program;
    out.folder = folder;
    out.program = program;
    out.arguments = {
        fmt::format("-env:UserInstallation=file://{}", (folder / "profile").string()),
        "--headless",
        "--norestore",
        "--nologo",
        "--convert-to",
        "pdf",
        "--outdir",
        folder / "out",
        copy};
    out.environment = {
        "LC_ALL=C.UTF-8",
        "PATH=/usr/bin:/bin",
        "SAL_USE_VCLPLUGIN=svp",
        "HOME=" + folder.string(),
        "TMPDIR=" + folder.string(),
        "XDG_CACHE_HOME=" + folder.string(),
        "XDG_CONFIG_HOME=" + folder.string(),
        "XDG_RUNTIME_DIR=" + folder.string()};
    return out;
}

Result<OpenFile> open_result(const fs::path& pdf, const std::string& name, const std::string& end)
{
    OpenFile file(open(pdf.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat status {};
    const bool good = file.fd() >= 0 && fstat(file.fd(), &status) == 0 && S_ISREG(status.st_mode) &&
                      status.st_size > 0;
    if (good) return file;
    return fail(
        ErrorCode::BadFile,
        fmt::format("LibreOffice could not open {}{}.", name, end),
        "It may be damaged, or protected by a password: open it yourself and save it again, or as "
        "PDF.");
}

} // namespace

Result<OpenFile> office_to_pdf(
    int document_fd,
    const std::string& format,
    const std::string& name,
    const ReaderOptions& options,
    const std::stop_token& stop)
{
    const auto program = find_office(options.office_program, format, name);
    if (!program) return tl::unexpected(program.error());
    const auto folder = TemporaryFolder::make();
    if (!folder) return tl::unexpected(folder.error());
    const fs::path& path = (*folder)->path();
    const fs::path copy = path / ("document." + extension_for(format));
    if (auto copied = copy_to(document_fd, copy, name); !copied) {
        return tl::unexpected(copied.error());
    }
    if (!write_profile(path / "profile")) return tl::unexpected(no_room(name));

    const FencedProgram fenced = describe(*program, path, copy, options);
    const auto give_up = std::chrono::steady_clock::now() + 3 * options.limits.per_page;
    auto ended = run_fenced_program(fenced, name, give_up, stop);
    if (ended && ended->status == kFirstRun)
        ended = run_fenced_program(fenced, name, give_up, stop);
    if (!ended) return tl::unexpected(ended.error());
    return open_result(path / "out" / "document.pdf", name, ended->problem);
}

} // namespace capture
