#include "app/log.h"

#include <fmt/format.h>
#include <memory>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>
#include <string>

namespace app {
namespace {

constexpr std::size_t kFileBytes = 2'000'000;
constexpr std::size_t kOldFiles = 3;

std::shared_ptr<spdlog::logger>& logger()
{
    static std::shared_ptr<spdlog::logger> the_logger;
    return the_logger;
}

} // namespace

Log& Log::instance()
{
    static Log log;
    return log;
}

void Log::open(const std::filesystem::path& folder, std::string_view program)
{
    try {
        std::error_code ignored;
        std::filesystem::create_directories(folder, ignored);
        const auto file = folder / fmt::format("{}.log", program);
        auto made =
            spdlog::rotating_logger_mt(std::string{program}, file.string(), kFileBytes, kOldFiles);
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %P %l %v");
        made->flush_on(spdlog::level::info);
        spdlog::set_error_handler(
            [](const std::string& /*unused*/) {}); // a full disk is said by the job itself
        logger() = std::move(made);
    } catch (const std::exception&) { // spdlog's way to say that the file cannot be opened
        logger().reset();
    }
}

void Log::info(std::string_view line)
{
    if (logger()) logger()->info(line);
}

void Log::error(std::string_view line)
{
    if (logger()) logger()->error(line);
}

void Log::failed(std::string_view job, const Error& failure)
{
    error(fmt::format("{}: failed: {}", job, base::name(failure.code)));
}

} // namespace app
