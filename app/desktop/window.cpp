#include "app/desktop/window.h"

#include "app/desktop/ask_bridge.h"
#include "app/desktop/evidence_bridge.h"
#include "app/desktop/ingest_bridge.h"
#include "app/desktop/library_bridge.h"
#include "app/desktop/models_bridge.h"
#include "app/desktop/player_bridge.h"
#include "app/desktop/recording_bridge.h"
#include "app/desktop/running_window.h"
#include "app/desktop/settings_bridge.h"
#include "app/desktop/start_bridge.h"
#include "app/desktop/status_bridge.h"
#include "app/remote/http.h"
#include "ui/ask/ask_view.h"
#include "ui/evidence/evidence_pane.h"
#include "ui/evidence/player_view.h"
#include "ui/frame/columns.h"
#include "ui/frame/main_window.h"
#include "ui/help/help_view.h"
#include "ui/library/library_view.h"
#include "ui/models/models_view.h"
#include "ui/palette/palette.h"
#include "ui/recording/recording_view.h"
#include "ui/settings/settings_view.h"
#include "ui/start/start_view.h"
#include "ui/widgets/overlay.h"
#include "ui/widgets/toast.h"

namespace app::desktop {
namespace {

/// What the status bar calls it; a server by the name that the user gave it, never the starter.
QString engineName(const EngineChoice& choice, const Settings& settings)
{
    if (choice.kind == EngineChoice::Kind::Starter) return Window::tr("Starter model");
    if (choice.kind == EngineChoice::Kind::Model) return QString::fromStdString(choice.name);
    for (const ServerSetting& server : settings.servers)
        if (server.url == choice.url) return QString::fromStdString(server.name);
    return QString::fromStdString(remote::host_of(choice.url));
}

} // namespace

Window::Window(Services& services, WindowState& state, QObject* parent)
    : QObject(parent), services_(services), state_(state), main_(std::make_unique<ui::MainWindow>())
{
    status_ = std::make_unique<StatusBridge>(services_);
    createViews();
    createBridges();
    connectFrame();
    connectDrops();
    connectViews();
    connectEvidence();
    connectSettings();
    connectStart();
    connectHelp();
    connectStatus();
    connectServices();
}

Window::~Window() = default;

void Window::createViews()
{
    ask_ = new ui::AskView;
    library_ = new ui::LibraryView;
    main_->addView(ui::kAskView, tr("Ask"), "message-square-text", ask_);
    main_->addView(ui::kLibraryView, tr("Library"), "library", library_);
    models_ = new ui::ModelsView;
    settings_ = new ui::SettingsView{main_->actions()};
    main_->addView(ui::kModelsView, tr("Models"), "box", models_);
    main_->addView(ui::kSettingsView, tr("Settings"), "settings", settings_);
    start_ = new ui::StartView;
    main_->addHiddenView(kStartView, start_, ui::kAskView);
    recording_ = new ui::recording::RecordingView;
    main_->addHiddenView(kRecordingView, recording_, ui::kLibraryView);
    evidence_ = new ui::EvidencePane;
    main_->setEvidence(evidence_);
    help_ = new ui::HelpView{main_->actions()};
    help_overlay_ = new ui::OverlayPanel(main_.get());
    help_overlay_->setContent(help_);
    help_overlay_->setPanelWidth(ui::HelpView::kWidth_px);
    palette_ = new ui::Palette(main_.get());
    std::vector<QAction*> commands;
    for (const auto& entry : main_->actions().entries()) commands.push_back(entry.action);
    palette_->setCommands(commands);
}

void Window::createBridges()
{
    settings_bridge_ = std::make_unique<SettingsBridge>(services_);
    settings_bridge_->attach(settings_);
    models_bridge_ = std::make_unique<ModelsBridge>(services_, *settings_bridge_);
    models_bridge_->attach(models_);
    start_bridge_ = std::make_unique<StartBridge>(services_, *settings_bridge_, *models_bridge_);
    start_bridge_->attach(start_);
    ingest_bridge_ = std::make_unique<IngestBridge>(services_, *ask_);
    ask_bridge_ = std::make_unique<AskBridge>(services_, *ask_, *ingest_bridge_);
    library_bridge_ = std::make_unique<LibraryBridge>(services_);
    connectLibrary(*library_bridge_, *library_);
    connectPalette(*library_bridge_, *palette_);
    recording_bridge_ = std::make_unique<RecordingBridge>(services_);
    connectRecording(*recording_bridge_, *recording_);
    evidence_bridge_ = std::make_unique<EvidenceBridge>(services_, *evidence_);
    player_bridge_ = std::make_unique<PlayerBridge>(services_, evidence_->player());
}

void Window::libraryOpened()
{
    open_ = true;
    if (services_.writes()) takeJobsOfOthers();
    status_->measureNow();
    if (!waiting_files_.isEmpty()) openFiles(std::exchange(waiting_files_, {}));
}

void Window::applySettings()
{
    const Settings& settings = settings_bridge_->settings();
    QHash<QString, QKeySequence> keys;
    for (const auto& [action, key] : settings.keys)
        keys.insert(QString::fromStdString(action), QKeySequence(QString::fromStdString(key)));
    main_->actions().setKeys(keys);
    ingest_bridge_->setLanguages(settings.ocr_languages, settings.speech_language);
    services_.background().run(
        Lane::Quick,
        this,
        [words = settings.engine, models = services_.paths().models](const std::stop_token&) {
            return choose_engine(words, models);
        },
        [this](const Result<EngineChoice>& choice) {
            if (!choice) return say(sentence(choice.error()));
            ask_bridge_->setEngine(*choice);
            status_->setEngineName(engineName(*choice, settings_bridge_->settings()));
        });
}

void Window::takeJobsOfOthers()
{
    auto own = [this](const handover::Job& job) -> std::optional<int> {
        const auto files = filesForWindow(job);
        if (!files) return std::nullopt;
        Background::onUiThread([window = QPointer<Window>(this), files = *files] {
            if (!window) return;
            window->raise();
            window->openFiles(files);
        });
        return 0;
    };
    services_.background().run(
        Lane::Quick,
        this,
        [paths = services_.paths(),
         library = services_.library(),
         engines = services_.engines(),
         own = std::move(own)](const std::stop_token&) {
            auto guests = cli::Guests::serve(paths, library, engines, own);
            return guests ? std::shared_ptr<cli::Guests>(std::move(*guests)) : nullptr;
        },
        [this](std::shared_ptr<cli::Guests> guests) {
            guests_ = std::move(guests);
            if (guests_) guests_->use_engines(services_.engines()); // changed meanwhile, perhaps
        });
}

void Window::show()
{
    main_->restoreState(state_.values().value("window").toObject());
    main_->show();
}

void Window::openFiles(const QStringList& files)
{
    if (files.isEmpty()) return;
    asked_for_files_ = true;
    if (!open_) {
        waiting_files_ += files;
        return;
    }
    main_->showView(ui::kAskView);
    ask_->addFiles(files);
}

void Window::raise()
{
    if (main_->isMinimized()) main_->showNormal();
    main_->raise();
    main_->activateWindow();
}

void Window::openSession(storage::SessionId session)
{
    main_->showView(ui::kAskView);
    ask_->openSessionById(session);
}

void Window::openHit(const ui::Hit& hit)
{
    openSession(hit.place.session);
    if (hit.place.source != 0)
        showPlaces({{hit.place}, 0});
    else
        showPlaces({hit.cited, 0});
}

void Window::askAbout(storage::SessionId session, const QString& text)
{
    main_->showView(ui::kAskView);
    if (session != ask_->session()) ask_->openSessionById(session);
    ask_->askWith(text);
}

void Window::openRecording(storage::SessionId session, storage::SourceId source, double start_s)
{
    if (const int from = main_->currentView(); from != kRecordingView) before_recording_ = from;
    recording_->setBackWords(
        before_recording_ == ui::kLibraryView ? tr("Back to the library") : tr("Back to Ask"));
    main_->showView(kRecordingView);
    recording_->open(session, source, start_s);
}

void Window::leaveRecording()
{
    evidence_->clear(); // a sound of another view does not play on
    main_->closeEvidence();
    main_->showView(before_recording_ == ui::kLibraryView ? ui::kLibraryView : ui::kAskView);
}

void Window::showPlaces(const ui::PlaceList& places)
{
    if (places.places.empty()) return;
    main_->openEvidence();
    evidence_->show(places);
}

void Window::stepCitation(int steps)
{
    if (main_->columns().evidenceOpen() && evidence_->hasPlace())
        return evidence_->stepPlace(steps);
    if (main_->currentView() != ui::kAskView) return;
    if (steps > 0)
        ask_->nextCitation();
    else
        ask_->previousCitation();
}

void Window::undo()
{
    if (main_->currentView() == ui::kLibraryView)
        library_->undo();
    else
        ask_->undoRequested();
    main_->toasts().dismiss();
}

void Window::say(const QString& sentence)
{
    main_->toasts().show(sentence, false);
}

void Window::updateDoing()
{
    status_->setDoing(
        ask_bridge_->answering() ? tr("answering")
        : ingest_bridge_->busy() ? tr("reading")
                                 : QString());
}

bool Window::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == main_.get() && (event->type() == QEvent::Show || event->type() == QEvent::Hide ||
                                   event->type() == QEvent::WindowStateChange))
        status_->setVisible(main_->isVisible() && !main_->isMinimized());
    return QObject::eventFilter(watched, event);
}

} // namespace app::desktop
