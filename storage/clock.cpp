#include "storage/clock.h"

#include <chrono>
#include <fmt/chrono.h>

namespace storage {

std::string utc_now()
{
    const auto now = std::chrono::system_clock::now();
    return fmt::format(
        "{:%Y-%m-%dT%H:%M:%SZ}",
        fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

} // namespace storage
