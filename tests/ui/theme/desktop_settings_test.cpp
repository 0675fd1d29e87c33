// Against a portal of our own on the session bus; skipped where there is no bus or a real portal
// has the name.
#include "ui/theme/desktop_settings.h"

#include "tests/ui/theme/fake_portal.h"

#include <gmock/gmock.h>
#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QElapsedTimer>

namespace ui::theme {

namespace {

const QString kName = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kAppearance = QStringLiteral("org.freedesktop.appearance");
const QString kScheme = QStringLiteral("color-scheme");

/// Handles events until `done`, at most five seconds.
template <typename Done>
bool waitFor(Done done)
{
    QElapsedTimer clock;
    clock.start();
    while (!done() && clock.elapsed() < 5000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    return done();
}

class DesktopSettingsTest : public testing::Test {
protected:
    void SetUp() override
    {
        if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
            GTEST_SKIP() << "no session bus";
        bus_ = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("portal"));
        if (!bus_.isConnected() || !bus_.registerService(kName))
            GTEST_SKIP() << "no session bus, or a portal is there";
        ASSERT_TRUE(bus_.registerObject(
            kPath,
            &portal_,
            QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    }
    void TearDown() override
    {
        if (!bus_.isConnected()) return;
        bus_.unregisterService(kName);
        bus_.unregisterObject(kPath);
        QDBusConnection::disconnectFromBus(QStringLiteral("portal"));
    }

    QDBusConnection bus_{QString()};
    FakePortal portal_;
};

TEST_F(DesktopSettingsTest, ReadsAndFollowsThePortal)
{
    portal_.said[kAppearance + QStringLiteral("/color-scheme")] = 1u;
    portal_.said[kAppearance + QStringLiteral("/contrast")] = 1u;
    portal_.said[QStringLiteral("org.gnome.desktop.interface/enable-animations")] = false;
    DesktopSettings settings;
    // The portal lives on this thread, so its first answer is late: the second question gets it.
    EXPECT_TRUE(waitFor([&] {
        return settings.scheme() == DesktopSettings::Scheme::Dark && settings.highContrast() &&
               settings.reducedMotion();
    })) << static_cast<int>(settings.scheme())
        << settings.highContrast() << settings.reducedMotion();
    int changed = 0;
    QObject::connect(&settings, &DesktopSettings::changed, [&] { ++changed; });
    Q_EMIT portal_.SettingChanged(kAppearance, kScheme, QDBusVariant(2u));
    EXPECT_TRUE(waitFor([&] { return settings.scheme() == DesktopSettings::Scheme::Light; }));
    Q_EMIT portal_.SettingChanged(
        QStringLiteral("org.other"),
        QStringLiteral("color-scheme"),
        QDBusVariant(1u));
    Q_EMIT portal_.SettingChanged(kAppearance, kScheme, QDBusVariant(0u));
    EXPECT_TRUE(waitFor([&] { return settings.scheme() == DesktopSettings::Scheme::Unknown; }));
    EXPECT_EQ(changed, 2);
}

} // namespace
} // namespace ui::theme
