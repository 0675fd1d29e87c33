#pragma once

#include "app/cli/guests.h"
#include "app/desktop/services.h"
#include "app/desktop/window_state.h"
#include "ui/types.h"

#include <memory>
#include <QObject>
#include <QStringList>

namespace ui {
class AskView;
class EvidencePane;
class HelpView;
class LibraryView;
class MainWindow;
class ModelsView;
class OverlayPanel;
class Palette;
class SettingsView;
class StartView;
namespace recording {
class RecordingView;
}
struct Hit;
} // namespace ui

namespace app::desktop {

class AskBridge;
class EvidenceBridge;
class IngestBridge;
class LibraryBridge;
class ModelsBridge;
class PlayerBridge;
class RecordingBridge;
class SettingsBridge;
class StartBridge;
class StatusBridge;

/// Makes the window: views and bridges, and connects what goes from one view to another. Holds
/// nothing of what they do.
class Window : public QObject {
    Q_OBJECT
public:
    Window(Services& services, WindowState& state, QObject* parent = nullptr);
    ~Window() override;

    void show();
    /// From the command line, a drop, or a second start; waits for the library where that is not
    /// open yet.
    void openFiles(const QStringList& files);
    /// In front of other windows; the desktop may only let it blink.
    void raise();
    ui::MainWindow& mainWindow() { return *main_; }
    const SettingsBridge& settings() const { return *settings_bridge_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// Of views that are not on the rail; the numbers of those that are end at 7.
    static constexpr int kRecordingView = 20;
    static constexpr int kStartView = 21;

    void createViews();
    void createBridges();
    void connectFrame();
    void connectDrops();
    void connectViews();
    void connectEvidence();
    void connectSettings();
    void connectStart();
    void connectHelp();
    void connectStatus();
    void connectServices();
    /// Where what is dropped now will go.
    QString dropWords() const;
    /// Ask in front, nothing over it.
    void showAsk();
    void libraryOpened();
    void applySettings();
    void takeJobsOfOthers();
    void openSession(storage::SessionId session);
    void openHit(const ui::Hit& hit);
    void askAbout(storage::SessionId session, const QString& text);
    void openRecording(storage::SessionId session, storage::SourceId source, double start_s);
    void leaveRecording();
    void showPlaces(const ui::PlaceList& places);
    void stepCitation(int steps);
    void undo();
    void say(const QString& sentence);
    void updateDoing();

    Services& services_;
    WindowState& state_;
    std::unique_ptr<ui::MainWindow> main_; // owns the views
    ui::AskView* ask_ = nullptr;
    ui::LibraryView* library_ = nullptr;
    ui::recording::RecordingView* recording_ = nullptr;
    ui::ModelsView* models_ = nullptr;
    ui::SettingsView* settings_ = nullptr;
    ui::StartView* start_ = nullptr;
    ui::HelpView* help_ = nullptr;
    ui::OverlayPanel* help_overlay_ = nullptr;
    ui::EvidencePane* evidence_ = nullptr;
    ui::Palette* palette_ = nullptr;
    // After the views, since they end before them.
    std::unique_ptr<StatusBridge> status_;
    std::unique_ptr<SettingsBridge> settings_bridge_;
    std::unique_ptr<ModelsBridge> models_bridge_;
    std::unique_ptr<StartBridge> start_bridge_;
    std::unique_ptr<IngestBridge> ingest_bridge_;
    std::unique_ptr<AskBridge> ask_bridge_;
    std::unique_ptr<LibraryBridge> library_bridge_;
    std::unique_ptr<RecordingBridge> recording_bridge_;
    std::unique_ptr<EvidenceBridge> evidence_bridge_;
    std::unique_ptr<PlayerBridge> player_bridge_;
    std::shared_ptr<cli::Guests> guests_;
    QStringList waiting_files_;    // until the library is open
    bool asked_for_files_ = false; // by the command line: they come before the first page
    bool open_ = false;
    int before_recording_ = 0; // the view that Back goes to
};

} // namespace app::desktop
