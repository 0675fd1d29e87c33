#pragma once

#include "app/desktop/settings_bridge.h"
#include "app/models/model_store.h"
#include "app/own_model.h"
#include "app/speed_test.h"
#include "ui/models/models_view.h"

#include <QTimer>

namespace app::desktop {

/// Models for the window: fetch, check, remove, load, a folder or a server of the user's, speed,
/// the engine test. One fetch at a time; it goes on whatever page is shown.
class ModelsBridge : public QObject {
    Q_OBJECT
public:
    ModelsBridge(
        Services& services,
        SettingsBridge& settings,
        const models::Catalogue& catalogue = models::Catalogue::built_in(),
        models::FetchOptions fetch_options = {},
        QObject* parent = nullptr);

    void attach(ui::ModelsView* view);

    /// Looks at what is installed; catalogueChanged() and inUseChanged() follow.
    void refresh();
    /// A model, or "starter". Continues what was paused or failed.
    void fetch(const QString& id);
    void pauseFetch();
    /// Stops and deletes what has arrived of unfinished models.
    void cancelFetch();
    void verify(const QString& id);
    void cancelVerify();
    void remove(const QString& id);
    /// Whether a larger model is asked; and whether it may then write answers, which is off until
    /// the user says otherwise.
    void switchModel(const QString& id, bool on);
    void letModelWrite(const QString& id, bool writes);
    void load();
    void unload();
    void useFolder(const QString& path);
    void forgetOwnModel(const QString& path);
    /// Whether it is asked; and whether it may then write answers, which is off until the user says
    /// otherwise.
    void switchOwnModel(const QString& path, bool on);
    void letOwnModelWrite(const QString& path, bool writes);
    /// Whether recordings are listened to with it instead of Whisper; one at a time.
    void letOwnModelListen(const QString& path, bool listens);
    void addServer(const QString& name, const QString& url);
    void removeServer(const QString& url);
    void testServer(const QString& url);
    void switchServer(const QString& url, bool on);
    void measureSpeed();
    void cancelSpeed();
    void runTest(const QString& prompt);
    void stopTest();

    const ui::FetchState& fetchState() const { return fetch_; }
    const ui::InUse& inUse() const { return in_use_; }
    /// The starter is whole; false until the first refresh.
    bool starterReady() const { return in_use_.installed; }

Q_SIGNALS:
    void catalogueChanged(const std::vector<ui::ModelRow>& rows);
    void inUseChanged(const ui::InUse& in_use);
    void fetchChanged(const ui::FetchState& fetch);
    void ownModelsChanged(const std::vector<ui::OwnModelRow>& rows);
    void serversChanged(const std::vector<ui::ServerRow>& rows);
    void machineChanged(const ui::MachineUse& machine);
    void speedChanged(const ui::SpeedState& speed);
    void testChanged(const ui::EngineTestState& test);
    void testText(const QString& text);
    /// What came of the last thing that was tried, in place.
    void notice(const QString& sentence, bool failed);
    /// Something for a toast: "Removed Whisper base, 145 MB are free again."
    void done(const QString& sentence);

private:
    struct Looked;
    void onOpened();
    void onSettings();
    void look(Looked looked);
    void tellInUse();
    void showModels();
    void endFetch(const Result<void>& fetched);
    void measureMachine();
    void lookAgain();
    void storeOwnModels();
    void showOwnModels();
    void showSpeed();
    models::ModelStore storeOf() const { return {catalogue_, services_.paths().models}; }
    std::filesystem::path testModel() const;
    std::filesystem::path listeningModel() const; // of the user's own; empty: Whisper

    Services& services_;
    SettingsBridge& settings_;
    const models::Catalogue& catalogue_;
    models::FetchOptions fetch_options_;
    QTimer machine_timer_;
    std::vector<ui::ModelRow> rows_;
    QHash<QString, QString> problems_; // of damaged models
    ui::InUse in_use_;
    ui::FetchState fetch_;
    QString fetch_id_;
    bool deletes_parts_ = false; // cancelled, not paused
    std::uint64_t rate_from_bytes_ = 0;
    std::chrono::steady_clock::time_point rate_from_;
    std::stop_source fetch_stop_;
    std::stop_source verify_stop_;
    QString verifying_;
    std::vector<OwnModel> own_;
    std::vector<std::string> writing_; // of the catalogue, those that may write answers
    int own_changes_ = 0;              // made here
    std::vector<ui::ServerRow> servers_;
    ui::MachineUse machine_;
    Speed measured_;
    ui::SpeedState speed_;
    std::stop_source speed_stop_;
    ui::EngineTestState test_;
    std::stop_source test_stop_;
};

} // namespace app::desktop
