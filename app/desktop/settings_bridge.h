#pragma once

#include "app/desktop/services.h"
#include "app/settings.h"
#include "ui/settings/settings_view.h"

#include <functional>
#include <optional>
#include <QTimer>

namespace app::desktop {

/// The settings of the library, held for all bridges and stored in the background as they change;
/// and the jobs of the Settings page: sizes, move, backup, check, deleting everything, the report.
class SettingsBridge : public QObject {
    Q_OBJECT
public:
    explicit SettingsBridge(Services& services, QObject* parent = nullptr);

    /// Defaults until loaded().
    const Settings& settings() const { return settings_; }
    /// Applies at once, is stored soon.
    void change(const std::function<void(Settings&)>& edit);
    /// Values of other bridges that are no setting of every program ("speed", "own_models").
    void store(const std::string& key, const std::string& json);

    /// Threads and device, for Services::useEngines().
    engine::DeviceChoice deviceChoice() const;

    /// Shows and serves the page; both may come and go.
    void attach(ui::SettingsView* view);
    /// What works on this machine, as text; reportReady() follows.
    void makeReport();

    void moveLibrary(const std::filesystem::path& target);
    void backUp(const std::filesystem::path& file);
    void check();
    void cancelJob();
    void forgetOldPlace();

    /// What is to be done when the window is gone and the library closed: delete all data (true:
    /// the models too), start again. For main().
    std::optional<bool> deleteAtEnd() const { return delete_at_end_; }
    bool restartAtEnd() const { return restart_at_end_; }

Q_SIGNALS:
    void loaded();
    void changed();
    void jobChanged(const ui::StorageJob& job);
    void storageChanged(const ui::StorageState& state);
    /// A sentence about something that could not be stored.
    void failed(const QString& sentence);
    void reportReady(const QString& text);
    /// deleteAtEnd() or restartAtEnd() says why.
    void quitRequested();

private:
    void load();
    void save();
    void apply();
    void refresh();
    void showSettings();
    void finishJob(const QString& sentence, bool failed);
    std::function<void(double)> progressOf(std::uint64_t job);
    template <typename Work>
    void runJob(ui::StorageJob::Kind kind, Work work);

    Services& services_;
    Settings settings_;
    Settings applied_;
    QPointer<ui::SettingsView> view_;
    QTimer refresh_timer_;
    ui::StorageState storage_;
    ui::StorageJob job_;
    std::uint64_t job_number_ = 0;
    std::stop_source job_stop_;
    std::chrono::steady_clock::time_point job_begin_;
    std::vector<ui::LanguageRow> ocr_languages_;
    std::optional<bool> delete_at_end_;
    bool restart_at_end_ = false;
};

} // namespace app::desktop
