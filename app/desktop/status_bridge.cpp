#include "app/desktop/status_bridge.h"

#include "app/network_use.h"
#include "ui/types.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <QStringList>
#include <unistd.h>

namespace app::desktop {
namespace {

constexpr std::chrono::seconds kEvery{2};

struct Measured {
    EnginesStatus engines;
    double memory_bytes = -1;
    double disk_left_bytes = -1;
    std::vector<HostUse> network;
};

/// Resident memory of this process.
double residentBytes()
{
    std::FILE* file = std::fopen("/proc/self/statm", "re");
    if (file == nullptr) return -1;
    long all = 0;
    long resident = -1;
    const int read = std::fscanf(file, "%ld %ld", &all, &resident);
    std::fclose(file);
    return read == 2 ? static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE))
                     : -1;
}

double diskLeft(const std::filesystem::path& data)
{
    std::error_code error;
    const auto space = std::filesystem::space(data, error);
    return error ? -1 : static_cast<double>(space.available);
}

} // namespace

StatusBridge::StatusBridge(Services& services, QObject* parent)
    : QObject(parent), services_(services)
{
    connect(&timer_, &QTimer::timeout, this, &StatusBridge::measureNow);
    timer_.start(kEvery);
}

void StatusBridge::setVisible(bool visible)
{
    if (!visible) return timer_.stop();
    timer_.start(kEvery);
    measureNow();
}

void StatusBridge::setDoing(const QString& word)
{
    if (word == doing_) return;
    doing_ = word;
    measureNow();
}

void StatusBridge::setSpeed(double tokens_per_s)
{
    tokens_per_s_ = tokens_per_s;
    measureNow();
}

void StatusBridge::setEngineName(const QString& name)
{
    name_ = name;
    measureNow();
}

void StatusBridge::setModelsMissing(bool missing)
{
    if (missing == models_missing_) return;
    models_missing_ = missing;
    measureNow();
}

void StatusBridge::setReading(const ui::JobStatus& reading)
{
    reading_ = reading;
    showJob();
}

void StatusBridge::setFetch(const ui::FetchState& fetch)
{
    fetch_ = fetch;
    showJob();
}

void StatusBridge::showJob()
{
    using Phase = ui::FetchState::Phase;
    if (!reading_.words.isEmpty() || !fetch_.active()) return Q_EMIT jobChanged(reading_);
    if (fetch_.phase == Phase::Paused) return Q_EMIT jobChanged({tr("Download paused"), -1});
    if (fetch_.phase == Phase::Failed) return Q_EMIT jobChanged({tr("Download failed"), -1});
    QStringList words{tr("Downloading models")};
    if (fetch_.left_s >= 0) words << ui::timeLeftWords(fetch_.left_s);
    const double part = fetch_.total_bytes > 0 ? static_cast<double>(fetch_.done_bytes) /
                                                     static_cast<double>(fetch_.total_bytes)
                                               : -1;
    Q_EMIT jobChanged({words.join(QStringLiteral(", ")), part});
}

void StatusBridge::measureNow()
{
    if (measuring_) return; // a slow disk must not queue up
    measuring_ = true;
    services_.background().run(
        Lane::Quick,
        this,
        [engines = services_.engines(), data = services_.paths().data](const std::stop_token&) {
            Measured now;
            if (engines) now.engines = engines->status();
            now.memory_bytes = residentBytes();
            now.disk_left_bytes = diskLeft(data);
            now.network = network_use();
            return now;
        },
        [this](const Measured& now) {
            measuring_ = false;
            ui::EngineStatus engine;
            engine.name = name_.isEmpty() ? tr("Starter model") : name_;
            engine.doing = now.engines.opening ? tr("loading")
                           : !doing_.isEmpty() ? doing_
                           : models_missing_   ? tr("models missing")
                                               : tr("ready");
            if (models_missing_) engine.tone = ui::StatusTone::Warn;
            engine.memory_bytes = now.memory_bytes;
            engine.queue = now.engines.waiting;
            engine.tokens_per_s = tokens_per_s_;
            QStringList loaded;
            for (const auto& model : now.engines.loaded) loaded << QString::fromStdString(model);
            engine.detail =
                models_missing_ ? tr("Documents can be read; speech and meaning need the models.")
                : loaded.isEmpty() ? tr("No model is loaded; each loads when it is needed.")
                                   : tr("Loaded: %1").arg(loaded.join(", "));
            if (!now.engines.device.empty())
                engine.detail += u'\n' + QString::fromStdString(now.engines.device);
            Q_EMIT engineMeasured(engine);
            Q_EMIT diskMeasured(now.disk_left_bytes);

            ui::NetworkStatus network;
            QStringList hosts;
            for (const HostUse& use : now.network) {
                network.asked = network.asked || use.asked;
                network.sent_bytes += use.sent_bytes;
                network.received_bytes += use.received_bytes;
                hosts << QString::fromStdString(use.host);
            }
            network.where = hosts.join(", ");
            network.active = network.received_bytes != last_received_bytes_;
            last_received_bytes_ = network.received_bytes;
            Q_EMIT networkMeasured(network);
        });
}

} // namespace app::desktop
