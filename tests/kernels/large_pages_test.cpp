#include "kernels/large_pages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <new>
#include <thread>
#include <vector>

namespace kernels {
namespace {

constexpr std::size_t kSmall = 40'000;
constexpr std::size_t kLarge = (std::size_t{20} << 20) + 1;

bool is_zero(const std::byte* memory, std::size_t bytes)
{
    return std::all_of(memory, memory + bytes, [](std::byte b) { return b == std::byte{0}; });
}

TEST(LargePages, BlocksAreZeroAlignedAndApart)
{
    std::vector<std::byte*> blocks;
    for (int i = 0; i < 2000; ++i) { // several chunks
        blocks.push_back(take_large_pages(kSmall + static_cast<std::size_t>(i)));
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(blocks.back()) % 64, 0u);
        EXPECT_TRUE(is_zero(blocks.back(), kSmall));
        std::fill_n(blocks.back(), kSmall + static_cast<std::size_t>(i), static_cast<std::byte>(i));
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto mark = static_cast<std::byte>(i);
        EXPECT_EQ(blocks[i][0], mark);
        EXPECT_EQ(blocks[i][kSmall + i - 1], mark);
        return_large_pages(blocks[i], kSmall + i);
    }
}

TEST(LargePages, ALargeBlockBeginsOnALargePage)
{
    std::byte* block = take_large_pages(kLarge);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % (std::size_t{2} << 20), 0u);
    block[kLarge - 1] = std::byte{1};
    return_large_pages(block, kLarge);
}

TEST(LargePages, ComesBackZeroAfterItWasReturnedInAnyOrder)
{
    for (int round = 0; round < 20; ++round) {
        std::byte* first = take_large_pages(kSmall);
        std::byte* second = take_large_pages(kSmall);
        EXPECT_TRUE(is_zero(first, kSmall));
        EXPECT_TRUE(is_zero(second, kSmall));
        std::fill_n(first, kSmall, std::byte{7});
        std::fill_n(second, kSmall, std::byte{7});
        return_large_pages(round % 2 == 0 ? first : second, kSmall);
        return_large_pages(round % 2 == 0 ? second : first, kSmall);
    }
}

TEST(LargePages, ThreadsMayTakeAndReturnAtOnce)
{
    const auto work = [](std::byte mark) {
        for (int i = 0; i < 500; ++i) {
            std::byte* block = take_large_pages(kSmall);
            std::fill_n(block, kSmall, mark);
            EXPECT_TRUE(std::all_of(block, block + kSmall, [&](std::byte b) { return b == mark; }));
            return_large_pages(block, kSmall);
        }
    };
    std::thread other(work, std::byte{1});
    work(std::byte{2});
    other.join();
}

TEST(LargePages, TooMuchIsBadAlloc)
{
    EXPECT_THROW(take_large_pages(std::size_t{1} << 60), std::bad_alloc);
}

} // namespace
} // namespace kernels
