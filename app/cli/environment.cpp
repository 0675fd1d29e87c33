#include "app/cli/environment.h"

#include "app/log.h"
#include "app/models/catalogue.h"

#include <charconv>
#include <chrono>
#include <fmt/format.h>
#include <iostream>
#include <utility>

namespace app::cli {
namespace {

Result<engine::DeviceChoice> parse_device(const GlobalOptions& options)
{
    engine::DeviceChoice choice;
    choice.threads = options.threads;
    const std::string& words = options.device;
    if (words == "auto") return choice;
    if (words == "cpu") {
        choice.device = engine::Device::Cpu;
        return choice;
    }
    if (words == "cuda" || words.starts_with("cuda:")) {
        choice.device = engine::Device::Cuda;
        const std::string_view number =
            std::string_view{words}.substr(words.size() > 5 ? 5 : words.size());
        const auto [end, code] =
            std::from_chars(number.data(), number.data() + number.size(), choice.cuda_index);
        const bool good =
            words == "cuda" || (code == std::errc{} && end == number.data() + number.size());
        if (good && choice.cuda_index >= 0) return choice;
    }
    return fail(
        ErrorCode::BadUsage,
        fmt::format("--device does not know {}.", words),
        "Use auto, cpu, cuda or cuda:N.");
}

} // namespace

Environment::Environment(
    const GlobalOptions& options,
    Paths paths,
    Console& console,
    std::stop_token stop,
    const engine::DeviceChoice& device)
    : options_(options), paths_(std::move(paths)), console_(console), stop_(std::move(stop)),
      engines_(std::make_shared<Engines>(paths_.models, device))
{
}

Result<std::unique_ptr<Environment>>
Environment::make(const GlobalOptions& options, Console& console, std::stop_token stop)
{
    auto paths = make_paths(options.data, options.models);
    if (!paths) return tl::unexpected(paths.error());
    const auto device = parse_device(options);
    if (!device) return tl::unexpected(device.error());
    return std::unique_ptr<Environment>{
        new Environment{options, std::move(*paths), console, std::move(stop), *device}};
}

Environment::Environment(
    Environment& host,
    const GlobalOptions& options,
    const handover::Job& job,
    Console& console,
    std::stop_token stop)
    : options_(options), paths_(host.paths_), console_(console), stop_(std::move(stop)),
      engines_(host.engines_now()), library_(host.library_), library_writes_(host.library_writes_),
      reading_turn_(host.reading_turn_), folder_(job.folder), input_line_(job.input)
{
    const std::string& engine = options.engine;
    std::error_code ignored;
    const bool is_path =
        !engine.empty() && engine != "starter" && engine.find("://") == std::string::npos;
    const bool is_name = models::Catalogue::built_in().find(engine) != nullptr &&
                         !std::filesystem::exists(resolve(engine), ignored);
    if (is_path && !is_name) options_.engine = resolve(engine);
}

Environment::Environment(
    const Paths& paths,
    Console& console,
    std::shared_ptr<storage::Library> library,
    std::shared_ptr<Engines> engines)
    : paths_(paths), console_(console), engines_(std::move(engines)), library_(std::move(library)),
      library_writes_(true)
{
}

void Environment::use_engines(std::shared_ptr<Engines> engines)
{
    const std::lock_guard lock(engines_mutex_);
    engines_.swap(engines); // the old ones end outside the lock
}

std::shared_ptr<Engines> Environment::engines_now() const
{
    const std::lock_guard lock(engines_mutex_);
    return engines_;
}

Result<std::shared_ptr<storage::Library>> Environment::open_library(storage::Access access)
{
    if (library_ && (library_writes_ || access == storage::Access::Read)) return library_;
    auto library = storage::Library::open(paths_.data, access);
    if (!library && library.error().code == ErrorCode::NotFound) {
        return fail(
            ErrorCode::NotFound,
            fmt::format("There is no library in {} yet.", paths_.data.string()),
            "Read a file first (percept-cli ingest FILE), or name another folder with --data.");
    }
    if (!library) return tl::unexpected(library.error());
    // Only where there is a library: a question must not leave a folder behind.
    Log::instance().open(paths_.log(), "percept-cli");
    for (const auto& note : (*library)->opening_notes()) Log::instance().info("library: " + note);
    library_ = std::move(*library);
    library_writes_ = access == storage::Access::Write;
    return library_;
}

std::unique_lock<std::timed_mutex> Environment::wait_for_reading_turn()
{
    std::unique_lock turn{*reading_turn_, std::defer_lock};
    while (!turn.try_lock_for(std::chrono::milliseconds{100}) && !stop_.stop_requested())
        console_.progress("Waiting until the files of another command are read");
    return turn;
}

std::filesystem::path Environment::resolve(const std::filesystem::path& path) const
{
    return folder_.empty() ? path : folder_ / path;
}

const std::string& Environment::input_line()
{
    if (!input_line_) std::getline(std::cin, input_line_.emplace());
    return *input_line_;
}

Result<Environment::Opened> Environment::open_library_preferring_write()
{
    std::error_code ignored;
    const bool there = std::filesystem::exists(paths_.data / "percept.sqlite", ignored);
    auto library = open_library(there ? storage::Access::Write : storage::Access::Read);
    if (library) return Opened{std::move(*library), true};
    if (library.error().code != ErrorCode::LibraryInUse) return tl::unexpected(library.error());
    auto readable = open_library(storage::Access::Read);
    if (!readable) return tl::unexpected(readable.error());
    console_.warn(library.error().message + " The answer is given, but not kept in the session.");
    return Opened{std::move(*readable), false};
}

} // namespace app::cli
