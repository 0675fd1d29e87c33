#include "app/doctor_machine.h"

#include "app/text.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <set>
#include <sstream>
#include <sys/syscall.h>
#include <unistd.h>

namespace app {
namespace {

namespace fs = std::filesystem;

/// The starter's four models and a reader, with room to work.
constexpr std::uint64_t kNeededMemory = 1'500'000'000;
constexpr std::uint64_t kNeededDisk = 1'000'000'000;

/// Bytes of a line of /proc/meminfo, 0 where there is none.
std::uint64_t memory_line(std::string_view key)
{
    std::ifstream file{"/proc/meminfo"};
    std::string name;
    std::uint64_t kibibytes = 0;
    std::string rest;
    while (file >> name >> kibibytes && std::getline(file, rest)) {
        if (name == key) return kibibytes * 1024;
    }
    return 0;
}

/// `folder` itself, or the nearest folder above it that is there.
fs::path existing_parent(fs::path folder)
{
    std::error_code ignored;
    while (!fs::exists(folder, ignored) && folder.has_parent_path() &&
           folder != folder.parent_path()) {
        folder = folder.parent_path();
    }
    return folder;
}

std::string on_path(const char* program)
{
    const char* path = std::getenv("PATH");
    std::istringstream folders{path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path};
    for (std::string folder; std::getline(folders, folder, ':');) {
        const fs::path candidate = fs::path{folder} / program;
        if (::access(candidate.c_str(), X_OK) == 0) return candidate.string();
    }
    return {};
}

} // namespace

MachineRoom machine_room(const fs::path& folder)
{
    std::error_code failed;
    const fs::space_info space = fs::space(existing_parent(folder), failed);
    return {memory_line("MemTotal:"), memory_line("MemAvailable:"), failed ? 0 : space.available};
}

Check memory_check()
{
    const std::uint64_t total = memory_line("MemTotal:");
    const std::uint64_t available = memory_line("MemAvailable:");
    const bool enough = available >= kNeededMemory;
    return {
        "memory",
        enough,
        fmt::format("{} of {} available", human_size(available), human_size(total)),
        enough ? ""
               : fmt::format(
                     "Close other programs: {} are needed at most.",
                     human_size(kNeededMemory))};
}

Check disk_check(const fs::path& folder)
{
    const fs::path there = existing_parent(folder);
    std::error_code failed;
    const fs::space_info space = fs::space(there, failed);
    if (failed)
        return {
            "disk",
            false,
            fmt::format("{}: {}", there.string(), failed.message()),
            "Name another folder with --data."};
    const bool enough = space.available >= kNeededDisk;
    return {
        "disk",
        enough,
        fmt::format("{} free in {}", human_size(space.available), there.string()),
        enough ? "" : "Free some space, or name another folder with --data."};
}

Check reader_check(const capture::ReaderOptions& options)
{
    std::string name = (fs::temp_directory_path() / "percept-doctor.XXXXXX").string();
    const int file = ::mkstemp(name.data());
    if (file < 0)
        return {
            "reader",
            false,
            "there is no temporary folder to write to",
            "Set TMPDIR to a folder that you may write to."};
    constexpr std::string_view kLine = "One line to read.\n";
    const bool written =
        ::write(file, kLine.data(), kLine.size()) == static_cast<ssize_t>(kLine.size());
    ::close(file);
    std::string text;
    std::optional<Error> failed;
    if (auto reader = capture::FileReader::open(name, {"doctor.txt", "", "eng"}, options);
        !reader) {
        failed = reader.error();
    } else {
        capture::ReadHandler handler;
        handler.on_page = [&text](const capture::Page& page) { text += page.text; };
        if (const auto read = (*reader)->read_pages(1, 1, handler, {}); !read)
            failed = read.error();
    }
    ::unlink(name.c_str());
    if (failed) return {"reader", false, failed->message, failed->hint};
    const bool same = written && text.find("One line to read.") != std::string::npos;
    return {
        "reader",
        same,
        same ? "percept-reader reads in its sandbox" : "percept-reader gave other text back",
        same ? "" : "Install Percept again."};
}

Check sandbox_check()
{
    // landlock_create_ruleset(nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) answers the version of
    // the interface.
    const long landlock = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, 1U);
    std::error_code ignored;
    const bool seccomp = fs::exists("/proc/sys/kernel/seccomp/actions_avail", ignored);
    const std::string detail = fmt::format(
        "seccomp {}, Landlock {}",
        seccomp ? "there" : "missing",
        landlock > 0 ? fmt::format("version {}", landlock) : "missing");
    const bool good = seccomp && landlock > 0;
    return {
        "sandbox",
        good,
        detail,
        good ? "" : "Use a kernel of version 5.13 or newer with Landlock switched on."};
}

std::set<std::string> ocr_languages()
{
    std::vector<fs::path> folders;
    if (const char* prefix = std::getenv("TESSDATA_PREFIX")) folders.emplace_back(prefix);
    std::error_code ignored;
    for (const auto& version : fs::directory_iterator{"/usr/share/tesseract-ocr", ignored}) {
        folders.push_back(version.path() / "tessdata");
    }
    folders.emplace_back("/usr/share/tessdata");
    std::set<std::string> languages;
    for (const auto& folder : folders) {
        for (const auto& entry : fs::directory_iterator{folder, ignored}) {
            if (entry.path().extension() == ".traineddata")
                languages.insert(entry.path().stem().string());
        }
    }
    languages.erase("osd"); // orientation, no language
    return languages;
}

Check ocr_check()
{
    const auto languages = ocr_languages();
    if (languages.empty()) {
        return {
            "ocr",
            false,
            "no language of Tesseract is installed; scanned pages stay unread",
            "apt install tesseract-ocr-eng"};
    }
    return {"ocr", true, fmt::format("Tesseract reads {}", fmt::join(languages, ", ")), ""};
}

Check program_check(const char* name, const char* program, const char* what, const char* install)
{
    const std::string found = on_path(program);
    if (found.empty())
        return {
            name,
            false,
            fmt::format("{} is not installed; it is for {}", program, what),
            install};
    return {name, true, fmt::format("{}, for {}", found, what), ""};
}

} // namespace app
