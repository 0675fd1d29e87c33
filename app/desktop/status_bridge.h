#pragma once

#include "app/desktop/services.h"
#include "ui/frame/status_bar.h"

#include <QObject>
#include <QTimer>

namespace app::desktop {

/// Measures for the status bar, every two seconds while the window can be seen: engine, memory,
/// disk, network.
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
    void measureNow();

Q_SIGNALS:
    void engineMeasured(const ui::EngineStatus& engine);
    void diskMeasured(double left_bytes);
    void networkMeasured(const ui::NetworkStatus& network);

private:
    Services& services_;
    QTimer timer_;
    QString doing_;
    QString name_;
    double tokens_per_s_ = -1;
    quint64 last_received_bytes_ = 0;
    bool measuring_ = false;
};

} // namespace app::desktop
