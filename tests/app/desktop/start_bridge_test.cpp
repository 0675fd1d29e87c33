// The first page's bridge on an empty library; the sample is really read, without models.
#include "app/desktop/start_bridge.h"
#include "base/blocking.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <QSignalSpy>
#include <QTest>

namespace app::desktop {
namespace {

constexpr int kLimit_ms = 60'000;

class StartBridgeTest : public testing::Test {
protected:
    void SetUp() override
    {
        services_ = std::make_unique<Services>(Paths{folder_ / "data", folder_ / "no models"});
        settings_ = std::make_unique<SettingsBridge>(*services_);
        models_ = std::make_unique<ModelsBridge>(*services_, *settings_);
        bridge_ = std::make_unique<StartBridge>(*services_, *settings_, *models_);
        bridge_->setReader(std::filesystem::path{PERCEPT_BIN_DIR} / "percept-reader");
        QSignalSpy first(bridge_.get(), &StartBridge::firstStart);
        services_->open();
        ASSERT_TRUE(first.wait(kLimit_ms));
        EXPECT_TRUE(first[0][0].toBool());
        base::forbid_blocking_on_this_thread(); // as in the window
    }
    void TearDown() override
    {
        base::allow_blocking_on_this_thread();
        bridge_.reset();
        models_.reset();
        settings_.reset();
        services_.reset();
    }
    support::TemporaryFolder folder_;
    std::unique_ptr<Services> services_;
    std::unique_ptr<SettingsBridge> settings_;
    std::unique_ptr<ModelsBridge> models_;
    std::unique_ptr<StartBridge> bridge_;
};

TEST_F(StartBridgeTest, WithoutModelsItIsNotReadyAndSaysHowMuchIsMissing)
{
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return bridge_->state().looked && bridge_->state().missing_bytes > 0; },
        kLimit_ms));
    EXPECT_FALSE(bridge_->state().models_ready);
    EXPECT_TRUE(bridge_->state().sample_there);
    EXPECT_GE(bridge_->state().machine.size(), 4u);
    EXPECT_GT(bridge_->state().missing_bytes, 200'000'000u);
    EXPECT_LT(bridge_->state().missing_bytes, 500'000'000u);
}

TEST_F(StartBridgeTest, TheSampleIsReadOnceAndItsQuestionPassedOn)
{
    QSignalSpy ready(bridge_.get(), &StartBridge::sampleReady);
    bridge_->askSample(QStringLiteral("What does it cost?"));
    EXPECT_TRUE(bridge_->state().reading_sample);
    ASSERT_TRUE(ready.wait(kLimit_ms)) << bridge_->state().problem.toStdString();
    EXPECT_EQ(ready[0][1].toString(), "What does it cost?");
    bridge_->askSample(QStringLiteral("And again?"));
    ASSERT_TRUE(ready.wait(kLimit_ms));
    EXPECT_EQ(ready[0][0].toLongLong(), ready[1][0].toLongLong()) << "the same session";
    base::allow_blocking_on_this_thread();
    EXPECT_EQ(services_->library()->sessions(10, 0)->size(), 1u);
}

} // namespace
} // namespace app::desktop
