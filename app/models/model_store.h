#pragma once

#include "app/models/catalogue.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace app::models {

/// Where a fetch is. Called on the fetching thread, at most about ten times a second.
struct FetchProgress {
    std::string model;
    std::string file;
    std::string place;            // "huggingface.co", "package silero-vad"
    std::uint64_t done_bytes = 0; // of all that this call fetches
    std::uint64_t total_bytes = 0;
    double left_s = -1; // < 0: not known yet
};

struct FetchOptions {
    std::function<void(const FetchProgress&)> on_progress;
    /// One sentence for each thing worth telling: a place that did not answer, a file that was
    /// deleted because its checksum was wrong, where a file came from in the end.
    std::function<void(const std::string&)> on_note;
    std::string python = "python3";
    std::chrono::seconds connect_timeout{5};
};

/// The models on this machine: `folder`/<model>/<file>. A file has its name only after its checksum
/// was right, so its size tells whether it is there.
class ModelStore {
public:
    ModelStore(const Catalogue& catalogue, std::filesystem::path folder)
        : catalogue_(catalogue), folder_(std::move(folder))
    {
    }

    std::filesystem::path folder_of(const Model& model) const { return folder_ / model.name; }
    bool installed(const Model& model) const;
    /// One sentence for each file that is missing or whose bytes are not the published ones; empty:
    /// all is well. Reads everything. Errors: Cancelled.
    Result<std::vector<std::string>>
    verify(const Model& model, const std::stop_token& stop = {}) const;
    /// Fetches what is missing: each file from the first of its places that has it whole. What has
    /// arrived is kept on every error and on a stop; the next call goes on there.
    /// Errors: Unavailable (another program is fetching), Cancelled, NoSpace; else of the place
    /// that came furthest, ChecksumMismatch before the rest.
    Result<void> fetch(
        const std::vector<const Model*>& models,
        const FetchOptions& options,
        std::stop_token stop) const;
    /// How many bytes went. Errors: Unavailable (it is being fetched).
    Result<std::uint64_t> remove(const Model& model) const;

private:
    const Catalogue& catalogue_;
    std::filesystem::path folder_;
};

} // namespace app::models
