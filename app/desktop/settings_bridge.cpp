#include "app/desktop/settings_bridge.h"

#include "app/desktop/app_sentences.h"
#include "app/desktop/machine_facts.h"
#include "app/desktop/settings_facts.h"
#include "app/doctor.h"
#include "app/doctor_machine.h"
#include "app/remote/http.h"
#include "ui/types.h"

#include <QDesktopServices>
#include <QLocale>
#include <QUrl>
#include <thread>

namespace app::desktop {
namespace {

constexpr int kRefresh_ms = 5000;

QString words(const std::string& text)
{
    return QString::fromStdString(text);
}

/// Read in a lane.
struct Facts {
    ui::StorageState storage;
    ui::PrivacyState privacy;
    std::vector<ui::LanguageRow> ocr;
    QString engine_now;
};

std::vector<std::string> serverHosts(const Settings& settings)
{
    std::vector<std::string> hosts;
    for (const ServerSetting& server : settings.servers)
        hosts.push_back(remote::host_of(server.url));
    return hosts;
}

bool usesServer(const Settings& settings)
{
    return settings.engine.starts_with("http://") || settings.engine.starts_with("https://");
}

} // namespace

SettingsBridge::SettingsBridge(Services& services, QObject* parent)
    : QObject(parent), services_(services)
{
    refresh_timer_.setInterval(kRefresh_ms);
    connect(&refresh_timer_, &QTimer::timeout, this, &SettingsBridge::refresh);
    connect(&services_, &Services::opened, this, &SettingsBridge::load);
    if (services_.library()) load();
}

void SettingsBridge::load()
{
    services_.background().run(
        Lane::Quick,
        this,
        [library = services_.library()](const std::stop_token&) { return load_settings(*library); },
        [this](Result<LoadedSettings> loaded_settings) {
            if (!loaded_settings) {
                Q_EMIT failed(sentence(loaded_settings.error()));
                return;
            }
            settings_ = loaded_settings->settings;
            for (const std::string& note : loaded_settings->notes) Q_EMIT failed(translated(note));
            apply();
            Q_EMIT loaded();
            Q_EMIT changed();
        });
}

void SettingsBridge::change(const std::function<void(Settings&)>& edit)
{
    Settings edited = settings_;
    edit(edited);
    if (edited == settings_) return;
    settings_ = std::move(edited);
    apply();
    save();
    Q_EMIT changed();
}

void SettingsBridge::save()
{
    if (!services_.library()) return;
    services_.background().run(
        Lane::Store,
        this,
        [library = services_.library(), settings = settings_](const std::stop_token&) {
            return save_settings(*library, settings);
        },
        [this](Result<void> saved) {
            if (!saved)
                Q_EMIT failed(tr("The settings were not stored. %1").arg(sentence(saved.error())));
        });
}

void SettingsBridge::store(const std::string& key, const std::string& json)
{
    if (!services_.library()) return;
    services_.background().run(
        Lane::Store,
        this,
        [library = services_.library(), key, json](const std::stop_token&) {
            return library->set_setting(key, json);
        },
        [this](Result<void> stored) {
            if (!stored) Q_EMIT failed(sentence(stored.error()));
        });
}

engine::DeviceChoice SettingsBridge::deviceChoice() const
{
    engine::DeviceChoice choice;
    if (settings_.device == "cpu") choice.device = engine::Device::Cpu;
    choice.threads = settings_.threads;
    return choice;
}

void SettingsBridge::apply()
{
    if ((settings_.threads != applied_.threads || settings_.device != applied_.device) &&
        services_.library()) {
        // The old ones end where their last user lets go of them, and that is no thread of the UI.
        auto old = services_.engines();
        services_.useEngines(deviceChoice());
        services_.background().run(
            Lane::Quick,
            this,
            [old = std::move(old)](const std::stop_token&) mutable { old.reset(); },
            [] {});
    }
    applied_ = settings_;
    showSettings();
}

void SettingsBridge::attach(ui::SettingsView* view)
{
    view_ = view;
    connect(view, &ui::SettingsView::watched, this, [this](bool on) {
        if (!on) {
            refresh_timer_.stop();
            return;
        }
        refresh();
        refresh_timer_.start();
    });
    connect(
        view->languages(),
        &ui::LanguagesPage::ocrChosen,
        this,
        [this](const QStringList& codes) {
            change([&](Settings& s) { s.ocr_languages = codes.join(u'+').toStdString(); });
        });
    connect(view->languages(), &ui::LanguagesPage::speechChosen, this, [this](const QString& code) {
        change([&](Settings& s) { s.speech_language = code.toStdString(); });
    });
    connect(view->engine(), &ui::EnginePage::threadsChosen, this, [this](int threads) {
        change([&](Settings& s) { s.threads = threads; });
    });
    connect(view->engine(), &ui::EnginePage::deviceChosen, this, [this](const QString& device) {
        change([&](Settings& s) { s.device = device.toStdString(); });
    });
    connect(
        view->keys(),
        &ui::KeysPage::keysChosen,
        this,
        [this](const QHash<QString, QKeySequence>& keys) {
            change([&](Settings& s) {
                s.keys.clear();
                for (auto key = keys.begin(); key != keys.end(); ++key)
                    s.keys[key.key().toStdString()] =
                        key.value().toString(QKeySequence::PortableText).toStdString();
            });
        });
    auto* storage = view->storage();
    connect(storage, &ui::StoragePage::moveRequested, this, [this](const QString& folder) {
        moveLibrary(folder.toStdString());
    });
    connect(storage, &ui::StoragePage::backupRequested, this, [this](const QString& file) {
        backUp(file.toStdString());
    });
    connect(storage, &ui::StoragePage::checkRequested, this, &SettingsBridge::check);
    connect(storage, &ui::StoragePage::cancelRequested, this, &SettingsBridge::cancelJob);
    connect(storage, &ui::StoragePage::oldPlaceForgotten, this, &SettingsBridge::forgetOldPlace);
    connect(storage, &ui::StoragePage::openPlaceRequested, this, [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(words(services_.paths().data.string())));
    });
    connect(storage, &ui::StoragePage::restartRequested, this, [this] {
        restart_at_end_ = true;
        Q_EMIT quitRequested();
    });
    connect(view->privacy(), &ui::PrivacyPage::deleteAllRequested, this, [this](bool models_too) {
        delete_at_end_ = models_too;
        Q_EMIT quitRequested();
    });
    connect(view->about(), &ui::AboutPage::reportRequested, this, &SettingsBridge::makeReport);
    connect(this, &SettingsBridge::jobChanged, storage, &ui::StoragePage::setJob);
    connect(this, &SettingsBridge::storageChanged, storage, &ui::StoragePage::setStorage);
    ui::AboutState about;
    about.version = QCoreApplication::applicationVersion();
    about.licences = {
        tr("Percept: Apache License 2.0"),
        tr("Qt %1: LGPL 3.0").arg(QString::fromLatin1(qVersion())),
        tr("Lucide icons: ISC"),
        tr("Reading of files happens in a program of its own, percept-reader, with poppler and "
           "FFmpeg (GPL) "
           "and Tesseract (Apache 2.0)"),
        tr("All others, with their texts: THIRD-PARTY.md beside the program")};
    view->about()->setAbout(about);
    showSettings();
    refresh();
}

