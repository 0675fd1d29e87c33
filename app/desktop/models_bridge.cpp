// Catalogue, fetching, checking, removing, loading; the other ideas have files of their own.
#include "app/desktop/models_bridge.h"

#include "app/desktop/machine_facts.h"
#include "ui/types.h"

#include <algorithm>

namespace app::desktop {
namespace {

using Clock = std::chrono::steady_clock;
using Phase = ui::FetchState::Phase;

constexpr int kMachine_ms = 2000;
constexpr const char* kStarter = "starter";

QString words(const std::string& text)
{
    return QString::fromStdString(text);
}

bool isServer(const std::string& engine)
{
    return engine.starts_with("http://") || engine.starts_with("https://");
}

} // namespace

struct ModelsBridge::Looked {
    std::vector<ui::ModelRow> rows;
    std::uint64_t missing_bytes = 0;
    std::uint64_t starter_bytes = 0;
};

ModelsBridge::ModelsBridge(
    Services& services,
    SettingsBridge& settings,
    const models::Catalogue& catalogue,
    models::FetchOptions fetch_options,
    QObject* parent)
    : QObject(parent), services_(services), settings_(settings), catalogue_(catalogue),
      fetch_options_(std::move(fetch_options))
{
    machine_timer_.setInterval(kMachine_ms);
    connect(&machine_timer_, &QTimer::timeout, this, &ModelsBridge::measureMachine);
    connect(&services_, &Services::opened, this, &ModelsBridge::onOpened);
    connect(&settings_, &SettingsBridge::changed, this, &ModelsBridge::onSettings);
    if (services_.library()) onOpened();
    refresh();
}

void ModelsBridge::attach(ui::ModelsView* view)
{
    using View = ui::ModelsView;
    connect(view, &View::fetchRequested, this, &ModelsBridge::fetch);
    connect(view, &View::pauseRequested, this, &ModelsBridge::pauseFetch);
    connect(view, &View::cancelRequested, this, &ModelsBridge::cancelFetch);
    connect(view, &View::verifyRequested, this, &ModelsBridge::verify);
    connect(view, &View::verifyCancelled, this, &ModelsBridge::cancelVerify);
    connect(view, &View::removeRequested, this, &ModelsBridge::remove);
    connect(view, &View::modelSwitched, this, &ModelsBridge::switchModel);
    connect(view, &View::modelWrites, this, &ModelsBridge::letModelWrite);
    connect(view, &View::loadRequested, this, &ModelsBridge::load);
    connect(view, &View::unloadRequested, this, &ModelsBridge::unload);
    connect(view, &View::speedTestRequested, this, &ModelsBridge::measureSpeed);
    connect(view, &View::speedTestCancelled, this, &ModelsBridge::cancelSpeed);
    connect(view, &View::folderChosen, this, &ModelsBridge::useFolder);
    connect(view, &View::ownModelForgotten, this, &ModelsBridge::forgetOwnModel);
    connect(view, &View::ownModelSwitched, this, &ModelsBridge::switchOwnModel);
    connect(view, &View::ownModelWrites, this, &ModelsBridge::letOwnModelWrite);
    connect(view, &View::ownModelListens, this, &ModelsBridge::letOwnModelListen);
    connect(view, &View::serverAdded, this, &ModelsBridge::addServer);
    connect(view, &View::serverRemoved, this, &ModelsBridge::removeServer);
    connect(view, &View::serverTestRequested, this, &ModelsBridge::testServer);
    connect(view, &View::serverSwitched, this, &ModelsBridge::switchServer);
    connect(view, &View::testRequested, this, &ModelsBridge::runTest);
    connect(view, &View::testStopped, this, &ModelsBridge::stopTest);
    connect(view, &View::watched, this, [this](bool on) {
        if (!on) {
            machine_timer_.stop();
            return;
        }
        lookAgain();
        measureMachine();
        machine_timer_.start();
    });
    connect(this, &ModelsBridge::catalogueChanged, view, &View::setCatalogue);
    connect(this, &ModelsBridge::inUseChanged, view, &View::setInUse);
    connect(this, &ModelsBridge::fetchChanged, view, &View::setFetch);
    connect(this, &ModelsBridge::ownModelsChanged, view, &View::setOwnModels);
    connect(this, &ModelsBridge::serversChanged, view, &View::setServers);
    connect(this, &ModelsBridge::machineChanged, view, &View::setMachine);
    connect(this, &ModelsBridge::speedChanged, view, &View::setSpeed);
    connect(this, &ModelsBridge::testChanged, view, &View::setEngineTest);
    connect(this, &ModelsBridge::testText, view, &View::appendTestText);
    connect(this, &ModelsBridge::notice, view, &View::setNotice);
    connect(this, &ModelsBridge::done, view, [view](const QString& said) {
        Q_EMIT view->toast(said, false);
    });
    view->setCatalogue(rows_);
    view->setInUse(in_use_);
    view->setFetch(fetch_);
    view->setServers(servers_);
    view->setSpeed(speed_);
    view->setEngineTest(test_);
    refresh();
}

void ModelsBridge::refresh()
{
    services_.background().run(
        Lane::Quick,
        this,
        [this, paths = services_.paths()](const std::stop_token&) {
            Looked looked;
            const models::ModelStore store(catalogue_, paths.models);
            looked.rows = modelRows(catalogue_, paths);
            looked.missing_bytes = missingBytes(catalogue_, store, kStarter);
            if (const auto starter = catalogue_.select(kStarter))
                for (const models::Model* model : *starter)
                    looked.starter_bytes += model->size_bytes();
            return looked;
        },
        [this](Looked looked) { look(std::move(looked)); });
}

void ModelsBridge::look(Looked looked)
{
    rows_ = std::move(looked.rows);
    for (ui::ModelRow& row : rows_) {
        if (row.id == verifying_) row.state = ui::ModelState::Checking;
        if (!problems_.contains(row.id)) continue;
        row.state = ui::ModelState::Damaged;
        row.problem = problems_.value(row.id);
    }
    showModels();
    in_use_.installed = looked.missing_bytes == 0;
    in_use_.missing_bytes = looked.missing_bytes;
    const QString on_disk = ui::sizeWords(looked.starter_bytes);
    const auto own = std::ranges::find_if(own_, &OwnModel::listens);
    in_use_.facts = own == own_.end()
                        ? tr("%1 on disk · runs on the processor · text and speech; pages without "
                             "text are read by OCR")
                              .arg(on_disk)
                        : tr("%1 on disk · runs on the processor · text; %2 listens to "
                             "recordings; pages without text are read by OCR")
                              .arg(on_disk, words(own->name));
    test_.possible = !testModel().empty();
    test_.model = test_.possible ? words(testModel().filename().string())
                                 : tr("Download the small language model first.");
    Q_EMIT testChanged(test_);
    tellInUse();
}

void ModelsBridge::tellInUse()
{
    const std::string& engine = settings_.settings().engine;
    in_use_.elsewhere = isServer(engine);
    in_use_.title =
        in_use_.elsewhere ? tr("A server, with the starter models for reading") : tr("Starter");
    for (const ui::ServerRow& server : servers_)
        if (server.on)
            in_use_.title = tr("%1, with the starter models for reading").arg(server.name);
    if (const models::Model* model = catalogue_.find(engine); model != nullptr)
        in_use_.title = tr("%1, with the starter models for reading").arg(words(model->title));
    for (const OwnModel& model : own_)
        if (model.file == engine)
            in_use_.title = tr("%1, with the starter models for reading").arg(words(model.name));
    const auto engines = services_.engines();
    const EnginesStatus status = engines ? engines->status() : EnginesStatus{};
    in_use_.loaded = !status.loaded.empty();
    in_use_.ready = in_use_.installed;
    QString state;
    if (in_use_.elsewhere) {
        state = tr("Questions and the passages that answer them leave this computer.");
    } else if (!in_use_.installed) {
        state =
            listeningModel().empty()
                ? tr("Not installed yet: speech is not heard and places are found by words only.")
                : tr("Not installed yet: places are found by words only.");
    } else if (in_use_.busy || status.opening) {
        state = tr("Loading…");
    } else if (in_use_.loaded) {
        state = tr("Loaded. Percept uses %1 of memory").arg(ui::sizeWords(machine_.memory_own));
        if (measured_.tokens_per_s)
            state += tr(", %1 tok/s measured here").arg(*measured_.tokens_per_s, 0, 'f', 0);
        state += u'.';
    } else {
        state = tr("Ready. Loaded when it is first asked for.");
    }
    in_use_.state = state;
    Q_EMIT inUseChanged(in_use_);
}

void ModelsBridge::fetch(const QString& id)
{
    if (fetch_.phase == Phase::Running) return;
    const auto chosen = catalogue_.select(id.toStdString());
    if (!chosen) {
        Q_EMIT notice(sentence(chosen.error()), true);
        return;
    }
    for (const models::Model* model : *chosen) problems_.remove(words(model->name));
    fetch_id_ = id;
    fetch_ = {};
    fetch_.phase = Phase::Running;
    fetch_.model = chosen->size() == 1 ? id : QString();
    deletes_parts_ = false;
    rate_from_ = Clock::now();
    rate_from_bytes_ = 0;
    models::FetchOptions options = fetch_options_;
    options.on_progress =
        [this, context = QPointer<ModelsBridge>(this)](const models::FetchProgress& at) {
            Background::onUiThread([this, context, at] {
                if (!context || fetch_.phase != Phase::Running) return;
                if (fetch_.total_bytes == 0) rate_from_bytes_ = at.done_bytes;
                fetch_.model = words(at.model);
                fetch_.place = words(at.place);
                fetch_.done_bytes = at.done_bytes;
                fetch_.total_bytes = at.total_bytes;
                fetch_.left_s = at.left_s;
                const double elapsed_s =
                    std::chrono::duration<double>(Clock::now() - rate_from_).count();
                if (elapsed_s > 0.5 && at.done_bytes > rate_from_bytes_)
                    fetch_.bytes_per_s =
                        static_cast<double>(at.done_bytes - rate_from_bytes_) / elapsed_s;
                Q_EMIT fetchChanged(fetch_);
            });
        };
    Q_EMIT fetchChanged(fetch_);
    fetch_stop_ = services_.background().run(
        Lane::Job,
        this,
        [store = storeOf(), models = *chosen, options](const std::stop_token& stop) {
            return store.fetch(models, options, stop);
        },
        [this](const Result<void>& fetched) { endFetch(fetched); });
}

void ModelsBridge::endFetch(const Result<void>& fetched)
{
    if (fetched) {
        fetch_ = {};
        Q_EMIT done(tr("The models are here, every byte checked."));
    } else if (fetched.error().code == ErrorCode::Cancelled) {
        fetch_.phase = Phase::Paused;
    } else {
        fetch_.phase = Phase::Failed;
        fetch_.problem = tr("Download stopped at %1 of %2: %3 It goes on where it stopped.")
                             .arg(
                                 ui::sizeWords(fetch_.done_bytes),
                                 ui::sizeWords(fetch_.total_bytes),
                                 sentence(fetched.error()));
        if (fetched.error().code == ErrorCode::ChecksumMismatch)
            fetch_.problem = sentence(fetched.error());
    }
    if (deletes_parts_ && fetch_.active()) {
        cancelFetch();
        return;
    }
    Q_EMIT fetchChanged(fetch_);
    refresh();
}

void ModelsBridge::pauseFetch()
{
    fetch_stop_.request_stop();
}

void ModelsBridge::cancelFetch()
{
    if (fetch_.phase == Phase::Running) {
        deletes_parts_ = true;
        fetch_stop_.request_stop();
        return; // endFetch() comes back here
    }
    const auto chosen = catalogue_.select(fetch_id_.toStdString());
    deletes_parts_ = false;
    fetch_ = {};
    Q_EMIT fetchChanged(fetch_);
    if (!chosen) return;
    services_.background().run(
        Lane::Quick,
        this,
        [store = storeOf(), models = *chosen](const std::stop_token&) {
            for (const models::Model* model : models)
                if (!store.installed(*model)) static_cast<void>(store.remove(*model));
        },
        [this] { refresh(); });
}

void ModelsBridge::verify(const QString& id)
{
    const models::Model* model = catalogue_.find(id.toStdString());
    if (model == nullptr || !verifying_.isEmpty()) return;
    verifying_ = id;
    for (ui::ModelRow& row : rows_)
        if (row.id == id) row.state = ui::ModelState::Checking;
    Q_EMIT catalogueChanged(rows_);
    verify_stop_ = services_.background().run(
        Lane::Job,
        this,
        [store = storeOf(), model](const std::stop_token& stop) {
            return store.verify(*model, stop);
        },
        [this, id, title = words(model->title)](Result<std::vector<std::string>> found) {
            verifying_.clear();
            problems_.remove(id);
            if (!found) {
                if (found.error().code != ErrorCode::Cancelled)
                    Q_EMIT notice(sentence(found.error()), true);
            } else if (found->empty()) {
                Q_EMIT done(tr("%1 is as it was published, every byte.").arg(title));
            } else {
                QStringList sentences;
                for (const std::string& said : *found) sentences << words(said);
                problems_.insert(id, sentences.join(u' '));
            }
            refresh();
        });
}

void ModelsBridge::cancelVerify()
{
    verify_stop_.request_stop();
}

void ModelsBridge::remove(const QString& id)
{
    const models::Model* model = catalogue_.find(id.toStdString());
    if (model == nullptr) return;
    switchModel(id, false);
    // What has it open keeps its pages until it lets go; the next question opens what is there.
    unload();
    services_.background().run(
        Lane::Job,
        this,
        [store = storeOf(), model](const std::stop_token&) { return store.remove(*model); },
        [this, id, title = words(model->title)](Result<std::uint64_t> bytes) {
            problems_.remove(id);
            if (bytes)
                Q_EMIT done(tr("Removed %1; %2 are free again.").arg(title, ui::sizeWords(*bytes)));
            else
                Q_EMIT notice(sentence(bytes.error()), true);
            refresh();
        });
}

void ModelsBridge::load()
{
    const auto engines = services_.engines();
    if (!engines || in_use_.busy) return;
    in_use_.busy = true;
    tellInUse();
    services_.background().run(
        Lane::Job,
        this,
        [engines, own = listeningModel()](const std::stop_token&) -> Result<void> {
            if (auto speech = engines->speech(own); !speech) return tl::unexpected(speech.error());
            if (auto embedder = engines->embedder(); !embedder)
                return tl::unexpected(embedder.error());
            return {};
        },
        [this](Result<void> loaded) {
            in_use_.busy = false;
            if (!loaded) Q_EMIT notice(sentence(loaded.error()), true);
            measureMachine();
        });
}

void ModelsBridge::unload()
{
    auto old = services_.engines();
    if (!old) return;
    // Not Engines::unload(): a question may be using them, and lets them go when it has ended.
    services_.useEngines(settings_.deviceChoice());
    services_.background().run(
        Lane::Quick,
        this,
        [old = std::move(old)](const std::stop_token&) mutable { old.reset(); },
        [this] { measureMachine(); });
}

void ModelsBridge::measureMachine()
{
    services_.background().run(
        Lane::Quick,
        this,
        [paths = services_.paths()](const std::stop_token&) { return machineUse(paths); },
        [this](ui::MachineUse machine) {
            machine_ = std::move(machine);
            Q_EMIT machineChanged(machine_);
            tellInUse();
        });
}

} // namespace app::desktop
