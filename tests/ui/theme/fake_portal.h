#pragma once

#include <QDBusVariant>
#include <QHash>
#include <QObject>
#include <QString>
#include <QVariant>

namespace ui::theme {

/// The portal of a desktop that says what the test lets it say.
class FakePortal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    QHash<QString, QVariant> said;

public Q_SLOTS:
    /// As the real one: a variant in a variant.
    QDBusVariant Read(const QString& group, const QString& key)
    {
        return QDBusVariant(QVariant::fromValue(QDBusVariant(said.value(group + u'/' + key))));
    }

Q_SIGNALS:
    void SettingChanged(const QString& group, const QString& key, const QDBusVariant& value);
};

} // namespace ui::theme
