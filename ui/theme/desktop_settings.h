#pragma once

#include <QDBusVariant>
#include <QObject>

namespace ui::theme {

/// What the desktop says about appearance, through its portal (org.freedesktop.portal.Settings) on
/// the session bus; it is asked once and listened to. Without bus or portal everything stays
/// unknown.
class DesktopSettings : public QObject {
    Q_OBJECT
public:
    enum class Scheme { Unknown, Dark, Light };

    explicit DesktopSettings(QObject* parent = nullptr);

    Scheme scheme() const { return scheme_; }
    bool highContrast() const { return contrast_ || gnome_contrast_; }
    bool reducedMotion() const { return reduced_motion_; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void ask(const QString& group, const QString& key, int wait_ms);
    void take(const QString& group, const QString& key, const QVariant& value);

    Scheme scheme_ = Scheme::Unknown;
    bool contrast_ = false;
    bool gnome_contrast_ = false; // older desktops say it only here
    bool reduced_motion_ = false;
};

} // namespace ui::theme