void SettingsBridge::showSettings()
{
    if (!view_) return;
    QHash<QString, QKeySequence> keys;
    for (const auto& [action, key] : settings_.keys)
        keys.insert(words(action), QKeySequence(words(key), QKeySequence::PortableText));
    view_->keys()->setKeys(keys);
    ui::EngineState engine;
    engine.threads = settings_.threads;
    engine.most_threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    engine.device = words(settings_.device);
    engine.devices = {
        {QStringLiteral("auto"), tr("Automatic")},
        {QStringLiteral("cpu"), tr("Processor")}};
    if (const auto engines = services_.engines()) engine.now = words(engines->status().device);
    view_->engine()->setEngine(engine);
    ui::LanguagesState languages;
    languages.ocr = ocr_languages_;
    const QStringList chosen = words(settings_.ocr_languages).split(u'+');
    for (ui::LanguageRow& row : languages.ocr) row.on = chosen.contains(row.code);
    languages.speech = words(settings_.speech_language);
    languages.speech_choices = {{QString(), tr("Detected")}};
    for (const char* code : {"en", "de", "fr", "es", "it", "nl", "pt", "pl", "ja", "zh"})
        languages.speech_choices.emplace_back(
            QString::fromLatin1(code),
            languageName(QLocale::codeToLanguage(QString::fromLatin1(code))));
    view_->languages()->setLanguages(languages);
}

void SettingsBridge::refresh()
{
    services_.background().run(
        Lane::Quick,
        this,
        [library = services_.library(),
         paths = services_.paths(),
         writes = services_.writes(),
         hosts = serverHosts(settings_),
         on = usesServer(settings_)](const std::stop_token&) {
            Facts facts;
            facts.storage = storageState(library.get(), paths, writes);
            facts.privacy = privacyState(hosts, on);
            for (const std::string& code : ocr_languages())
                facts.ocr.push_back({words(code), languageName(code), false});
            return facts;
        },
        [this](Facts facts) {
            facts.storage.moved_to = storage_.moved_to;
            storage_ = facts.storage;
            Q_EMIT storageChanged(storage_);
            const bool new_languages = ocr_languages_.size() != facts.ocr.size();
            ocr_languages_ = std::move(facts.ocr);
            if (!view_) return;
            view_->privacy()->setPrivacy(facts.privacy);
            if (new_languages) showSettings();
        });
}

void SettingsBridge::makeReport()
{
    if (!services_.engines()) return;
    services_.background().run(
        Lane::Job,
        this,
        [paths = services_.paths(), engines = services_.engines()](const std::stop_token&) {
            return reportText(examine(paths, *engines, {}));
        },
        [this](const QString& text) { Q_EMIT reportReady(text); });
}

} // namespace app::desktop
