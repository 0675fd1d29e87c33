#pragma once

#include "app/desktop/models_bridge.h"
#include "capture/reader_client.h"
#include "ui/start/start_view.h"

namespace app::desktop {

/// The first page: looks at this computer, hands downloads to ModelsBridge, reads the bundled
/// sample into a session of its own when its first question is asked.
class StartBridge : public QObject {
    Q_OBJECT
public:
    StartBridge(
        Services& services,
        SettingsBridge& settings,
        ModelsBridge& models,
        QObject* parent = nullptr);

    void attach(ui::StartView* view);
    /// Looks again; stateChanged() follows.
    void refresh();
    /// sampleReady() follows, or stateChanged() with a problem.
    void askSample(const QString& question);
    void cancelSample();
    /// Another percept-reader than the one beside the program.
    void setReader(const std::filesystem::path& program) { reader_.program = program; }
    const ui::StartState& state() const { return state_; }

Q_SIGNALS:
    void stateChanged(const ui::StartState& state);
    /// The session of the sample holds what was read; this is to be asked in it.
    void sampleReady(storage::SessionId session, const QString& question);
    /// Whether the library is empty, so that the first page is what to show; once after it opened.
    void firstStart(bool first);

private:
    void onOpened();
    void endSample(const QString& question, const Result<storage::SessionId>& session);

    Services& services_;
    SettingsBridge& settings_;
    ModelsBridge& models_;
    capture::ReaderOptions reader_;
    ui::StartState state_;
    std::stop_source sample_stop_;
};

} // namespace app::desktop
