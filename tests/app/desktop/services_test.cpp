// What all bridges work with: who writes, and with which engines jobs that are handed over run.
#include "app/desktop/services.h"

#include "app/cli/guests.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>
#include <QSignalSpy>
#include <QTest>

namespace app::desktop {
namespace {

class ServicesTest : public testing::Test {
protected:
    support::TemporaryFolder folder_;
    Paths paths_{folder_ / "data", folder_ / "no models"};
};

TEST_F(ServicesTest, TheLibraryIsTakenOverWhenTheOtherProgramHasEnded)
{
    auto other = storage::Library::open(paths_.data, storage::Access::Write);
    ASSERT_TRUE(other);
    const auto session = (*other)->create_session("Of the other");
    ASSERT_TRUE(session);
    Services services(paths_);
    QSignalSpy opened(&services, &Services::opened);
    QSignalSpy read_only(&services, &Services::readOnly);
    QSignalSpy writable(&services, &Services::writable);
    services.open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return read_only.count() == 1; }, 10'000));
    EXPECT_FALSE(services.writes());
    EXPECT_FALSE(services.library()->create_session("Not now"));
    // It is tried again and again, not once.
    QTest::qWait(2 * Services::kRetry_ms + 500);
    EXPECT_EQ(writable.count(), 0);

    other->reset();

    ASSERT_TRUE(QTest::qWaitFor([&] { return writable.count() == 1; }, 10'000));
    EXPECT_TRUE(services.writes());
    EXPECT_EQ(services.library()->session(*session)->name, "Of the other");
    EXPECT_TRUE(services.library()->create_session("Now"));
    EXPECT_EQ(opened.count(), 1);
}

TEST_F(ServicesTest, JobsOfOthersGetTheEnginesOfNow)
{
    Services services(paths_);
    QSignalSpy opened(&services, &Services::opened);
    services.open();
    ASSERT_TRUE(opened.wait(10'000));
    const auto guests = cli::Guests::serve(paths_, services.library(), services.engines(), {});
    ASSERT_TRUE(guests) << guests.error().message;
    QObject::connect(&services, &Services::enginesChanged, [&] {
        (*guests)->use_engines(services.engines());
    });
    const std::weak_ptr<Engines> old = services.engines();
    engine::DeviceChoice one_thread;
    one_thread.threads = 1;

    services.useEngines(one_thread);

    EXPECT_TRUE(old.expired()) << "whoever holds them would go on working with them";
    EXPECT_EQ(services.engines().use_count(), 3) << "the services, the guests and this one";
}

} // namespace
} // namespace app::desktop
