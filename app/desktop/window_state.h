#pragma once

#include "app/desktop/background.h"
#include "ui/theme/theme.h"

#include <filesystem>
#include <QJsonObject>

namespace app::desktop {

/// Geometry, columns and appearance of the window: `window.json` in the data folder. Nowhere else,
/// and not in the library: the window is drawn before that is open, and a wrong colour for its
/// first tenth of a second is a flash.
class WindowState {
public:
    /// Reads the file; nothing, or a damaged one, is an empty state. Before the window only.
    explicit WindowState(const std::filesystem::path& data_dir);

    const QJsonObject& values() const { return values_; }
    void set(const QString& key, const QJsonValue& value) { values_.insert(key, value); }
    /// System where nothing, or nothing that is understood, was chosen.
    ui::theme::Appearance appearance() const;
    void setAppearance(ui::theme::Appearance appearance);
    /// Written in the background, whole or not at all; where the library was moved, at its new
    /// place.
    void save(Background& background) const;

private:
    std::filesystem::path folder_;
    QJsonObject values_;
};

} // namespace app::desktop
