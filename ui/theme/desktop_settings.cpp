#include "ui/theme/desktop_settings.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QFile>

namespace ui::theme {
namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kAppearance = QStringLiteral("org.freedesktop.appearance");
const QString kGnome = QStringLiteral("org.gnome.desktop.interface");
const QString kGnomeAccess = QStringLiteral("org.gnome.desktop.a11y.interface");

// A window that starts light and turns dark a moment later is worse than a start this much later.
constexpr int kFirstAnswer_ms = 150;

/// Without a bus of this session, asking for one would start a stray daemon.
bool hasSessionBus()
{
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) return true;
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFile::exists(runtime + QStringLiteral("/bus"));
}

/// Read answers a variant in a variant.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

DesktopSettings::DesktopSettings(QObject* parent) : QObject(parent)
{
    if (!hasSessionBus()) return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    // Qt 6.4 refuses a slot whose type nobody has named yet, and says nothing.
    qRegisterMetaType<QDBusVariant>();
    bus.connect(
        kService,
        kPath,
        kInterface,
        QStringLiteral("SettingChanged"),
        this,
        SLOT(settingChanged(QString, QString, QDBusVariant)));
    ask(kAppearance, QStringLiteral("color-scheme"), kFirstAnswer_ms);
    ask(kAppearance, QStringLiteral("contrast"), 0);
    ask(kGnomeAccess, QStringLiteral("high-contrast"), 0);
    ask(kGnome, QStringLiteral("enable-animations"), 0);
}

void DesktopSettings::ask(const QString& group, const QString& key, int wait_ms)
{
    QDBusMessage call =
        QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call.setArguments({group, key});
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (wait_ms > 0) {
        QDBusPendingCall first = bus.asyncCall(call, wait_ms);
        first.waitForFinished();
        if (!first.isError()) {
            take(group, key, unwrapped(first.reply().arguments().value(0)));
            return;
        }
        // A portal that is not there will not come; one that is late may.
        const QDBusError::ErrorType why = first.error().type();
        if (why != QDBusError::NoReply && why != QDBusError::Timeout && why != QDBusError::TimedOut)
            return;
    }
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, group, key, watcher] {
        if (!watcher->isError()) take(group, key, unwrapped(watcher->reply().arguments().value(0)));
        watcher->deleteLater();
    });
}

void DesktopSettings::settingChanged(
    const QString& group,
    const QString& key,
    const QDBusVariant& value)
{
    take(group, key, unwrapped(value.variant()));
}

void DesktopSettings::take(const QString& group, const QString& key, const QVariant& value)
{
    const Scheme scheme = scheme_;
    const bool contrast = highContrast();
    const bool still = reduced_motion_;
    if (group == kAppearance && key == QStringLiteral("color-scheme")) {
        const uint said = value.toUInt(); // 1 prefer dark, 2 prefer light
        scheme_ = said == 1 ? Scheme::Dark : said == 2 ? Scheme::Light : Scheme::Unknown;
    } else if (group == kAppearance && key == QStringLiteral("contrast")) {
        contrast_ = value.toUInt() == 1;
    } else if (group == kGnomeAccess && key == QStringLiteral("high-contrast")) {
        gnome_contrast_ = value.toBool();
    } else if (group == kGnome && key == QStringLiteral("enable-animations")) {
        reduced_motion_ = !value.toBool();
    }
    if (scheme != scheme_ || contrast != highContrast() || still != reduced_motion_)
        Q_EMIT changed();
}

} // namespace ui::theme
