#pragma once

#include "app/desktop/services.h"
#include "ui/frame/status_bar.h"
#include "ui/models/types.h"

#include <QObject>
#include <QTimer>

namespace app::desktop {

/// What the status bar says: engine, memory, disk and network, measured every two seconds while the
/// window can be seen, and the jobs that run.
class StatusBridge : public QObject {
    Q_OBJECT
public:
    explicit StatusBridge(Services& services, QObject* parent = nullptr);

    /// Stops measuring while nobody can see it.
    void setVisible(bool visible);
    /// A question is being answered, a file read: the engine's word beside its name. Empty: ready.
    void setDoing(const QString& word);
    /// Of the last written answer; negative: none was measured.
    void setSpeed(double tokens_per_s);
    /// Who answers, for people.
    void setEngineName(const QString& name);
    /// The models of the one that answers are not all on the disk.
    void setModelsMissing(bool missing);
    /// Files being read; no words: none is. Reading is shown before a download.
    void setReading(const ui::JobStatus& reading);
    void setFetch(const ui::FetchState& fetch);
    void measureNow();

Q_SIGNALS:
    void engineMeasured(const ui::EngineStatus& engine);
    void diskMeasured(double left_bytes);
    void networkMeasured(const ui::NetworkStatus& network);
    void jobChanged(const ui::JobStatus& job);

private:
    void showJob();

    Services& services_;
    QTimer timer_;
    QString doing_;
    QString name_;
    bool models_missing_ = false;
    ui::JobStatus reading_;
    ui::FetchState fetch_;
    double tokens_per_s_ = -1;
    quint64 last_received_bytes_ = 0;
    bool measuring_ = false;
};

} // namespace app::desktop
