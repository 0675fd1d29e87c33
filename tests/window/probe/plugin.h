#pragma once

#include <QGenericPlugin>

namespace probe {

/// Looks at the real window from inside: Qt loads it where the test's environment asks for it, so
/// that the program itself holds nothing for its tests. A name written to PERCEPT_PROBE/ask is
/// answered with PERCEPT_PROBE/NAME.json.
class Plugin : public QGenericPlugin {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "plugin.json")
public:
    QObject* create(const QString& key, const QString& specification) override;
};

} // namespace probe
