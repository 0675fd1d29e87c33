#include "engine/models/memory_need.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <limits>
#include <string>

namespace engine {
namespace {

constexpr std::size_t kUnknown = std::numeric_limits<std::size_t>::max();
std::atomic<std::size_t> g_assumed = kUnknown;

/// "6.1 GB"
std::string gigabytes(std::size_t bytes)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f GB", static_cast<double>(bytes) / 1e9);
    return text.data();
}

/// The one number of such a file; kUnknown where there is none ("max") or no such file.
std::size_t number_in(const char* path)
{
    std::ifstream file(path);
    std::size_t number = 0;
    return file >> number ? number : kUnknown;
}

/// MemAvailable of /proc/meminfo.
std::size_t available_to_the_machine()
{
    std::ifstream file("/proc/meminfo");
    std::string name, unit;
    for (std::size_t kilobytes = 0; file >> name >> kilobytes;) {
        if (name == "MemAvailable:") return kilobytes * 1024;
        std::getline(file, unit);
    }
    return kUnknown;
}

/// What a container leaves. Its file pages count as used although they can be given back: a limit
/// that they fill says nothing, so the larger of what is free and half the limit is taken.
std::size_t available_to_the_group()
{
    const std::size_t limit = number_in("/sys/fs/cgroup/memory.max");
    const std::size_t used = number_in("/sys/fs/cgroup/memory.current");
    if (limit == kUnknown || used == kUnknown) return kUnknown;
    return std::max(limit - std::min(limit, used), limit / 2);
}

} // namespace

std::size_t available_memory()
{
    if (const std::size_t assumed = g_assumed; assumed != kUnknown) return assumed;
    return std::min(available_to_the_machine(), available_to_the_group());
}

AssumedMemory::AssumedMemory(std::size_t bytes)
{
    g_assumed = bytes;
}

AssumedMemory::~AssumedMemory()
{
    g_assumed = kUnknown;
}

int positions_that_fit(const MemoryNeed& need, int context_length, std::size_t available_bytes)
{
    const std::size_t fixed = need.at(0);
    if (fixed > available_bytes) return 0;
    if (need.cache_bytes_per_token == 0) return context_length;
    return static_cast<int>(std::min<std::size_t>(
        static_cast<std::size_t>(context_length),
        (available_bytes - fixed) / need.cache_bytes_per_token));
}

Result<void> check_fit(const MemoryNeed& need, int context_length, std::size_t available_bytes)
{
    const int fewest = std::min(kFewestPositions, context_length);
    if (positions_that_fit(need, context_length, available_bytes) >= fewest) return {};
    const std::string room =
        std::to_string(fewest) + " positions " + gigabytes(need.at(fewest) - need.active_bytes);
    return fail(
        ErrorCode::OutOfMemory,
        "This model needs " + gigabytes(need.at(fewest)) +
            " of memory to answer (the weights that every token reads " +
            gigabytes(need.active_bytes) + ", " + room + "), and " + gigabytes(available_bytes) +
            " are free.",
        "Close other programs, or choose a smaller model.");
}

} // namespace engine
