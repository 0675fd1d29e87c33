#include "app/desktop/background.h"

#include <gtest/gtest.h>

#include <QTest>

#include <chrono>

namespace app::desktop {
namespace {

constexpr int kLimit_ms = 20'000;

/// The first of each pair takes longer than the second: with two threads the second would be done
/// first.
TEST(BackgroundTest, WhatWasChosenIsStoredInTheOrderOfTheClicks)
{
    QObject context;
    Background background;
    std::mutex mutex;
    std::vector<int> stored, expected;
    int told = 0;
    for (int i = 0; i < 20; ++i) {
        expected.push_back(i);
        background.run(
            Lane::Store,
            &context,
            [&, i](const std::stop_token&) {
                if (i % 2 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
                const std::scoped_lock lock{mutex};
                stored.push_back(i);
            },
            [&] { ++told; });
    }
    ASSERT_TRUE(QTest::qWaitFor([&] { return told == 20; }, kLimit_ms));
    EXPECT_EQ(stored, expected);
}

TEST(BackgroundTest, AStopReachesWhatHasNotBegunAndItsEndIsTold)
{
    QObject context;
    Background background;
    std::vector<bool> stopped;
    std::stop_source second;
    const auto report = [&](bool was_stopped) { stopped.push_back(was_stopped); };
    background.run(
        Lane::Ingest,
        &context,
        [](const std::stop_token&) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            return false;
        },
        report);
    second = background.run(
        Lane::Ingest,
        &context,
        [](const std::stop_token& stop) { return stop.stop_requested(); },
        report);
    second.request_stop();
    ASSERT_TRUE(QTest::qWaitFor([&] { return stopped.size() == 2; }, kLimit_ms));
    EXPECT_EQ(stopped, (std::vector<bool>{false, true}));
}

TEST(BackgroundTest, TheEndStopsWorkAndTellsNobodyWhoIsGone)
{
    bool told = false;
    {
        Background background;
        const auto context = std::make_unique<QObject>();
        background.run(
            Lane::Job,
            context.get(),
            [](const std::stop_token& stop) {
                while (!stop.stop_requested())
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
            },
            [&] { told = true; });
    } // waits: work that did not hear of the stop would hang here
    QCoreApplication::processEvents();
    EXPECT_FALSE(told);
}

} // namespace
} // namespace app::desktop
