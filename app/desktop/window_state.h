#pragma once

#include "app/desktop/background.h"

#include <filesystem>
#include <QJsonObject>

namespace app::desktop {

/// Geometry, columns and appearance of the window: `window.json` in the data folder. Apart from the
/// library, since the window is drawn before that is open, and a wrong colour for its first tenth
/// of a second is a flash.
class WindowState {
public:
    /// Reads the file; nothing, or a damaged one, is an empty state. Before the window only.
    explicit WindowState(const std::filesystem::path& data_dir);

    const QJsonObject& values() const { return values_; }
    void set(const QString& key, const QJsonValue& value) { values_.insert(key, value); }
    /// Written in the background, whole or not at all.
    void save(Background& background) const;

private:
    std::filesystem::path file_;
    QJsonObject values_;
};

} // namespace app::desktop
