// What goes from one view or bridge to another: Window::connect*().
#include "app/desktop/window.h"

#include "app/desktop/ask_bridge.h"
#include "app/desktop/evidence_bridge.h"
#include "app/desktop/ingest_bridge.h"
#include "app/desktop/models_bridge.h"
#include "app/desktop/settings_bridge.h"
#include "app/desktop/start_bridge.h"
#include "app/desktop/status_bridge.h"
#include "ui/ask/ask_view.h"
#include "ui/evidence/evidence_pane.h"
#include "ui/evidence/player_view.h"
#include "ui/frame/columns.h"
#include "ui/frame/main_window.h"
#include "ui/frame/rail.h"
#include "ui/help/help_view.h"
#include "ui/library/library_view.h"
#include "ui/palette/palette.h"
#include "ui/recording/recording_view.h"
#include "ui/settings/settings_view.h"
#include "ui/start/start_view.h"
#include "ui/widgets/overlay.h"
#include "ui/widgets/toast.h"

#include <QApplication>
#include <QClipboard>

namespace app::desktop {

void Window::connectFrame()
{
    const auto on = [this](const char* name, auto work) {
        connect(main_->actions()[QLatin1String(name)], &QAction::triggered, this, work);
    };
    on("session.new", [this] { openSession(0); });
    on("files.open", [this] {
        main_->showView(ui::kAskView);
        ask_->chooseFiles();
    });
    on("edit.paste", [this] {
        main_->showView(ui::kAskView);
        ask_->pasteAsSource();
    });
    on("palette", [this] { palette_->openWith(); });
    on("folder.open", [this] {
        main_->showView(ui::kAskView);
        ask_->chooseFolder();
    });
    on("citation.next", [this] { stepCitation(1); });
    on("citation.previous", [this] { stepCitation(-1); });
    connect(main_.get(), &ui::MainWindow::undoRequested, this, &Window::undo);
    connect(main_.get(), &ui::MainWindow::closing, this, [this](const QJsonObject& geometry) {
        state_.set("window", geometry);
        state_.save(services_.background());
    });
}

void Window::connectViews()
{
    const std::vector<ui::View*> views{ask_, library_, recording_};
    for (ui::View* view : views) {
        connect(view, &ui::View::openSession, this, &Window::openSession);
        connect(view, &ui::View::openRecording, this, &Window::openRecording);
        connect(view, &ui::View::askAbout, this, &Window::askAbout);
        connect(view, &ui::View::placesChosen, this, &Window::showPlaces);
        connect(view, &ui::View::placesGone, this, [this, view] {
            if (main_->columns().currentView() != view) return;
            evidence_->clear();
            main_->closeEvidence();
        });
    }
    connect(ask_, &ui::AskView::exportRequested, this, [this](storage::SessionId session) {
        library_->exportSessions({session}, ask_->nameOf(session));
    });
    connect(
        recording_,
        &ui::recording::RecordingView::exportAsked,
        this,
        [this](storage::SessionId session) {
            library_->exportSessions({session}, recording_->name());
        });
    connect(recording_, &ui::recording::RecordingView::backAsked, this, &Window::leaveRecording);
    connect(ask_, &ui::AskView::searchWanted, this, [this] { palette_->openWith(); });
    connect(ask_, &ui::AskView::findWanted, this, [this] {
        if (main_->columns().evidenceOpen() && evidence_->canSearch())
            evidence_->openSearch();
        else
            palette_->openWith();
    });
    connect(palette_, &ui::Palette::sessionChosen, this, &Window::openSession);
    connect(palette_, &ui::Palette::askWanted, this, [this](const QString& question) {
        askAbout(0, question);
    });
    connect(palette_, &ui::Palette::hitChosen, this, &Window::openHit);
    connect(palette_, &ui::Palette::recordingChosen, this, &Window::openRecording);
}

void Window::connectEvidence()
{
    connect(main_.get(), &ui::MainWindow::actionsRefreshed, this, [this] {
        if (main_->columns().evidenceOpen()) evidence_->updateActions(main_->actions());
    });
    connect(
        evidence_,
        &ui::EvidencePane::actionsChanged,
        main_.get(),
        &ui::MainWindow::refreshActions);
    connect(evidence_, &ui::EvidencePane::closed, main_.get(), &ui::MainWindow::closeEvidence);
    connect(evidence_, &ui::EvidencePane::askAbout, this, &Window::askAbout);
    connect(evidence_, &ui::EvidencePane::toast, this, &Window::say);
    connect(&evidence_->player(), &ui::PlayerView::positionChanged, this, [this](double seconds) {
        if (evidence_->hasPlace()) recording_->setPosition(evidence_->shownPlace().source, seconds);
    });
    connect(evidence_bridge_.get(), &EvidenceBridge::failed, this, &Window::say);
    connect(evidence_, &ui::EvidencePane::shownPlaceChanged, this, [this](const ui::Place& place) {
        ask_->setShownPlace(place.n);
    });
    connect(main_.get(), &ui::MainWindow::evidenceToggled, this, [this] {
        if (!main_->columns().evidenceOpen()) ask_->setShownPlace(0);
    });
}

void Window::connectSettings()
{
    connect(settings_bridge_.get(), &SettingsBridge::loaded, this, &Window::applySettings);
    connect(settings_bridge_.get(), &SettingsBridge::changed, this, &Window::applySettings);
    connect(settings_bridge_.get(), &SettingsBridge::failed, this, &Window::say);
    connect(settings_bridge_.get(), &SettingsBridge::quitRequested, main_.get(), &QWidget::close);
    settings_->appearance()->setAppearance(state_.appearance());
    connect(
        settings_->appearance(),
        &ui::AppearancePage::appearanceChosen,
        this,
        [this](ui::theme::Appearance chosen) {
            ui::theme::apply(chosen);
            state_.setAppearance(chosen);
            state_.save(services_.background());
        });
    connect(settings_, &ui::SettingsView::modelsRequested, this, [this] {
        main_->showView(ui::kModelsView);
    });
    connect(models_bridge_.get(), &ModelsBridge::done, this, &Window::say);
    connect(library_, &ui::LibraryView::modelsWanted, this, [this] {
        main_->showView(ui::kModelsView);
    });
    connect(
        models_bridge_.get(),
        &ModelsBridge::fetchChanged,
        this,
        [this](const ui::FetchState& fetch) {
            status_->setFetch(fetch);
            main_->rail().setActivity(
                ui::kModelsView,
                fetch.phase == ui::FetchState::Phase::Running ? tr("A model is being downloaded")
                                                              : QString());
        });
}

void Window::connectStart()
{
    connect(start_bridge_.get(), &StartBridge::firstStart, this, [this](bool first) {
        if (first && !asked_for_files_) main_->showView(kStartView);
    });
    connect(
        start_bridge_.get(),
        &StartBridge::sampleReady,
        this,
        [this](storage::SessionId session, const QString& question) {
            main_->showView(ui::kAskView);
            ask_->askIn(session, question);
        });
    connect(start_, &ui::StartView::filesRequested, this, [this] {
        main_->actions()["files.open"]->trigger();
    });
    connect(start_, &ui::StartView::placeRequested, this, [this] {
        main_->showView(ui::kSettingsView);
        settings_->showSection(ui::SettingsView::kStorage);
    });
}

void Window::connectHelp()
{
    const auto on = [this](const char* name, auto work) {
        connect(main_->actions()[QLatin1String(name)], &QAction::triggered, this, work);
    };
    on("help.guide", [this] {
        help_->showGuide();
        help_overlay_->open();
    });
    on("help.keys", [this] {
        help_->showKeys();
        help_overlay_->open();
    });
    on("help.about", [this] {
        main_->showView(ui::kSettingsView);
        settings_->showSection(ui::SettingsView::kAbout);
    });
    on("help.report", [this] { settings_bridge_->makeReport(); });
    on("start.show", [this] { main_->showView(kStartView); });
    connect(help_, &ui::HelpView::closeRequested, help_overlay_, &ui::OverlayPanel::close);
    connect(
        help_,
        &ui::HelpView::reportRequested,
        settings_bridge_.get(),
        &SettingsBridge::makeReport);
    connect(
        settings_bridge_.get(),
        &SettingsBridge::reportReady,
        this,
        [this](const QString& text) {
            QApplication::clipboard()->setText(text);
            say(tr("The report is in the clipboard. It holds no words of yours."));
        });
}

void Window::connectStatus()
{
    ui::StatusBar& bar = main_->status();
    connect(status_.get(), &StatusBridge::engineMeasured, &bar, &ui::StatusBar::setEngine);
    connect(status_.get(), &StatusBridge::diskMeasured, &bar, &ui::StatusBar::setDiskLeft);
    connect(status_.get(), &StatusBridge::networkMeasured, &bar, &ui::StatusBar::setNetwork);
    connect(status_.get(), &StatusBridge::jobChanged, &bar, &ui::StatusBar::setJob);
    connect(
        ingest_bridge_.get(),
        &IngestBridge::progressed,
        this,
        [this](const QString& words, double part) {
            status_->setReading({words, part});
        });
    connect(ingest_bridge_.get(), &IngestBridge::busyChanged, this, [this](bool busy) {
        if (!busy) status_->setReading({});
        main_->rail().setActivity(ui::kAskView, busy ? tr("Reading files") : QString());
        updateDoing();
    });
    connect(ask_bridge_.get(), &AskBridge::answeringChanged, this, &Window::updateDoing);
    connect(&bar, &ui::StatusBar::engineChosen, this, [this] { main_->showView(ui::kModelsView); });
    const auto show_settings = [this](ui::SettingsView::Section section) {
        main_->showView(ui::kSettingsView);
        settings_->showSection(section);
    };
    connect(&bar, &ui::StatusBar::networkChosen, this, [show_settings] {
        show_settings(ui::SettingsView::kPrivacy);
    });
    connect(&bar, &ui::StatusBar::diskChosen, this, [show_settings] {
        show_settings(ui::SettingsView::kStorage);
    });
    connect(&bar, &ui::StatusBar::jobChosen, this, [this] {
        const bool only_fetch = !ingest_bridge_->busy() && models_bridge_->fetchState().active();
        main_->showView(only_fetch ? ui::kModelsView : ui::kAskView);
    });
    connect(models_bridge_.get(), &ModelsBridge::inUseChanged, this, [this](const auto& in_use) {
        status_->setModelsMissing(!in_use.installed && !in_use.elsewhere);
    });
    main_->installEventFilter(this); // hidden or minimised: nothing is measured
}

void Window::connectServices()
{
    connect(&services_, &Services::opened, this, &Window::libraryOpened);
    connect(
        &services_,
        &Services::failed,
        this,
        [this](const QString& message, const QString& hint) { ask_->showProblem(message, hint); });
    connect(&services_, &Services::readOnly, this, [this](const QString& sentence) {
        ask_->setReadOnly(sentence);
        library_->setWritable(false);
    });
    connect(&services_, &Services::writable, this, [this] {
        library_->setWritable(true);
        takeJobsOfOthers();
    });
    connect(&services_, &Services::enginesChanged, this, [this] {
        if (guests_) guests_->use_engines(services_.engines());
    });
}

} // namespace app::desktop
