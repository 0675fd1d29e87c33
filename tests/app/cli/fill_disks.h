#pragma once

#include "tests/app/cli/ingest_faults.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sched.h>
#include <sys/mount.h>

namespace cli_test {

/// A file system of its own in memory, of the size that a test wants.
class SmallDisk {
public:
    SmallDisk(const fs::path& folder, std::uint64_t size_bytes) : folder_(folder)
    {
        fs::create_directories(folder_);
        mounted_ = mount(size_bytes, 0);
    }
    ~SmallDisk()
    {
        if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    bool mounted() const { return mounted_; }
    /// As after the user has freed some space.
    bool resize(std::uint64_t size_bytes) const { return mount(size_bytes, MS_REMOUNT); }

    /// May this process mount? Tries a user namespace of its own where it is not root; call it
    /// before there are threads.
    static bool permitted(const fs::path& scratch)
    {
        if (SmallDisk{scratch, 1 << 20}.mounted()) return true;
        const auto uid = ::getuid();
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
        std::ofstream{"/proc/self/setgroups"} << "deny";
        std::ofstream{"/proc/self/uid_map"} << "0 " << uid << " 1";
        return SmallDisk{scratch, 1 << 20}.mounted();
    }

private:
    bool mount(std::uint64_t size_bytes, unsigned long flags) const
    {
        const std::string size = "size=" + std::to_string(size_bytes);
        return ::mount("tmpfs", folder_.c_str(), "tmpfs", flags, size.c_str()) == 0;
    }
    fs::path folder_;
    bool mounted_ = false;
};

struct SpaceReport {
    int full = 0;     // ingests that met the end of the disk
    int had_room = 0; // ingests whose disk was large enough after all
    long acknowledged = 0;
    std::vector<std::string> faults;
};

/// The error code that an ingest reports, for the whole or for a file; empty where all went well.
inline std::string code_of(const nlohmann::json& document)
{
    if (!document.is_object()) return "no JSON";
    if (document.contains("error")) return document["error"]["code"];
    for (const auto& source : document["sources"])
        if (source["error"] != nullptr) return source["error"]["code"];
    return {};
}

/// Ingests onto `wanted` disks that fill up at random moments.
inline SpaceReport
fill_disks(const fs::path& folder, const Program& shape, int wanted, unsigned seed)
{
    SpaceReport report;
    std::mt19937 random(seed);
    std::uint64_t largest = 1'500'000;
    for (unsigned run = 0; report.full < wanted && run < 20U * static_cast<unsigned>(wanted);
         ++run) {
        const Batch batch(folder / "batch", seed + run, 8000);
        const std::uint64_t size =
            std::uniform_int_distribution<std::uint64_t>(100'000, largest)(random);
        const SmallDisk disk(folder / "disk", size);
        Program program = shape;
        program.data = folder / "disk" / "data";
        const auto expect = [&](bool good, const std::string& what) {
            if (!good) report.faults.push_back(std::to_string(size) + " bytes: " + what);
        };
        const auto result =
            support::run_command(program.words({"ingest", "--json", batch.folder().string()}));
        const std::string code = code_of(nlohmann::json::parse(result.out, nullptr, false));
        if (result.status == 0) {
            ++report.had_room;
            largest = std::max<std::uint64_t>(size, 200'000);
            continue;
        }
        ++report.full;
        expect(result.status == 1, "status " + std::to_string(result.status) + " " + result.err);
        expect(code == "NoSpace", code + " instead of NoSpace: " + result.err);
        expect(result.err.find("space") != std::string::npos, "no sentence: " + result.err);

        expect(disk.resize(200'000'000), "cannot be made larger");
        const auto said = said_to_be_stored(result.err);
        report.acknowledged += static_cast<long>(said.size());
        if (fs::exists(program.data / "percept.sqlite"))
            for (const auto& fault : faults_after(program.data, {}, said)) expect(false, fault);
        const auto again =
            support::run_command(program.words({"ingest", "--json", batch.folder().string()}));
        const auto document = nlohmann::json::parse(again.out, nullptr, false);
        expect(
            again.status == 0 && code_of(document).empty(),
            "not with space either: " + again.err);
        for (const auto& fault : faults_after(program.data, {}, {})) expect(false, fault);
    }
    return report;
}

} // namespace cli_test
