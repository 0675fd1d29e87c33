// Loading and giving up a model again and again leaves nothing behind. PERCEPT_LOADS sets how often
// (tests/bench/omni_loads takes 1,000).

#include "engine/engine.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <malloc.h>
#include <string>
#include <unistd.h>

namespace engine {
namespace {

struct Held {
    std::size_t allocated = 0; // by malloc and not given back
    std::size_t resident = 0;
    int mappings = 0;
};

Held held_now()
{
    Held held;
    const struct mallinfo2 heap = ::mallinfo2();
    held.allocated = heap.uordblks + heap.hblkhd;
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages >> held.resident;
    held.resident *= static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) ++held.mappings;
    return held;
}

TEST(LoadOften, LeavesNothingBehind)
{
    const char* asked = std::getenv("PERCEPT_LOADS");
    const int loads = asked != nullptr ? std::atoi(asked) : 20;
    Worker worker({Device::Cpu, 0, 1});
    const auto load = [&] {
        const auto engine =
            Engine::open(worker, PERCEPT_TEST_DATA "/omni/a/nvfp4", {Device::Cpu, 0, 1});
        ASSERT_TRUE(engine) << engine.error().message;
    };
    for (int i = 0; i < 5; ++i) load(); // what is kept on purpose, and the heap's own habits
    const Held before = held_now();
    for (int i = 0; i < loads; ++i) load();
    const Held after = held_now();
    std::printf(
        "%d loads: allocated %+ld bytes, resident %+ld KB, mappings %+d\n",
        loads,
        static_cast<long>(after.allocated) - static_cast<long>(before.allocated),
        (static_cast<long>(after.resident) - static_cast<long>(before.resident)) / 1024,
        after.mappings - before.mappings);
    // The heap's own caches take some 40 KB over the first hundred loads and no more.
    EXPECT_LE(after.allocated, before.allocated + (std::size_t{128} << 10));
#ifndef __SANITIZE_ADDRESS__ // it keeps what was freed for a while, and looks for leaks itself
    EXPECT_LE(after.resident, before.resident + (std::size_t{4} << 20));
#endif
    EXPECT_LE(after.mappings, before.mappings + 4);
}

} // namespace
} // namespace engine
