#include "kernels/large_pages.h"

#include "base/expects.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <new>
#include <vector>

namespace kernels {
namespace {

constexpr std::size_t kLargePage = std::size_t{2} << 20;
constexpr std::size_t kChunk = 16 * kLargePage;
/// From here on a block has a mapping of its own, so that it goes back alone.
constexpr std::size_t kOwnMapping = kChunk / 4;
constexpr std::size_t kAlignment = 64;

std::size_t rounded(std::size_t bytes, std::size_t step)
{
    return (bytes + step - 1) / step * step;
}

std::byte* map(std::size_t bytes)
{
    // The system gives large pages only where a whole one fits; it aligns to small ones.
    const std::size_t with_slack = bytes + kLargePage;
    void* mapped =
        mmap(nullptr, with_slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    auto* begin = static_cast<std::byte*>(mapped);
    const std::size_t before = rounded(reinterpret_cast<std::uintptr_t>(begin), kLargePage) -
                               reinterpret_cast<std::uintptr_t>(begin);
    if (before > 0) munmap(begin, before);
    munmap(begin + before + bytes, kLargePage - before);
    madvise(begin + before, bytes, MADV_HUGEPAGE); // a wish; refusal costs speed only
    return begin + before;
}

struct Chunk {
    std::byte* memory = nullptr;
    std::size_t used = 0; // bytes, never given out again
    int blocks = 0;       // that live
};

struct Chunks {
    std::mutex mutex;
    std::vector<Chunk> all; // the last one is being filled
};

/// Lives as long as the program: buffers of static objects may be returned late.
Chunks& chunks()
{
    static auto* the_chunks = new Chunks;
    return *the_chunks;
}

} // namespace

std::byte* take_large_pages(std::size_t bytes)
{
    EXPECTS(bytes > 0);
    if (bytes >= kOwnMapping) return map(rounded(bytes, kLargePage));
    bytes = rounded(bytes, kAlignment);
    Chunks& pool = chunks();
    const std::lock_guard lock(pool.mutex);
    if (pool.all.empty() || pool.all.back().used + bytes > kChunk) {
        pool.all.reserve(pool.all.size() + 1);
        pool.all.push_back({map(kChunk)});
    }
    Chunk& chunk = pool.all.back();
    std::byte* memory = chunk.memory + chunk.used;
    chunk.used += bytes;
    ++chunk.blocks;
    return memory;
}

void return_large_pages(std::byte* memory, std::size_t bytes)
{
    if (bytes >= kOwnMapping) {
        munmap(memory, rounded(bytes, kLargePage));
        return;
    }
    Chunks& pool = chunks();
    const std::lock_guard lock(pool.mutex);
    const auto chunk = std::find_if(pool.all.begin(), pool.all.end(), [&](const Chunk& candidate) {
        return memory >= candidate.memory && memory < candidate.memory + kChunk;
    });
    EXPECTS(chunk != pool.all.end());
    if (--chunk->blocks > 0) return;
    munmap(chunk->memory, kChunk);
    pool.all.erase(chunk);
}

} // namespace kernels
