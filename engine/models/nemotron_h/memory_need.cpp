#include "engine/models/nemotron_h/memory_need.h"

#include "engine/models/nemotron_h/forward.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>

namespace engine::nemotron_h {
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

bool contains(std::string_view name, std::string_view part)
{
    return name.find(part) != std::string_view::npos;
}

} // namespace

MemoryNeed
memory_need(const Config& config, const formats::TensorTable& tensors, std::size_t element_bytes)
{
    MemoryNeed need;
    std::size_t experts = 0;
    for (const auto& [name, tensor] : tensors.all()) {
        const std::size_t bytes = tensor.bytes.size();
        need.weights_bytes += bytes;
        // Towers are read for pictures and sound alone, of the embedding one row.
        const bool language = contains(name, "backbone.") || contains(name, "lm_head.");
        if (!language || contains(name, "backbone.embedding")) continue;
        (contains(name, ".mixer.experts.") ? experts : need.active_bytes) += bytes;
    }
    if (config.experts > 0)
        need.active_bytes += experts / static_cast<std::size_t>(config.experts) *
                             static_cast<std::size_t>(config.experts_per_token);
    need.cache_bytes_per_token = config.cache_bytes_per_token(element_bytes);
    need.state_bytes = config.state_bytes();
    const std::size_t row = static_cast<std::size_t>(
        4 * std::int64_t{config.dim} + config.in_proj_dim() + config.conv_dim() +
        config.mamba_dim() + 2 * std::int64_t{config.heads} * config.head_dim + config.experts +
        2 * std::int64_t{config.experts_per_token} + 2 * std::int64_t{config.shared_dim});
    need.scratch_bytes = (row * static_cast<std::size_t>(kMaxPassTokens) +
                          static_cast<std::size_t>(config.vocab_size)) *
                         sizeof(float);
    return need;
}

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

} // namespace engine::nemotron_h
