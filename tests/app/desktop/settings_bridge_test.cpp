// Settings on a real library, and its move to another folder.
#include "app/desktop/settings_bridge.h"
#include "base/blocking.h"
#include "storage/moving.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <QSignalSpy>
#include <QTest>

namespace app::desktop {
namespace {

constexpr int kLimit_ms = 10'000;

class SettingsBridgeTest : public testing::Test {
protected:
    void SetUp() override { open(); }
    void TearDown() override { close(); }
    void open()
    {
        services_ = std::make_unique<Services>(Paths{folder_ / "data", folder_ / "models"});
        bridge_ = std::make_unique<SettingsBridge>(*services_);
        QObject::connect(bridge_.get(), &SettingsBridge::jobChanged, [this](const auto& job) {
            job_ = job;
        });
        QSignalSpy loaded(bridge_.get(), &SettingsBridge::loaded);
        services_->open();
        ASSERT_TRUE(loaded.wait(kLimit_ms));
        base::forbid_blocking_on_this_thread(); // as in the window
    }
    void close()
    {
        base::allow_blocking_on_this_thread();
        bridge_.reset();
        services_.reset();
    }
    bool jobEnds()
    {
        return QTest::qWaitFor([this] { return !job_.running; }, kLimit_ms);
    }
    support::TemporaryFolder folder_;
    std::unique_ptr<Services> services_;
    std::unique_ptr<SettingsBridge> bridge_;
    ui::StorageJob job_;
};

TEST_F(SettingsBridgeTest, ChangesApplyAtOnceAndAreThereAfterARestart)
{
    int changes = 0;
    QObject::connect(bridge_.get(), &SettingsBridge::changed, [&] { ++changes; });
    // Faster than they are stored: the last one wins.
    for (int threads = 1; threads <= 5; ++threads)
        bridge_->change([&](Settings& s) { s.threads = threads; });
    bridge_->change([](Settings& s) { s.keys["session.new"] = "Ctrl+J"; });
    bridge_->change([](Settings&) {});
    EXPECT_EQ(changes, 6) << "what changes nothing is not told";
    EXPECT_EQ(bridge_->settings().threads, 5);
    QTest::qWait(300);
    close();
    open();
    EXPECT_EQ(bridge_->settings().threads, 5);
    EXPECT_EQ(bridge_->settings().keys.at("session.new"), "Ctrl+J");
}

TEST_F(SettingsBridgeTest, AMovedLibraryIsSaidAndFollowedByTheNextStart)
{
    bridge_->change([](Settings& s) { s.speech_language = "de"; });
    QTest::qWait(200);
    ui::StorageState state;
    QObject::connect(bridge_.get(), &SettingsBridge::storageChanged, [&](const auto& now) {
        state = now;
    });
    bridge_->moveLibrary(folder_ / "new");
    EXPECT_TRUE(job_.running);
    ASSERT_TRUE(jobEnds());
    EXPECT_FALSE(job_.failed) << job_.result.toStdString();
    EXPECT_EQ(state.moved_to.toStdString(), (folder_ / "new").string());
    EXPECT_EQ(storage::present_place(folder_ / "data"), folder_ / "new");
    QSignalSpy again(bridge_.get(), &SettingsBridge::storageChanged);
    ASSERT_TRUE(again.wait(10000));
    EXPECT_EQ(state.old_place, "") << "it is read from until the next start";
}

TEST_F(SettingsBridgeTest, AMoveThatCannotBeKeepsTheOldPlaceAndSaysWhy)
{
    folder_.write("full/precious.txt", "x");
    bridge_->moveLibrary(folder_ / "full");
    ASSERT_TRUE(jobEnds());
    EXPECT_TRUE(job_.failed);
    EXPECT_THAT(job_.result.toStdString(), testing::HasSubstr("is not empty"));
    EXPECT_EQ(storage::present_place(folder_ / "data"), folder_ / "data");

    bridge_->moveLibrary(folder_ / "new");
    bridge_->cancelJob(); // before it began: it hears that too
    ASSERT_TRUE(jobEnds());
    EXPECT_EQ(
        storage::present_place(folder_ / "data"),
        job_.failed ? folder_ / "data" : folder_ / "new");
}

TEST_F(SettingsBridgeTest, BackupAndCheckSayWhatCameOut)
{
    bridge_->backUp(folder_ / "copy.tar");
    ASSERT_TRUE(jobEnds());
    EXPECT_FALSE(job_.failed) << job_.result.toStdString();
    EXPECT_TRUE(std::filesystem::exists(folder_ / "copy.tar"));
    bridge_->backUp(folder_ / "copy.tar");
    ASSERT_TRUE(jobEnds());
    EXPECT_TRUE(job_.failed);
    bridge_->check();
    ASSERT_TRUE(jobEnds());
    EXPECT_EQ(job_.result, "The library is whole.");
}

TEST_F(SettingsBridgeTest, ACheckIsStopped)
{
    bridge_->check();
    bridge_->cancelJob();
    ASSERT_TRUE(jobEnds());
    if (job_.failed) { // and not quicker than the stop
        EXPECT_EQ(job_.result, "Stopped before the library was looked through.");
    }
    bridge_->check();
    ASSERT_TRUE(jobEnds());
    EXPECT_EQ(job_.result, "The library is whole.");
}

} // namespace
} // namespace app::desktop
